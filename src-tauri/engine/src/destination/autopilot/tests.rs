//! Replies of every kind against every call: nothing is accepted that the account did not say.

use bytes::Bytes;
use proptest::prelude::*;
use rstest::rstest;

use super::super::{By, Row, StopKind};
use super::*;

const ASKED: [&str; 3] = ["Åsa@Example.se", "b@example.se", "c@example.se"];

/// Reads a reply to a bulk call of these people.
fn upserted(emails: &[&str], reply: &Reply) -> Answer<Vec<RowAnswer>> {
    let rows: Vec<Row<'_>> =
        emails.iter().map(|email| Row { email, id: None, fields: None, joins: &[], leaves: &[] }).collect();
    Autopilot.read_upsert(&Call { rows: &rows, by: By::Address, only_existing: false, later: false }, reply)
}

fn list(id: &str, title: &str) -> List {
    List { id: id.to_owned(), title: title.to_owned(), members: None }
}

fn out(reply: &Reply) -> Answer<Vec<bool>> {
    Autopilot.read_opted_out(&["a@b.se"], reply)
}

fn taken(id: Option<&str>) -> RowAnswer {
    RowAnswer::Taken { id: id.map(str::to_owned), word: "" }
}

fn reply(status: u16, body: impl Into<Bytes>) -> Reply {
    Reply { status, body: body.into(), ..Reply::default() }
}

/// Bodies that do not name any of [`ASKED`] in a map, and one that does.
const NAMING: &str = r#"{"contact_ids":["person_1"],"email_contact_map":{"b@example.se":"person_1"}}"#;
const BODIES: [&str; 22] = [
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
    r#"{"error":"Bad","message":"bad"}"#,
    r#"{"email_contact_map":null}"#,
    r#"{"email_contact_map":[]}"#,
    r#"{"email_contact_map":{}}"#,
    r#"{"email_contact_map":{"x@other.se":"person_1"}}"#,
    r#"{"contact_ids":["person_1","person_2","person_3"]}"#,
    r#"[{"email_contact_map":{"b@example.se":"person_1"}}]"#,
    r#"{"email_contact_map":{"b@example.se":"person_1"}"#,
    r#"{"data":{"email_contact_map":{"b@example.se":"person_1"}}}"#,
    r#"{"email_contact_map":"b@example.se"}"#,
    r#"{"lists":[],"contacts":[],"total_contacts":0,"list_id":"l","contact_id":"person_1"}"#,
    NAMING,
];

#[test]
fn only_200_with_the_map_that_names_them_is_taken() {
    for status in 0..=700 {
        for body in BODIES {
            let answer = upserted(&ASKED, &reply(status, body));
            let good = status == 200 && body == NAMING;
            assert_eq!(matches!(answer, Answer::Accepted(_)), good, "{status} {body}: {answer:?}");
            if good {
                let missing = RowAnswer::not_confirmed();
                let wanted = vec![missing.clone(), taken(Some("person_1")), missing];
                assert_eq!(answer, Answer::Accepted(wanted));
            }
        }
    }
}

#[test]
fn every_status_has_its_class_whatever_the_body() {
    for status in 100..=599 {
        for body in BODIES {
            let answer = upserted(&ASKED, &reply(status, body));
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
        }
    }
}

#[test]
fn no_call_accepts_what_is_not_its_schema() {
    for status in 100..=599 {
        for body in ["", "null", "[]", "{}", "<html></html>", "7", "\"x\""] {
            let reply = reply(status, body);
            let at = |accepted: bool, call: &str| assert!(!accepted, "{call} {status} {body}");
            at(matches!(Autopilot.read_lists(&reply), Answer::Accepted(_)), "lists");
            at(matches!(Autopilot.read_fields(&reply), Answer::Accepted(_)) && body != "[]", "fields");
            at(matches!(Autopilot.read_made("t", &reply), Answer::Accepted(_)) && status != 409, "make");
            at(matches!(Autopilot.read_roster(&reply), Answer::Accepted(_)), "roster");
            at(matches!(Autopilot.read_contacts(&reply), Answer::Accepted(_)), "contacts");
            at(matches!(out(&reply), Answer::Accepted(_)) && status != 404, "opted out");
            let said = |answer| matches!(answer, Answer::Accepted(true));
            at(said(Autopilot.read_member(&reply)) && !(status == 200 && body == "{}"), "member");
            at(
                said(Autopilot.read_join(&reply)) && !(status == 200 && body == "{}" || status == 204),
                "join",
            );
            at(
                said(Autopilot.read_leave(&reply)) && !(status == 200 && body == "{}" || status == 204),
                "leave",
            );
        }
    }
}

#[rstest]
#[case::letter_case(r#"{"åsa@example.SE":"p1"}"#, Some(taken(Some("p1"))))]
#[case::blanks(r#"{"  Åsa@Example.se ":"p1"}"#, Some(taken(Some("p1"))))]
#[case::decomposed("{\"A\u{30a}sa@example.se\":\"p1\"}", Some(taken(Some("p1"))))]
#[case::escaped(r#"{"\u00e5sa@example.se":"p1"}"#, Some(taken(Some("p1"))))]
#[case::figures(r#"{"åsa@example.se":17}"#, Some(taken(Some("17"))))]
#[case::null(r#"{"åsa@example.se":null}"#, Some(taken(None)))]
#[case::empty(r#"{"åsa@example.se":""}"#, Some(taken(None)))]
#[case::twice(
    r#"{"åsa@example.se":null,"Åsa@example.se":"p1","åsa@example.se":null}"#,
    Some(taken(Some("p1")))
)]
#[case::refused(r#"{"åsa@example.se":{"error":"bad\u001b row"}}"#, Some(RowAnswer::Refused("bad row".to_owned())))]
#[case::no(r#"{"åsa@example.se":false}"#, Some(RowAnswer::not_confirmed()))]
#[case::another(r#"{"asa@example.se":"p1"}"#, None)]
fn the_map_is_read_by_the_canonical_address(#[case] map: &str, #[case] wanted: Option<RowAnswer>) {
    let body = format!("{{\"email_contact_map\":{map},\"_removeResultKeys\":[]}}");
    match (upserted(&["Åsa@Example.se"], &reply(200, body)), wanted) {
        (Answer::Accepted(answers), Some(wanted)) => assert_eq!(answers, [wanted]),
        (Answer::Unnamed, None) => {}
        (answer, wanted) => panic!("{answer:?}, not {wanted:?}"),
    }
}

#[test]
fn a_hint_to_wait_is_handed_on() {
    let mut wait = reply(429, "");
    assert_eq!(Autopilot.read_lists(&wait), Answer::Wait(None));
    wait.retry_after = vec!["7".to_owned()];
    assert_eq!(Autopilot.read_lists(&wait), Answer::Wait(Some(std::time::Duration::from_secs(7))));
}

#[test]
fn a_404_is_read_by_what_it_says() {
    let list = r#"{"error":"Not Found","message":"List contactlist_1 not found"}"#;
    let contact = r#"{"error":"Not Found","message":"Contact not found"}"#;
    let empty = r#"{"error":"Not Found","message":""}"#;
    let route = r#"{"code":"ResourceNotFound","message":"/v1/list/x does not exist"}"#;
    let html = "<html>404</html>";
    // Member, join, leave: what the answer is in one letter.
    for (body, member, join, leave) in [
        (list, 'm', 'm', 'm'),
        (contact, 'f', 'r', 'f'),
        (empty, 'f', 'm', 'f'),
        ("", 'f', 'm', 'f'),
        (route, 's', 's', 's'),
        (html, 's', 's', 's'),
    ] {
        let reply = reply(404, body);
        let letter = |answer: Answer<bool>| match answer {
            Answer::Accepted(true) => 't',
            Answer::Accepted(false) => 'f',
            Answer::Refused { status: 404, .. } => 'r',
            Answer::Missing { .. } => 'm',
            Answer::Stop(stop) if stop.kind == StopKind::Retired => 's',
            _ => '?',
        };
        assert_eq!(letter(Autopilot.read_member(&reply)), member, "member {body}");
        assert_eq!(letter(Autopilot.read_join(&reply)), join, "join {body}");
        assert_eq!(letter(Autopilot.read_leave(&reply)), leave, "leave {body}");
        let gone = matches!(Autopilot.read_roster(&reply), Answer::Missing { .. });
        assert_eq!(gone, member != 's', "roster {body}");
        assert_eq!(out(&reply) == Answer::Accepted(vec![false]), member != 's', "contact {body}");
        assert!(
            matches!(Autopilot.read_lists(&reply), Answer::Stop(stop) if stop.kind == StopKind::Retired),
            "lists {body}"
        );
    }
}

#[test]
fn lists_rosters_and_contacts_are_read() {
    let lists = Autopilot.read_lists(&reply(
        200,
        r#"{"lists":[{"list_id":"contactlist_a b","title":"A"},{"list_id":"x","more":1}]}"#,
    ));
    let wanted = [("contactlist_a b", "A"), ("x", "")].map(|(id, title)| list(id, title));
    assert_eq!(lists, Answer::Accepted(wanted.to_vec()));
    assert_eq!(Autopilot.read_lists(&reply(200, r#"{"lists":null}"#)), Answer::Accepted(Vec::new()));
    assert!(matches!(
        Autopilot.read_lists(&reply(200, r#"{"lists":[{"title":"no id"}]}"#)),
        Answer::Unknown { .. }
    ));

    let page = r#"{"contacts":[{"Email":"a@b.se"},{"contact_id":"no address"}],"total_contacts":"201","bookmark":"person_9"}"#;
    let roster =
        Roster { total: 201, emails: vec!["a@b.se".to_owned()], bookmark: Some("person_9".to_owned()) };
    assert_eq!(Autopilot.read_roster(&reply(200, page)), Answer::Accepted(roster));
    assert_eq!(Autopilot.read_contacts(&reply(200, page)), Answer::Accepted(201));
    let last = Roster { total: 0, emails: Vec::new(), bookmark: None };
    assert_eq!(
        Autopilot.read_roster(&reply(200, r#"{"contacts":null,"total_contacts":0}"#)),
        Answer::Accepted(last)
    );

    for (body, opted_out) in [
        (r#"{"contact_id":"p","FirstName":"A"}"#, false),
        (r#"{"contact_id":"p","FirstName":"A","unsubscribed":false}"#, false),
        (r#"{"contact_id":"p","FirstName":"A","unsubscribed":"false"}"#, false),
        (r#"{"contact_id":"p","FirstName":"A","unsubscribed":true}"#, true),
        (r#"{"contact_id":"p","FirstName":"A","Unsubscribed":"true"}"#, true),
        (r#"{"contact_id":"p","FirstName":"A","unsubscribed":1}"#, true),
    ] {
        assert_eq!(out(&reply(200, body)), Answer::Accepted(vec![opted_out]), "{body}");
    }

    let made = Made::List(list("contactlist_1", "T"));
    assert_eq!(
        Autopilot.read_made("T", &reply(200, r#"{"list_id":"contactlist_1"}"#)),
        Answer::Accepted(made)
    );
    assert_eq!(Autopilot.read_made("T", &reply(409, "")), Answer::Accepted(Made::Exists));
    assert_eq!(Autopilot.read_join(&reply(200, r#"{"not_modified":true}"#)), Answer::Accepted(false));
    assert_eq!(Autopilot.read_leave(&reply(200, r#"{"not_modified":true}"#)), Answer::Accepted(false));
}

#[test]
fn requests_are_the_documented_ones() {
    use super::super::Method::{Delete, Get, Post};
    let check = |request: Request, method, path: &str, body: Option<&str>, repeatable| {
        let found = (request.method, request.path.as_str(), request.body.as_deref(), request.repeatable);
        assert_eq!(found, (method, path, body.map(str::as_bytes), repeatable));
    };
    check(Autopilot.lists(), Get, "/v1/lists", None, true);
    check(Autopilot.fields(), Get, "/v1/contacts/custom_fields", None, true);
    check(
        Autopilot.make_list("VIP \"1\"").unwrap(),
        Post,
        "/v1/list",
        Some(r#"{"name":"VIP \"1\""}"#),
        false,
    );
    check(Autopilot.roster(&list("l 1", ""), None), Get, "/v1/list/l%201/contacts", None, true);
    check(
        Autopilot.roster(&list("l", ""), Some("person/9")),
        Get,
        "/v1/list/l/contacts/person%2F9",
        None,
        true,
    );
    check(Autopilot.member("l", "a+b@c.se"), Get, "/v1/list/l/contact/a%2Bb%40c.se", None, true);
    check(Autopilot.join("l", "a@c.se"), Post, "/v1/list/l/contact/a%40c.se", None, true);
    check(Autopilot.leave("l", "a@c.se"), Delete, "/v1/list/l/contact/a%40c.se", None, true);
    check(Autopilot.opted_out(&["a/b@c.se"]), Get, "/v1/contact/a%2Fb%40c.se", None, true);
    check(Autopilot.contacts(), Get, "/v1/contacts", None, true);
}

proptest! {
    #[test]
    fn no_octets_make_a_reader_fall_over(status in 0_u16..=999, body in any::<Vec<u8>>()) {
        hold(&reply(status, body))?;
    }

    /// Bodies that are nearly right: the words of the schema in any shape.
    #[test]
    fn nor_does_json_of_any_shape(status in prop_oneof![Just(200_u16), 0_u16..=999], body in nearly()) {
        hold(&reply(status, body))?;
    }
}

/// JSON in which the members that are read stand for anything.
fn nearly() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("-1".to_owned()),
        Just("1e400".to_owned()),
        Just(r#""person_1""#.to_owned()),
        Just(r#""b@example.se""#.to_owned()),
        Just(r#""""#.to_owned()),
    ];
    let key = prop::sample::select(vec![
        "email_contact_map",
        "contact_ids",
        "contacts",
        "total_contacts",
        "bookmark",
        "lists",
        "list_id",
        "title",
        "contact_id",
        "Email",
        "unsubscribed",
        "not_modified",
        "error",
        "message",
        "custom_fields",
        "name",
        "kind",
        "fieldType",
        "deleted",
        "b@example.se",
    ]);
    leaf.prop_recursive(4, 32, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|items| format!("[{}]", items.join(","))),
            prop::collection::vec((key.clone(), inner), 0..6).prop_map(|members| {
                let members = members.into_iter().map(|(key, value)| format!("{key:?}:{value}"));
                format!("{{{}}}", members.collect::<Vec<_>>().join(","))
            }),
        ]
    })
}

/// What holds of every reply: all readers answer, a bulk call has one answer for each row or none, and nothing but
/// a 200 is taken.
fn hold(reply: &Reply) -> std::result::Result<(), TestCaseError> {
    match upserted(&ASKED, reply) {
        Answer::Accepted(answers) => {
            prop_assert_eq!((reply.status, answers.len()), (200, ASKED.len()));
        }
        Answer::Missing { .. } => prop_assert!(false, "a bulk call is about nobody's absence"),
        _ => {}
    }
    let _ = (Autopilot.read_test(reply), Autopilot.read_lists(reply), Autopilot.read_fields(reply));
    let _ = (Autopilot.read_made("t", reply), Autopilot.read_roster(reply), Autopilot.read_contacts(reply));
    let _ = (Autopilot.read_member(reply), Autopilot.read_join(reply), Autopilot.read_leave(reply));
    if let Answer::Accepted(out) = Autopilot.read_opted_out(&ASKED[..1], reply) {
        prop_assert_eq!(out.len(), 1);
    }
    Ok(())
}
