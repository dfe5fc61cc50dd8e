//! The same client of a few lines for Ortto.

use segue_sandbox::{OrttoView, PersonView, Sandbox};
use serde_json::{Value, json};

use crate::client::{Answer, KEY, raw};

/// The bytes of a request with the right key in `X-Api-Key`.
pub(crate) fn bytes(method: &str, path: &str, body: &str) -> Vec<u8> {
    format!(
        "{method} /v1/{path} HTTP/1.1\r\nHost: x\r\nX-Api-Key: {KEY}\r\nConnection: close\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// One call with a body as it stands.
pub(crate) async fn send(sandbox: &Sandbox, method: &str, path: &str, body: &str) -> Answer {
    Answer::parse(&raw(sandbox, &bytes(method, path, body)).await.unwrap())
}

/// One POST below `/v1/`.
pub(crate) async fn ask(sandbox: &Sandbox, path: &str, body: Value) -> Answer {
    send(sandbox, "POST", path, &body.to_string()).await
}

/// A merge by e-mail as the engine sends it.
pub(crate) fn by_email(people: Value) -> Value {
    let body = json!({
        "merge_by": ["str::email"], "merge_strategy": 2, "find_strategy": 0,
        "suppression_list_field_id": "str::email",
    });
    with(body, "people", people)
}

/// The same with one more element, or another one.
pub(crate) fn with(mut body: Value, name: &str, value: Value) -> Value {
    body[name] = value;
    body
}

/// That merge, sent.
pub(crate) async fn merge(sandbox: &Sandbox, people: Value) -> Answer {
    ask(sandbox, "person/merge", by_email(people)).await
}

/// Rows of plain addresses.
pub(crate) fn people(emails: &[&str]) -> Value {
    emails.iter().map(|email| json!({"fields": {"str::email": email}})).collect()
}

/// One row with some more fields.
pub(crate) fn person(email: &str, fields: Value) -> Value {
    with(json!({}), "fields", with(fields, "str::email", json!(email)))
}

/// `n` rows with numbered addresses.
pub(crate) fn crowd(n: usize) -> Value {
    (0..n).map(|n| json!({"fields": {"str::email": format!("p{n:04}@x.example")}})).collect()
}

/// The statuses of `people`.
pub(crate) fn statuses(answer: &Answer) -> Vec<String> {
    let body = answer.json();
    let people = body["people"].as_array().unwrap_or_else(|| panic!("{body}"));
    people.iter().map(|one| one["status"].as_str().unwrap().to_owned()).collect()
}

/// The addresses in the account.
pub(crate) fn stored(sandbox: &Sandbox) -> Vec<String> {
    sandbox.ortto().people.iter().filter_map(PersonView::email).map(str::to_owned).collect()
}

/// The person of this address.
pub(crate) fn of(sandbox: &Sandbox, email: &str) -> PersonView {
    let OrttoView { people, .. } = sandbox.ortto();
    people.into_iter().find(|one| one.email() == Some(email)).unwrap()
}
