//! A client of a few lines, so that a test sees the very bytes and no library's opinion of them.

use std::io;

use segue_sandbox::{Faults, Sandbox, Settings};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub(crate) const KEY: &str = "0123456789abcdef0123456789abcdef";

/// A sandbox with faults written in JSON.
pub(crate) async fn sandbox(faults: Value) -> Sandbox {
    let faults: Faults = serde_json::from_value(faults).unwrap();
    let settings = Settings { key: Some(KEY.into()), faults, ..Settings::default() };
    Sandbox::start(settings).await.unwrap()
}

/// A sandbox with one fault on every request.
pub(crate) async fn faulty(act: Value) -> Sandbox {
    sandbox(json!({"faults": [{"do": act}]})).await
}

/// What came back.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn parse(bytes: &[u8]) -> Answer {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("no head") + 4;
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_lowercase(), body: bytes[end..].to_vec() }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&self.body)))
    }

    pub(crate) fn message(&self) -> Option<String> {
        self.json().get("message").map(|text| text.as_str().unwrap().to_owned())
    }
}

/// The bytes of a request with the right key.
pub(crate) fn request(method: &str, path: &str, body: &str, connection: &str) -> Vec<u8> {
    format!(
        "{method} {path} HTTP/1.1\r\nHost: x\r\nautopilotapikey: {KEY}\r\nConnection: {connection}\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

pub(crate) async fn connect(sandbox: &Sandbox) -> TcpStream {
    TcpStream::connect(sandbox.origin().strip_prefix("http://").unwrap()).await.unwrap()
}

/// Sends the bytes and reads to the end of the connection.
pub(crate) async fn raw(sandbox: &Sandbox, bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut stream = connect(sandbox).await;
    stream.write_all(bytes).await?;
    let mut all = Vec::new();
    stream.read_to_end(&mut all).await?;
    Ok(all)
}

/// One call on a connection of its own.
pub(crate) async fn call(sandbox: &Sandbox, method: &str, path: &str, body: Value) -> Answer {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    Answer::parse(&raw(sandbox, &request(method, path, &body, "close")).await.unwrap())
}

pub(crate) async fn get(sandbox: &Sandbox, path: &str) -> Answer {
    call(sandbox, "GET", path, Value::Null).await
}

pub(crate) async fn post(sandbox: &Sandbox, path: &str, body: Value) -> Answer {
    call(sandbox, "POST", path, body).await
}

pub(crate) async fn delete(sandbox: &Sandbox, path: &str) -> Answer {
    call(sandbox, "DELETE", path, Value::Null).await
}

/// A bulk call of rows.
pub(crate) async fn bulk(sandbox: &Sandbox, rows: Value) -> Answer {
    post(sandbox, "/v1/contacts", json!({"contacts": rows})).await
}

/// A bulk body of plain addresses.
pub(crate) fn rows(emails: &[&str]) -> Value {
    emails.iter().map(|email| json!({"Email": email})).collect()
}

/// `n` rows with numbered addresses.
pub(crate) fn many(n: usize) -> Value {
    (0..n).map(|n| json!({"Email": format!("p{n:04}@x.example")})).collect()
}

/// Bytes of a bulk call of these addresses.
pub(crate) fn bulk_bytes(emails: &[&str]) -> Vec<u8> {
    let body = json!({"contacts": rows(emails)}).to_string();
    request("POST", "/v1/contacts", &body, "close")
}

/// The addresses in the account.
pub(crate) fn stored(sandbox: &Sandbox) -> Vec<String> {
    sandbox.account().contacts.into_iter().filter_map(|one| one.email).collect()
}

/// The text of a reply that was read to the end of its connection.
pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
