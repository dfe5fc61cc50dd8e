//! What conditions mean.

use rstest::rstest;
use std::sync::Arc;

use segue_engine::model::SegmentRule;
use segue_engine::source::Source;

use crate::support::{Folder, csv, members};

const TEXT: &str = "\
CustomerId,Name,Country,Phone,Orders,Spent,Active,Born,Seen,First Name,age,Age
a,Anna,SE,0701,3,10.5,true,1990-05-17,2026-06-15T10:00:00Z,Anna,1,2
b,Bo,NO,0702,0,0,false,2000-02-29,2026-05-01 08:00,Bo,2,1
c,Åsa %,SE,,,,,,,,,
d,\"O'Neil\",dk,0704,12,99.25,TRUE,9999-12-31,2025-01-01T00:00:00+02:00,O,3,3
";

async fn open() -> (Folder, Arc<dyn Source>) {
    let folder = csv(TEXT);
    let source = folder.open().await.unwrap();
    (folder, source)
}

#[rstest]
#[case("true", "abcd")]
#[case("Country = 'SE'", "ac")]
#[case("country = 'SE'", "ac")]
#[case("COUNTRY <> 'SE'", "bd")]
#[case("\"First Name\" = 'Bo'", "b")]
#[case("\"age\" = 2", "b")]
#[case("\"Age\" = 2", "a")]
#[case("customer.Country = 'NO'", "b")]
#[case("Name = 'O''Neil'", "d")]
#[case("Phone = '0701'", "a")]
#[case("Orders > 2 and Active", "ad")]
#[case("Orders > 2.5", "ad")]
#[case("Spent >= 10", "ad")]
#[case("not Active", "b")]
#[case("Active is not true", "bc")]
#[case("Active is false", "b")]
#[case("Active is unknown", "c")]
#[case("Orders is null", "c")]
#[case("Orders is not null and Orders = 0", "b")]
#[case("Orders in (0, 3, 7)", "ab")]
#[case("Orders not in (0, 3)", "d")]
#[case("Orders in (0, 3.0)", "ab")]
#[case("Country in ('NO', 'dk')", "bd")]
#[case("Orders between 3 and 12", "ad")]
#[case("Orders not between 1 and 5", "bd")]
#[case("Name like 'A%'", "a")]
#[case("Name like '%\\%'", "c")]
#[case("Name not like 'A%'", "bcd")]
#[case("Name ilike 'å%'", "c")]
#[case("Name like '_o'", "b")]
#[case("Born < '2000-01-01'", "a")]
#[case("Born = DATE '2000-02-29'", "b")]
#[case("Born > now()", "d")]
#[case("Born between '1990-01-01' and '2000-12-31'", "ab")]
#[case("Seen >= current_date", "a")]
#[case("Seen > now() - interval '30 days'", "a")]
#[case("Seen > now() - interval '60' day", "ab")]
#[case("Seen = TIMESTAMP '2024-12-31 22:00:00'", "d")]
#[case("Seen < '2026-01-01'", "d")]
#[case("current_date - Born > 365 * 20", "ab")]
#[case("Born + 1 = '1990-05-18'", "a")]
#[case("Born + interval '1 year' = '2001-02-28'", "b")]
#[case("extract(year from Born) = 1990", "a")]
#[case("date_part('month', Born) = 2", "b")]
#[case("date_trunc('month', Seen) = '2026-06-01'", "a")]
#[case("Orders * 2 + 1 = 7", "a")]
#[case("Orders % 5 = 2", "d")]
#[case("Spent / Orders > 3", "ad")]
#[case("10 / Orders > 3", "a")]
#[case("-Orders < -5", "d")]
#[case("Name || Country = 'BoNO'", "b")]
#[case("concat(Name, '-', Phone) = 'Åsa %-'", "c")]
#[case("case when Orders > 10 then 'big' when Orders > 0 then 'small' end = 'small'", "a")]
#[case("case Country when 'SE' then 1 else 2.5 end > 2", "bd")]
#[case("cast(Phone as integer) = 702", "b")]
#[case("Phone::int > 701", "bd")]
#[case("cast(Orders as text) = '12'", "d")]
#[case("cast(Name as integer) is null", "abcd")]
#[case("lower(Country) = 'se' or upper(Country) = 'DK'", "acd")]
#[case("trim(' x ') = 'x'", "abcd")]
#[case("trim(both 'B' from Name) = 'o'", "b")]
#[case("length(Name) = 2 and char_length(Country) = 2", "b")]
#[case("substr(Phone, 4) = '1'", "a")]
#[case("substring(Phone from 1 for 3) = '070'", "abd")]
#[case("left(Name, 1) = 'B' and right(Name, 1) = 'o'", "b")]
#[case("starts_with(Name, 'An') or ends_with(Name, '%') or contains(Name, 'Nei')", "acd")]
#[case("strpos(Name, 'n') = 2 or position('o' in Name) = 2", "ab")]
#[case("replace(Phone, '07', '+467') = '+46701'", "a")]
#[case("regexp_like(Name, '^[AB]')", "ab")]
#[case("regexp_like(Name, '^a', 'i')", "a")]
#[case("coalesce(Orders, -1) = -1", "c")]
#[case("nullif(Country, 'SE') is null", "ac")]
#[case("abs(Orders - 10) <= 2", "d")]
#[case("round(Spent) = 11 or round(Spent, 1) = 99.3", "ad")]
#[case("floor(Spent) = 99 or ceil(Spent) = 11", "ad")]
#[case("to_date(Name) is null", "abcd")]
#[case("Orders is distinct from 3", "bcd")]
#[case("Orders = null", "")]
#[case("null is null and not (Orders > 100)", "abd")]
#[case("Country = 'SE' and (Orders > 1 or Orders is null)", "ac")]
#[tokio::test]
async fn selects(#[case] condition: &str, #[case] expected: &str) {
    let (_folder, source) = open().await;
    source.check(&SegmentRule::condition(condition)).await.unwrap();
    assert_eq!(members(&source, condition).await.unwrap().concat(), expected);
}

#[tokio::test]
async fn long_chains_and_lists() {
    let (_folder, source) = open().await;
    let chain = vec!["Orders = 3"; 600].join(" or ");
    assert_eq!(members(&source, &chain).await.unwrap(), ["a"]);
    let list = (0..10_000).map(|n| format!("'x{n}'")).collect::<Vec<_>>().join(",");
    assert_eq!(members(&source, &format!("Name in ({list}, 'Bo')")).await.unwrap(), ["b"]);
    let numbers = (-5_000..3).map(|n| n.to_string()).collect::<Vec<_>>().join(", ");
    assert_eq!(members(&source, &format!("Orders in ({numbers})")).await.unwrap(), ["b"]);
}

#[tokio::test]
async fn as_deep_as_allowed() {
    let (_folder, source) = open().await;
    let nested = |depth: usize| format!("{}Active{}", "(".repeat(depth - 1), ")".repeat(depth - 1));
    assert_eq!(members(&source, &nested(64)).await.unwrap(), ["a", "d"]);
    assert!(source.check(&SegmentRule::condition(nested(65))).await.is_err());
    let not = |depth: usize| format!("{}Active", "not ".repeat(depth - 1));
    assert_eq!(members(&source, &not(63)).await.unwrap(), ["a", "d"]);
    assert!(source.check(&SegmentRule::condition(not(65))).await.is_err());
    let upper = |depth: usize| format!("{}Name{} = 'BO'", "upper(".repeat(depth), ")".repeat(depth));
    assert_eq!(members(&source, &upper(62)).await.unwrap(), ["b"]);
}
