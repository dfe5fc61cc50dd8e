//! Replies of every kind against every call: nothing is accepted that the account did not say.

use bytes::Bytes;
use proptest::prelude::*;
use rstest::rstest;

use super::super::{By, Method, Row, StopKind};
use super::*;

const IDS: [&str; 3] = ["00690646665c94874b98c100", "00690646658ab27366dcd500", "0069064664da4060a5845d00"];
const ASKED: [&str; 3] = ["Åsa@Example.se", "b@example.se", "c@example.se"];

/// How a bulk call of these tests finds people, and what else it wants.
#[derive(Debug, Clone, Copy)]
struct How {
    by: By,
    only_existing: bool,
    later: bool,
}

const ADDRESS: How = How { by: By::Address, only_existing: false, later: false };
const ID: How = How { by: By::Id, only_existing: false, later: false };

fn hows() -> impl Iterator<Item = How> {
    let both = [false, true];
    [By::Address, By::Id].into_iter().flat_map(move |by| {
        both.into_iter().flat_map(move |only_existing| {
            both.into_iter().map(move |later| How { by, only_existing, later })
        })
    })
}

/// Reads a reply to a bulk call of the first so many people.
fn upserted(how: How, people: usize, reply: &Reply) -> Answer<Vec<RowAnswer>> {
    let rows: Vec<Row<'_>> = ASKED
        .iter()
        .zip(IDS)
        .take(people)
        .map(|(email, id)| Row { email, id: Some(id), fields: None, joins: &[], leaves: &[] })
        .collect();
    let How { by, only_existing, later } = how;
    Ortto.read_upsert(&Call { rows: &rows, by, only_existing, later }, reply)
}

fn reply(status: u16, body: impl Into<Bytes>) -> Reply {
    Reply { status, body: body.into(), ..Reply::default() }
}

fn ok(body: &str) -> Reply {
    reply(200, body.to_owned())
}

fn created(place: usize) -> RowAnswer {
    RowAnswer::Taken { id: Some(IDS[place].to_owned()), word: "created" }
}

fn merged(place: usize) -> RowAnswer {
    RowAnswer::Taken { id: Some(IDS[place].to_owned()), word: "merged" }
}

fn refused(words: &str) -> RowAnswer {
    RowAnswer::Refused(words.to_owned())
}

fn suppressed(words: &str) -> RowAnswer {
    RowAnswer::Suppressed(words.to_owned())
}

fn missing() -> RowAnswer {
    RowAnswer::not_confirmed()
}

/// An entry of a reply in a few letters: `c0` created, `m1` merged, `x1` merged under an id that nobody asked
/// for, `b0` invalid with its id, `i` invalid without, `s` suppressed, `?` nothing readable, `q` queued.
fn entry(short: &str) -> String {
    let id = short.get(1..).and_then(|place| place.parse::<usize>().ok()).map_or("", |place| IDS[place]);
    match short.chars().next() {
        Some('c') => format!(r#"{{"person_id":"{id}","status":"created"}}"#),
        Some('m') => format!(r#"{{"person_id":"{id}","status":"merged"}}"#),
        Some('x') => format!(r#"{{"person_id":"{id}-other","status":"merged"}}"#),
        Some('b') => format!(r#"{{"person_id":"{id}","status":"invalid","error":"bad row"}}"#),
        Some('i') => r#"{"status":"invalid","error":"bad row"}"#.to_owned(),
        Some('s') => r#"{"status":"suppressed","error":"Email is suppressed"}"#.to_owned(),
        Some('q') => r#"{"status":"queued"}"#.to_owned(),
        _ => "{}".to_owned(),
    }
}

fn people(entries: &[&str]) -> Reply {
    let entries: Vec<String> = entries.iter().map(|short| entry(short)).collect();
    ok(&format!(r#"{{"people":[{}],"more":1}}"#, entries.join(",")))
}

const NAMING: &str = r#"{"people":[{"person_id":"00690646658ab27366dcd500","status":"merged"}]}"#;
/// Bodies that say nothing of anybody, and last the one that does.
const BODIES: [&str; 26] = [
    "",
    " ",
    "null",
    "true",
    "0",
    "\"ok\"",
    "[]",
    "{}",
    "<html><body>Sign in</body></html>",
    "\u{0}\u{1b}[2J",
    r#"{"error":"Bad","request_id":"r"}"#,
    r#"{"error":{"code":"rate-limit","message":"slow","try-in-seconds":10}}"#,
    r#"{"people":{}}"#,
    r#"{"people":"00690646658ab27366dcd500"}"#,
    r#"{"people":[{}]}"#,
    r#"{"people":[null,7,"x",[]]}"#,
    r#"{"people":[{"status":"merged"}]}"#,
    r#"{"people":[{"status":"created","person_id":""}]}"#,
    r#"{"people":[{"status":"created","person_id":null}]}"#,
    r#"{"people":[{"person_id":"00690646658ab27366dcd500"}]}"#,
    r#"{"people":[{"person_id":"00690646658ab27366dcd500","status":"merged"}]"#,
    r#"[{"person_id":"00690646658ab27366dcd500","status":"merged"}]"#,
    r#"{"data":{"people":[{"person_id":"00690646658ab27366dcd500","status":"merged"}]}}"#,
    r#"{"error":"Bad","people":[{"person_id":"00690646658ab27366dcd500","status":"merged"}]}"#,
    r#"{"contacts":[],"meta":{"total_contacts":1},"fields":[],"email_contact_map":{"b@example.se":"1"}}"#,
    NAMING,
];

#[test]
fn only_200_with_people_that_are_named_is_taken() {
    for status in 0..=700 {
        for body in BODIES {
            for how in [ADDRESS, ID] {
                let answer = upserted(how, 3, &reply(status, body));
                let good = status == 200 && body == NAMING;
                assert_eq!(
                    matches!(answer, Answer::Accepted(_)),
                    good,
                    "{how:?} {status} {body}: {answer:?}"
                );
                if good {
                    let wanted = match how.by {
                        By::Address => vec![merged(1)],
                        By::Id => vec![missing(), merged(1), missing()],
                    };
                    assert_eq!(answer, Answer::Accepted(wanted));
                }
            }
        }
    }
}

#[test]
fn every_status_has_its_class_whatever_the_body() {
    for status in 100..=599 {
        for body in BODIES {
            for how in hows() {
                let answer = upserted(how, 3, &reply(status, body));
                let kind = match &answer {
                    Answer::Stop(stop) => Some(stop.kind),
                    _ => None,
                };
                let wanted = match status {
                    300..=399 => Some(StopKind::Redirect),
                    401 => Some(StopKind::Key),
                    402 | 507 => Some(StopKind::Contract),
                    403 => Some(StopKind::Forbidden),
                    404 | 410 => Some(StopKind::Retired),
                    407 => Some(StopKind::Proxy),
                    400 | 408 | 413 | 425 | 429 => None,
                    401..=499 | 501 | 505 => Some(StopKind::Other),
                    _ => None,
                };
                assert_eq!(kind, wanted, "{status} {body}");
                assert_eq!(
                    matches!(answer, Answer::Refused { .. }),
                    matches!(status, 400 | 413),
                    "{status} {body}"
                );
                assert_eq!(matches!(answer, Answer::Wait(_)), status == 429, "{status} {body}");
                assert!(!matches!(answer, Answer::Missing { .. }), "{status} {body}");
                assert!(status == 200 || !matches!(answer, Answer::Accepted(_)), "{status} {body}");
            }
        }
    }
}

#[test]
fn no_call_accepts_what_is_not_its_schema() {
    for status in 100..=599 {
        for body in ["", "null", "[]", "{}", "<html></html>", "7", "\"x\"", r#"{"error":"no"}"#] {
            let reply = reply(status, body);
            let at = |accepted: bool, call: &str| assert!(!accepted, "{call} {status} {body}");
            at(matches!(Ortto.read_test(&reply), Answer::Accepted(())), "test");
            at(matches!(Ortto.read_fields(&reply), Answer::Accepted(_)), "fields");
            // The whole answer is an array, or null, as where there are no audiences.
            let none = status == 200 && matches!(body, "null" | "[]");
            assert_eq!(
                matches!(Ortto.read_lists(&reply), Answer::Accepted(_)),
                none,
                "lists {status} {body}"
            );
            at(matches!(Ortto.read_made("t", &reply), Answer::Accepted(_)), "make");
            at(matches!(Ortto.read_roster(&reply), Answer::Accepted(_)), "roster");
            at(matches!(Ortto.read_contacts(&reply), Answer::Accepted(_)), "contacts");
            at(matches!(Ortto.read_opted_out(&ASKED, &reply), Answer::Accepted(_)), "opted out");
            at(matches!(Ortto.read_owners(&reply), Answer::Accepted(_)), "owners");
        }
    }
}

#[rstest]
#[case::number(r#"{"person_id":17,"status":"merged"}"#, RowAnswer::Taken { id: Some("17".to_owned()), word: "merged" })]
#[case::letter_case(r#"{"person_id":"p","status":" Created "}"#, RowAnswer::Taken { id: Some("p".to_owned()), word: "created" })]
#[case::word(r#"{"person_id":"p","status":"updated","more":[1]}"#, RowAnswer::Taken { id: Some("p".to_owned()), word: "" })]
#[case::no_error(r#"{"person_id":"p","status":"updated","error":null}"#, RowAnswer::Taken { id: Some("p".to_owned()), word: "" })]
#[case::failed(r#"{"person_id":"p","status":"failed","error":"no room"}"#, refused("no room"))]
#[case::error_alone(r#"{"error":{"message":"no\u001b room"}}"#, refused("no room"))]
#[case::invalid(r#"{"person_id":"p","status":"invalid","error":""}"#, refused("invalid"))]
#[case::suppressed(
    r#"{"status":"suppressed","error":"Email is suppressed"}"#,
    suppressed("Email is suppressed")
)]
#[case::no_words(r#"{"status":"suppressed"}"#, suppressed("suppressed"))]
fn an_entry_says_what_it_says(#[case] entry: &str, #[case] wanted: RowAnswer) {
    let reply = ok(&format!(r#"{{"people":[{entry}],"_more":null}}"#));
    assert_eq!(upserted(ADDRESS, 1, &reply), Answer::Accepted(vec![wanted]));
}

#[test]
fn by_addresses_the_answers_stay_as_they_come() {
    type Said = Option<Vec<RowAnswer>>;
    let table: [(&[&str], bool, Said); 9] = [
        (&["m1", "c0"], false, Some(vec![merged(1), created(0)])),
        (&["m1", "c0"], true, Some(vec![merged(1), created(0)])),
        (&["c0", "c0", "c1", "c2"], false, Some(vec![created(0), created(0), created(1), created(2)])),
        (&["i", "s"], false, Some(vec![refused("bad row"), suppressed("Email is suppressed")])),
        (&["?", "m2", "q"], false, Some(vec![missing(), merged(2), missing()])),
        (&[], false, None),
        (&[], true, Some(vec![])),
        (&["?", "q", "?"], false, None),
        (&["?", "q", "?"], true, None),
    ];
    for (entries, only_existing, wanted) in table {
        let answer = upserted(How { only_existing, ..ADDRESS }, 3, &people(entries));
        assert_eq!(answer, wanted.map_or(Answer::Unnamed, Answer::Accepted), "{entries:?} {only_existing}");
    }
    let null = ok(r#"{"people":null}"#);
    assert_eq!(upserted(ADDRESS, 3, &null), Answer::Unnamed);
    assert_eq!(upserted(How { only_existing: true, ..ADDRESS }, 3, &null), Answer::Accepted(vec![]));
    assert_eq!(upserted(ADDRESS, 0, &null), Answer::Accepted(vec![]));
}

#[test]
fn by_ids_every_row_has_its_own_answer() {
    let bad = || refused("bad row");
    let sup = || suppressed("Email is suppressed");
    let gone = || RowAnswer::Absent;
    type Three = Option<[RowAnswer; 3]>;
    let table: [(&[&str], Three, Three); 20] = [
        // All named, in whatever order.
        (
            &["m2", "m0", "m1"],
            Some([merged(0), merged(1), merged(2)]),
            Some([merged(0), merged(1), merged(2)]),
        ),
        // Of two the better counts.
        (
            &["m0", "i", "m0", "c1", "m2"],
            Some([merged(0), created(1), merged(2)]),
            Some([merged(0), created(1), merged(2)]),
        ),
        (
            &["b0", "m0", "m1", "b1", "b2"],
            Some([merged(0), merged(1), bad()]),
            Some([merged(0), merged(1), bad()]),
        ),
        // Who is not named is gone only where nobody was to be made.
        (&["m1"], Some([missing(), merged(1), missing()]), Some([gone(), merged(1), gone()])),
        (&[], None, Some([gone(), gone(), gone()])),
        // As many without an id as are left, all alike.
        (&["i", "m1", "i"], Some([bad(), merged(1), bad()]), Some([bad(), merged(1), bad()])),
        (&["m2", "s", "m0"], Some([merged(0), sup(), merged(2)]), Some([merged(0), sup(), merged(2)])),
        (&["i", "i", "i"], Some([bad(), bad(), bad()]), Some([bad(), bad(), bad()])),
        // Not alike: by their places, as long as those named stand at theirs.
        (&["i", "m1", "s"], Some([bad(), merged(1), sup()]), Some([bad(), merged(1), sup()])),
        (&["i", "s", "i"], Some([bad(), sup(), bad()]), Some([bad(), sup(), bad()])),
        (&["i", "s", "m1"], Some([missing(), merged(1), missing()]), Some([missing(), merged(1), missing()])),
        (&["i", "m1", "?"], Some([bad(), merged(1), missing()]), Some([bad(), merged(1), missing()])),
        // Fewer than are left: it is not known whose they are.
        (&["i", "m1"], Some([missing(), merged(1), missing()]), Some([missing(), merged(1), missing()])),
        (&["i"], Some([missing(), missing(), missing()]), Some([missing(), missing(), missing()])),
        (&["?", "m1"], Some([missing(), merged(1), missing()]), Some([missing(), merged(1), missing()])),
        // Another id may be one of these under a new one.
        (&["m0", "x1"], Some([merged(0), missing(), missing()]), Some([merged(0), missing(), missing()])),
        (
            &["m0", "x1", "i", "i"],
            Some([merged(0), missing(), missing()]),
            Some([merged(0), missing(), missing()]),
        ),
        (&["x0", "x1", "x2"], None, None),
        (&["?", "?", "?"], None, None),
        (&["q", "q", "q"], None, None),
    ];
    for (entries, wanted, wanted_existing) in table {
        for (only_existing, wanted) in [(false, wanted), (true, wanted_existing)] {
            let wanted = wanted.map_or(Answer::Unnamed, |three| Answer::Accepted(three.to_vec()));
            let answer = upserted(How { only_existing, ..ID }, 3, &people(entries));
            assert_eq!(answer, wanted, "{entries:?} {only_existing}");
        }
    }
}

#[test]
fn what_is_carried_out_later_may_say_nothing_yet() {
    let later = vec![RowAnswer::Later; 3];
    for by in [By::Address, By::Id] {
        for only_existing in [false, true] {
            let how = How { by, only_existing, later: true };
            for body in [
                "{}",
                r#"{"status":"queued"}"#,
                r#"{"people":null}"#,
                r#"{"people":[]}"#,
                r#"{"people":"queued"}"#,
                NAMING,
            ] {
                assert_eq!(upserted(how, 3, &ok(body)), Answer::Accepted(later.clone()), "{how:?} {body}");
            }
            for entries in [&["q", "q", "q"] as &[&str], &["m0", "m1"], &["m0", "q", "m1"], &["?", "?", "?"]]
            {
                assert_eq!(
                    upserted(how, 3, &people(entries)),
                    Answer::Accepted(later.clone()),
                    "{how:?} {entries:?}"
                );
            }
            for body in ["", "null", "[]", "7", "<html>", r#"{"error":"no"}"#] {
                assert!(matches!(upserted(how, 3, &ok(body)), Answer::Unknown { .. }), "{how:?} {body}");
            }
            let told = upserted(how, 3, &people(&["m1", "m0", "i"]));
            let wanted = match by {
                By::Address => vec![merged(1), merged(0), refused("bad row")],
                By::Id => vec![merged(0), merged(1), refused("bad row")],
            };
            assert_eq!(told, Answer::Accepted(wanted), "{how:?}");
            assert_eq!(upserted(how, 0, &ok("{}")), Answer::Accepted(vec![]));
        }
    }
}

/// Replies as they were recorded: a field that is not there, and an address that gets no mail.
const UNKNOWN_FIELD: &str = r#"{"request_id":"d6b767f0-d806-4f49-b8b9-faa2e051a18b","code":400,"error":"No valid contacts provided (failed to validate field str::x in schema: str::x: Object not found)","details":[{"status":"invalid","error":"failed to validate field str::x in schema: str::x: Object not found"}]}"#;
const BLOCKED: &str = r#"{"request_id":"16cd385a","code":400,"error":"No valid contacts provided (Email is suppressed)","details":[{"status":"suppressed","error":"Email is suppressed"}]}"#;

#[test]
fn a_400_that_says_something_of_each_is_an_answer_for_each() {
    for how in hows() {
        let answer = upserted(how, 1, &reply(400, UNKNOWN_FIELD));
        let words = "failed to validate field str::x in schema: str::x: Object not found (request d6b767f0-d806-4f49-b8b9-faa2e051a18b)";
        assert_eq!(answer, Answer::Accepted(vec![refused(words)]));
        let answer = upserted(how, 1, &reply(400, BLOCKED));
        assert_eq!(answer, Answer::Accepted(vec![suppressed("Email is suppressed (request 16cd385a)")]));
        // Of fewer than were sent: nobody knows of whom.
        let text = "No valid contacts provided (Email is suppressed) (request 16cd385a)".to_owned();
        assert_eq!(upserted(how, 2, &reply(400, BLOCKED)), Answer::Refused { status: 400, text });

        // Whatever a field is called, it is no contract; and nobody was taken by a refusal.
        let quota = r#"{"code":400,"error":"quota","details":[{"status":"invalid","error":"str:cm:sales-quota"},{"status":"merged","person_id":"p"},7]}"#;
        let text = "quota; str:cm:sales-quota";
        let wanted = vec![refused("str:cm:sales-quota"), refused(text), refused(text)];
        assert_eq!(upserted(how, 3, &reply(400, quota)), Answer::Accepted(wanted));
        assert!(matches!(upserted(how, 2, &reply(400, quota)), Answer::Refused { status: 400, .. }));
        for none in [
            r#"{"error":"Contact limit reached"}"#,
            r#"{"error":"contact limit","details":[]}"#,
            r#"{"error":"quota","details":null}"#,
        ] {
            let answer = upserted(how, 3, &reply(400, none));
            assert!(matches!(answer, Answer::Stop(stop) if stop.kind == StopKind::Contract), "{none}");
        }
    }
}

#[test]
fn refusals_are_told_in_the_accounts_words() {
    let body = r#"{"request_id":"r-1","code":507,"error":"review contact limits"}"#;
    for (status, kind) in [
        (401, StopKind::Key),
        (403, StopKind::Forbidden),
        (404, StopKind::Retired),
        (410, StopKind::Retired),
        (409, StopKind::Other),
        (507, StopKind::Contract),
    ] {
        let body = if status == 507 { body } else { r#"{"request_id":"r-1","error":"no"}"# };
        let text = if status == 507 { "review contact limits (request r-1)" } else { "no (request r-1)" };
        let wanted = Answer::Stop(super::super::Stop { kind, status, text: text.to_owned() });
        assert_eq!(Ortto.read_lists(&reply(status, body)), wanted);
        assert_eq!(upserted(ADDRESS, 3, &reply(status, body)).map(|_| Vec::<List>::new()), wanted);
    }
    let body = r#"{"request_id":"70d50bce","code":400,"error":"Failed to parse request cannot unmarshal into an ID"}"#;
    let text = "Failed to parse request cannot unmarshal into an ID (request 70d50bce)".to_owned();
    assert_eq!(Ortto.read_roster(&reply(400, body)), Answer::Refused { status: 400, text });
}

#[test]
fn a_hint_to_wait_is_handed_on() {
    let mut wait = reply(429, r#"{"error":{"code":"rate-limit","message":"slow","try-in-seconds":10}}"#);
    assert_eq!(Ortto.read_lists(&wait), Answer::Wait(Some(std::time::Duration::from_secs(10))));
    wait.retry_after = vec!["17".to_owned()];
    assert_eq!(upserted(ADDRESS, 3, &wait), Answer::Wait(Some(std::time::Duration::from_secs(17))));
    assert_eq!(Ortto.read_lists(&reply(429, "")), Answer::Wait(None));
}

/// What is said of [`ASKED`] in the answers; `!` where it is not known whom it is about, `?` where it is none.
fn out(asked: usize, body: &str) -> String {
    match Ortto.read_opted_out(&ASKED[..asked], &ok(body)) {
        Answer::Accepted(said) => said.iter().map(|out| if *out { 'o' } else { '-' }).collect(),
        Answer::Unnamed => "!".to_owned(),
        Answer::Unknown { .. } => "?".to_owned(),
        answer => panic!("{answer:?}"),
    }
}

#[test]
fn opt_outs_are_of_whom_they_name() {
    let named = |email: &str, permits: &str| {
        format!(
            r#"{{"person_status":"merged","person_id":"p","email":"{email}","email_permissions":{permits},"sms_permissions":false,"subscriptions":[{{"subscribed":true}}]}}"#
        )
    };
    let nameless = |permits: &str| format!(r#"{{"person_id":"p","email_permissions":{permits}}}"#);
    let said = |entries: &[String]| out(3, &format!(r#"{{"people":[{}]}}"#, entries.join(",")));
    let [a, b, c] = ["åsa@example.SE", "b@example.se", "c@example.se"];

    assert_eq!(said(&[named(c, "false"), named(a, "true"), named(b, "true")]), "--o");
    assert_eq!(said(&[named(a, "false")]), "o--");
    assert_eq!(said(&[named(a, "true"), named(a, "false")]), "o--");
    assert_eq!(said(&[]), "---");
    assert_eq!(out(3, r#"{"people":null}"#), "---");
    // Without an address: only what needs no order.
    assert_eq!(said(&[nameless("true"), nameless("true")]), "---");
    assert_eq!(said(&[nameless("false"), nameless("false"), nameless("false")]), "ooo");
    assert_eq!(said(&[nameless("true"), nameless("false"), nameless("true")]), "!");
    assert_eq!(said(&[nameless("false")]), "!");
    assert_eq!(said(&[named(a, "true"), nameless("false"), nameless("false")]), "-oo");
    assert_eq!(said(&[named(a, "true"), nameless("true"), nameless("false")]), "!");
    assert_eq!(said(&[named(a, "true"), named(b, "false"), nameless("false")]), "-oo");
    assert_eq!(said(&[named(a, "true"), named(b, "true"), named(c, "true"), nameless("false")]), "---");
    // Somebody else's address may be another one of theirs.
    assert_eq!(said(&[named("x@other.se", "true")]), "---");
    assert_eq!(said(&[named("x@other.se", "false")]), "!");
    assert_eq!(said(&[named(a, "true"), named(b, "true"), named("x@other.se", "false")]), "--o");
    // Asked for one, it is always clear.
    assert_eq!(out(1, &format!(r#"{{"people":[{}]}}"#, nameless("false"))), "o");
    assert_eq!(out(1, &format!(r#"{{"people":[{},{}]}}"#, nameless("true"), nameless("false"))), "o");
    for body in ["{}", "[]", r#"{"people":{}}"#, r#"{"people":[7]}"#, r#"{"people":[null]}"#] {
        assert_eq!(out(3, body), "?", "{body}");
    }
    assert_eq!(out(0, r#"{"people":[]}"#), "");
}

#[rstest]
#[case("true", false)]
#[case("\"True\"", false)]
#[case("1", false)]
#[case("false", true)]
#[case("\"false\"", true)]
#[case("\"unsubscribed\"", true)]
#[case("0", true)]
#[case("null", true)]
#[case("{}", true)]
#[case("[]", true)]
fn whatever_might_mean_an_opt_out_is_one(#[case] permits: &str, #[case] wanted: bool) {
    let wanted = if wanted { "o" } else { "-" };
    let entry = format!(r#"{{"person_id":"p","email":"Åsa@Example.se","email_permissions":{permits}}}"#);
    assert_eq!(out(1, &format!(r#"{{"people":[{entry}]}}"#)), wanted);
    // Nobody there, unless something is said of them.
    let nobody = format!(r#"{{"person_status":"x","email":"Åsa@Example.se","email_permissions":{permits}}}"#);
    let wanted = if permits == "null" { "-" } else { wanted };
    assert_eq!(out(1, &format!(r#"{{"people":[{nobody}]}}"#)), wanted);
    assert_eq!(out(1, r#"{"people":[{"person_id":"p"}]}"#), "o");
    assert_eq!(out(1, r#"{"people":[{"person_id":"","email":null}]}"#), "-");
}

#[test]
fn the_recorded_subscriptions_are_read() {
    let body = r#"{"people":[{"person_status":"merged","person_id":"0069091a7c13f062f778ad00","email":"b@example.se","subscriptions":[{"audience_id":"6904f4fbf0cc08364094a965","audience_name":"SMS subscribers","member_from":"2025-11-03T21:11:24Z","subscribed":true,"sms_opted_in":true}],"email_permissions":true,"sms_permissions":true,"ios_permissions":false}]}"#;
    assert_eq!(out(3, body), "---");
    assert_eq!(out(3, &body.replace("\"email_permissions\":true", "\"email_permissions\":false")), "-o-");
}

fn list(id: &str, title: &str, members: Option<u64>) -> List {
    List { id: id.to_owned(), title: title.to_owned(), members }
}

#[test]
fn tags_of_people_are_lists() {
    let body = r#"[{"id":1,"instance_id":"x","name":"My team","created_at":"2025-10-31T17:42:18.503Z","count":12,"subscribers":1,"type":""},
        {"id":1,"name":"My organization","count":1,"type":"organization"},
        {"id":"2","name":" VIP ","count":"7"},{"id":3,"count":-1,"type":null},{"id":4,"name":"N","count":1.5,"type":""},{"name":"no id","type":"organization"}]"#;
    let wanted = vec![
        list("1", "My team", Some(12)),
        list("2", " VIP ", Some(7)),
        list("3", "", None),
        list("4", "N", None),
    ];
    assert_eq!(Ortto.read_lists(&ok(body)), Answer::Accepted(wanted));
    assert_eq!(Ortto.read_lists(&ok("null")), Answer::Accepted(vec![]));
    for body in [r#"[{"name":"no id"}]"#, r#"[{"id":"","name":"A"}]"#, r#"[7]"#, r#"{"tags":[]}"#] {
        assert!(matches!(Ortto.read_lists(&ok(body)), Answer::Unknown { .. }), "{body}");
    }
}

#[test]
fn titles_are_compared_as_people_do() {
    for (one, other, same) in [
        ("VIP", "vip ", true),
        ("Åsikt", " åSIKT", true),
        ("A b", "A  b", false),
        ("A", "B", false),
        ("", " ", true),
    ] {
        assert_eq!(Ortto.same_title(one, other), same, "{one} {other}");
    }
    for title in ["VIP", " VIP ", &"å".repeat(100), "a--b", "0"] {
        assert_eq!(Ortto.unusable_title(title), None);
    }
    for title in ["", " ", "\t", &"å".repeat(101), "a\tb", "a\u{7}", "a\nb"] {
        assert!(Ortto.unusable_title(title).is_some_and(|sentence| sentence.ends_with('.')), "{title}");
    }
    assert_eq!(Ortto.make_list("VIP"), None);
}

#[test]
fn rosters_are_read_page_by_page() {
    let contact = r#"{"id":"00ab","fields":{"str::email":"a@b.se","str::first":"A"}}"#;
    let page = |more: &str| {
        format!(
            r#"{{"contacts":[{contact},{{"id":"no address","fields":{{}}}},{{"id":"x"}}],"meta":{{"total_contacts":12,"total_matches":7}},{more}}}"#
        )
    };
    let read = |body: &str| match Ortto.read_roster(&ok(body)) {
        Answer::Accepted(roster) => {
            assert!(roster.emails.iter().all(|email| email == "a@b.se"));
            Some((roster.total, roster.emails.len(), roster.bookmark))
        }
        Answer::Unknown { .. } => None,
        answer => panic!("{answer:?}"),
    };
    let next = |bookmark: &str| Some((7, 1, Some(bookmark.to_owned())));
    for (more, wanted) in [
        (r#""offset":0,"next_offset":3,"cursor_id":"c1","has_more":false"#, Some((7, 1, None))),
        (r#""offset":0,"next_offset":3,"cursor_id":"c1","has_more":true"#, next("3:c1")),
        (r#""offset":500,"next_offset":503,"cursor_id":"","has_more":true"#, next("503")),
        (r#""offset":500,"has_more":true"#, next("503")),
        (r#""has_more":null"#, Some((7, 1, None))),
        (r#""more":1"#, Some((7, 1, None))),
        (r#""offset":3,"next_offset":3,"has_more":true"#, None),
        (r#""offset":3,"next_offset":0,"has_more":true"#, None),
    ] {
        assert_eq!(read(&page(more)), wanted, "{more}");
    }
    for (body, wanted) in [
        (
            r#"{"contacts":null,"meta":{"total_matches":0},"offset":0,"next_offset":0,"has_more":false}"#,
            Some((0, 0, None)),
        ),
        (r#"{"contacts":[],"meta":{"total_matches":9},"has_more":true}"#, Some((9, 0, None))),
        (
            r#"{"contacts":[{"fields":{"str::email":"a@b.se"}}],"meta":{"total_contacts":99},"offset":2}"#,
            Some((3, 1, None)),
        ),
        (r#"{"contacts":[{"fields":{"str::email":"a@b.se"}}],"has_more":true}"#, None),
        (r#"{"contacts":{},"meta":{"total_matches":0}}"#, None),
        (r#"{"meta":{"total_matches":0}}"#, None),
    ] {
        assert_eq!(read(body), wanted, "{body}");
    }

    assert_eq!(Ortto.read_contacts(&ok(&page(r#""has_more":true"#))), Answer::Accepted(12));
    assert_eq!(
        Ortto.read_contacts(&ok(r#"{"contacts":null,"meta":{"total_contacts":"0"}}"#)),
        Answer::Accepted(0)
    );
    for body in
        [r#"{"meta":{}}"#, r#"{"meta":null}"#, r#"{"meta":{"total_contacts":-1}}"#, r#"{"total_contacts":1}"#]
    {
        assert!(matches!(Ortto.read_contacts(&ok(body)), Answer::Unknown { .. }), "{body}");
    }
}

#[test]
fn owners_are_read_in_every_shape() {
    let two = vec![("00ab".to_owned(), "a@b.se".to_owned()), ("00cd".to_owned(), String::new())];
    for (body, wanted) in [
        (
            r#"{"contacts":{"00ab":{"id":"00ab","fields":{"str::email":"a@b.se","str::first":"A"}},"00cd":{"id":"00cd","fields":{}},"00ef":null}}"#,
            two.clone(),
        ),
        (
            r#"{"contacts":{"00ab":{"fields":{"str::email":"a@b.se"}},"00cd":{"fields":{"str::email":null}}}}"#,
            two.clone(),
        ),
        (
            r#"{"contacts":[{"id":"00ab","fields":{"str::email":"a@b.se"}},{"id":"00cd"},{"fields":{}},7]}"#,
            two,
        ),
        (r#"{"contacts":{}}"#, vec![]),
        (r#"{"contacts":null}"#, vec![]),
        (r#"{"contacts":[]}"#, vec![]),
    ] {
        assert_eq!(Ortto.read_owners(&ok(body)), Answer::Accepted(wanted.into_iter().collect()), "{body}");
    }
    for body in [r#"{"contacts":"x"}"#, r#"{"contacts":7}"#] {
        assert!(matches!(Ortto.read_owners(&ok(body)), Answer::Unknown { .. }), "{body}");
    }
}

#[test]
fn fields_are_the_key_test_too() {
    let body = r#"{"fields":[{"field":{"id":"str:cm:job-title","name":"Job Title","display_type":"text","liquid_name":"people.custom.job-title"},"tracked_value":true}]}"#;
    assert_eq!(Ortto.read_test(&ok(body)), Answer::Accepted(()));
    assert!(matches!(Ortto.read_test(&reply(401, "")), Answer::Stop(stop) if stop.kind == StopKind::Key));
    let Answer::Accepted(fields) = Ortto.read_fields(&ok(body)) else { panic!() };
    let last = fields.last().unwrap();
    assert_eq!(
        (last.target.to_string().as_str(), last.key.as_str()),
        ("custom:Job Title", "str:cm:job-title")
    );
    for field in &fields {
        assert_eq!(Ortto.unusable(&field.target), None);
        assert_eq!(Ortto.blank(field.kind), "null");
    }
}

#[test]
fn requests_are_the_documented_ones() {
    let check = |request: Request, path: &str, body: &str| {
        assert_eq!((request.method, request.path.as_str(), request.repeatable), (Method::Post, path, true));
        let found: serde_json::Value = serde_json::from_slice(&request.body.unwrap()).unwrap();
        assert_eq!(found, serde_json::from_str::<serde_json::Value>(body).unwrap());
    };
    check(Ortto.test(), "/v1/person/custom-field/get", "{}");
    check(Ortto.fields(), "/v1/person/custom-field/get", "{}");
    check(Ortto.lists(), "/v1/tags/get", "{}");
    let tag = list("7", "VIP", None);
    for (bookmark, rest) in [
        (None, r#""offset":0"#),
        (Some("500"), r#""offset":500"#),
        (Some("500:c:1\""), r#""offset":500,"cursor_id":"c:1\"""#),
        (Some("what"), r#""offset":0"#),
    ] {
        let body = format!(
            r#"{{"limit":500,"fields":["str::email"],"filter":{{"$u4s::is":{{"field_id":"u4s::t","value":7}}}},{rest}}}"#
        );
        check(Ortto.roster(&tag, bookmark), "/v1/person/get", &body);
    }
    let body = r#"{"limit":500,"fields":["str::email"],"filter":{"$u4s::is":{"field_id":"u4s::t","value":""}},"offset":0}"#;
    check(Ortto.roster(&list("", "New", None), None), "/v1/person/get", body);
    check(Ortto.contacts(), "/v1/person/get", r#"{"limit":1,"fields":["str::email"]}"#);
    check(
        Ortto.opted_out(&["a\"b@c.se", "d@e.se"]),
        "/v1/person/subscriptions",
        r#"{"people":[{"email":"a\"b@c.se"},{"email":"d@e.se"}]}"#,
    );
    check(
        Ortto.owners(&["00ab", "00cd"]),
        "/v1/person/get-by-ids",
        r#"{"contact_ids":["00ab","00cd"],"fields":["str::email"]}"#,
    );
    assert!(Ortto.by_id().is_some() && Ortto.singly().is_none());
    assert_eq!((Ortto.name(), Ortto.key_header(), Ortto.rate()), ("Ortto", "X-Api-Key", RATE));
    assert_eq!(Ortto.origins(), REGIONS);
}

/// JSON that resembles replies, with much in it that should not be there.
fn odd_json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("-1".to_owned()),
        Just("7".to_owned()),
        Just("\"merged\"".to_owned()),
        Just("\"created\"".to_owned()),
        Just("\"invalid\"".to_owned()),
        Just("\"suppressed\"".to_owned()),
        Just("\"b@example.se\"".to_owned()),
        prop::sample::select(&IDS[..]).prop_map(|id| format!("\"{id}\"")),
        ".{0,6}".prop_map(|text| serde_json::Value::from(text).to_string()),
    ];
    let keys = [
        "people",
        "person_id",
        "status",
        "error",
        "details",
        "request_id",
        "contacts",
        "id",
        "fields",
        "field",
        "str::email",
        "email",
        "email_permissions",
        "meta",
        "total_matches",
        "total_contacts",
        "offset",
        "next_offset",
        "has_more",
        "cursor_id",
        "name",
        "type",
        "count",
        "display_type",
        "dic_items",
        "try-in-seconds",
    ];
    leaf.prop_recursive(4, 40, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(|all| format!("[{}]", all.join(","))),
            prop::collection::vec((prop::sample::select(keys.to_vec()).prop_map(str::to_owned), inner), 0..5)
                .prop_map(|all| {
                    let all: Vec<String> =
                        all.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
                    format!("{{{}}}", all.join(","))
                }),
        ]
    })
}

/// Reads a body as the answer to every call.
fn read_all(reply: &Reply) {
    let _ = Ortto.read_test(reply);
    let _ = Ortto.read_lists(reply);
    let _ = Ortto.read_made("t", reply);
    let _ = Ortto.read_fields(reply);
    let _ = Ortto.read_roster(reply);
    let _ = Ortto.read_contacts(reply);
    let _ = Ortto.read_owners(reply);
    for asked in 0..=ASKED.len() {
        if let Answer::Accepted(said) = Ortto.read_opted_out(&ASKED[..asked], reply) {
            assert_eq!(said.len(), asked);
        }
        for how in hows() {
            let answer = upserted(how, asked, reply);
            if let (By::Id, Answer::Accepted(answers)) = (how.by, &answer) {
                assert_eq!(answers.len(), asked, "{how:?} {reply:?}");
            }
            if let Answer::Accepted(answers) = &answer {
                assert!(matches!(reply.status, 200 | 400));
                let absent = answers.contains(&RowAnswer::Absent);
                let taken = answers.iter().any(|answer| matches!(answer, RowAnswer::Taken { .. }));
                assert!(how.only_existing || !absent, "{how:?} {reply:?}");
                assert!(how.later || !answers.contains(&RowAnswer::Later), "{how:?} {reply:?}");
                assert!(reply.status == 200 || !(taken || absent), "{how:?} {reply:?}");
            }
        }
    }
}

proptest! {
    #[test]
    fn no_octets_are_too_odd(octets in prop::collection::vec(any::<u8>(), 0..200), status in prop::sample::select(&[200u16, 400, 401, 404, 429, 500, 507][..])) {
        read_all(&reply(status, octets));
    }

    #[test]
    fn no_json_is_too_odd(body in odd_json(), status in prop::sample::select(&[200u16, 200, 400, 429][..])) {
        read_all(&reply(status, body.clone()));
        read_all(&reply(status, format!("{{\"people\":[{body},{body}]}}")));
        read_all(&reply(status, format!("{{\"people\":{body},\"details\":{body},\"contacts\":{body},\"fields\":{body}}}")));
    }

    #[test]
    fn by_ids_nobody_is_taken_who_is_not_named(
        entries in prop::collection::vec(prop::sample::select(&["c0", "c1", "c2", "m0", "m1", "m2", "x0", "b0", "b1", "i", "s", "?", "q"][..]), 0..6),
        only_existing in any::<bool>(),
    ) {
        let answer = upserted(How { only_existing, ..ID }, 3, &people(&entries));
        if let Answer::Accepted(answers) = answer {
            prop_assert_eq!(answers.len(), 3);
            for (place, answer) in answers.iter().enumerate() {
                let named = entries.iter().any(|entry| matches!(entry.split_at(1), ("c" | "m", number) if number == place.to_string()));
                prop_assert_eq!(matches!(answer, RowAnswer::Taken { .. }), named, "{:?} {}", entries, place);
            }
        } else {
            prop_assert_eq!(answer, Answer::Unnamed);
        }
    }
}
