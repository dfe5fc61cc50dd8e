//! Conditions that are refused, each with its own words.

use crate::support::csv;
use segue_engine::model::SegmentRule;

const TEXT: &str = "\
CustomerId,Email,email,Phone,Orders,Active,Born,Seen
a,x,y,0701,3,true,1990-05-17,2026-06-15T10:00:00Z
";

const CORPUS: &[&str] = &[
    "",
    "Orders",
    "'x'",
    "Orders >",
    "Orders > 3 Active",
    "Orders > 3; drop table customer",
    "Orders > 3 -- more",
    "Orders > 3 /* more */",
    "Email = 'x'",
    "EMAIL = 'x'",
    "\"EMAIL\" = 'x'",
    "Order > 3",
    "Telephone = '1'",
    "Phone = \"0701\"",
    "orders.Phone = '1'",
    "Phone = 701",
    "701 = Phone",
    "Phone > 5.5",
    "Phone in ('1', 2)",
    "Phone between 1 and 2",
    "Orders = '3'",
    "Orders like '3%'",
    "Active = 'true'",
    "Active = 1",
    "Orders and Active",
    "not Orders",
    "Born = 'yesterday'",
    "Born = '31.12.2024'",
    "Born = 5",
    "Born > Phone",
    "Seen - Born > 3",
    "Born + Phone = Born",
    "Orders + Phone > 3",
    "-Phone = '1'",
    "lower(Orders) = '3'",
    "round(Phone) = 1",
    "coalesce(Orders, 'x') = 'x'",
    "case when Orders then 1 end = 1",
    "case when Active then 1 else 'x' end = 1",
    "interval '1 day' > interval '1 hour'",
    "Seen > now() - interval 'soon'",
    "Orders in (select 1)",
    "exists (select 1)",
    "(select true)",
    "Orders = any (select 1)",
    "count(*) > 1",
    "sum(Orders) > 1",
    "row_number() over () = 1",
    "max(Orders) over () = 1",
    "random() > 0.5",
    "uuid() = 'x'",
    "sleep(10)",
    "pg_sleep(10)",
    "load_extension('x')",
    "lower(Phone, 'x') = 'x'",
    "now(3) = Seen",
    "Orders = $1",
    "Orders = ?",
    "Orders = :x",
    "Orders = @x",
    "Phone similar to 'x'",
    "Phone ~ 'x'",
    "Phone like '5!%' escape '!'",
    "Seen at time zone 'UTC' > now()",
    "Phone collate \"C\" = 'x'",
    "cast(Phone as bytea) = 'x'",
    "cast(Born as integer) = 1",
    "array[1, 2] = array[1]",
    "(1, 2) = (1, 2)",
    "Orders & 1 = 1",
    "Orders[1] = 1",
    "Phone -> 'a' = 'x'",
    "E'x' = Phone",
    "$$x$$ = Phone",
    "x'41' = Phone",
    "'x",
    "\"x",
    "regexp_like(Phone, '(')",
    "regexp_like(Phone, '(a{1000}){1000}')",
    "regexp_like(Phone, Email)",
    "regexp_like(Phone, 'x', 'g')",
    "date_part('eon', Born) = 1",
    "date_trunc('eon', Born) = Born",
    "1e999 > Orders",
    "* = 1",
    "customer.* = 1",
    "distinct Orders",
    "Orders > 3 limit 1",
    "Orders > 3 union select 1",
    "attach 'x' as y",
    "select true",
    "information_schema.tables = 1",
    "pg_catalog.lower(Phone) = 'x'",
    "{fn now()} = Seen",
    "Orders = 1 or 1=1; --",
    "' or ''='",
    "Phone = 'x' or 'x'='x' union all select null,null--",
    "${jndi:ldap://x}",
    "{{7*7}}",
    "__proto__ = 1",
    "\u{202e}Orders = 1",
    "Orders\u{0} = 1",
];

#[tokio::test]
async fn each_in_its_own_words() {
    let folder = csv(TEXT);
    let source = folder.open().await.unwrap();
    let mut said = String::new();
    for condition in CORPUS {
        let answer = match source.check(&SegmentRule::condition(*condition)).await {
            Ok(()) => "ALLOWED".to_owned(),
            Err(error) => folder.said(&error),
        };
        said.push_str(&format!(
            "{}\n  {answer}\n\n",
            condition.escape_debug().to_string().replace("\\'", "'").replace("\\\"", "\"")
        ));
    }
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn limits() {
    let folder = csv(TEXT);
    let source = folder.open().await.unwrap();
    let deep = 10_000;
    let long = [
        format!("{}Active{}", "(".repeat(deep), ")".repeat(deep)),
        format!("{}Active{}", "(".repeat(150), ")".repeat(150)),
        format!("{}Active", "not ".repeat(deep)),
        format!("{}Active", "not ".repeat(150)),
        format!("{}1 = Orders", "-".repeat(2_000)),
        format!("{}1 = Orders", "- ".repeat(1_990)),
        format!("1{} = Orders", "+1".repeat(deep)),
        format!("1{} = Orders", "+1".repeat(1_000)),
        format!("Phone{} = 'x'", " || Phone".repeat(900)),
        format!("Active{}", " is true".repeat(900)),
        format!("Phone{} = 'x'", "::text".repeat(900)),
        format!("{}Active", "Active and ".repeat(deep)),
        format!("Phone = '{}'", "x".repeat(100_000)),
        format!("{}1{}", "case when Active then ".repeat(100), " end".repeat(100)),
    ];
    let mut said = String::new();
    for condition in long {
        let start: String = condition.chars().take(30).collect();
        let error = source.check(&SegmentRule::condition(condition.as_str())).await.unwrap_err();
        said.push_str(&format!("{start}…\n  {}\n\n", folder.said(&error)));
    }
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn values_are_never_repeated() {
    let folder = csv(TEXT);
    let source = folder.open().await.unwrap();
    for condition in [
        "Born = 'secret@x.se'",
        "Orders > 'secret@x.se'",
        "Phone = 1 'secret@x.se'",
        "Orders > 3 'secret@x.se",
        "'secret@x.se' 'b'",
        "foo('secret@x.se')",
    ] {
        let error = source.check(&SegmentRule::condition(condition)).await.unwrap_err();
        assert!(!format!("{error:?}").contains("secret"), "{condition}: {error:?}");
    }
}
