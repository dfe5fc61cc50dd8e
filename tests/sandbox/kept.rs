//! A kept account: what was answered is there after the process died, whoever serves it then.

use std::path::Path;
use std::time::Duration;

use segue_sandbox::{Error, Kept, KeptAccount};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

fn kept(folder: &Path) -> Kept {
    Kept::new(folder.to_owned(), Duration::ZERO)
}

/// One call on a connection of its own: status and body.
async fn call(account: &KeptAccount, method: &str, path: &str, body: &str) -> std::io::Result<(u16, Value)> {
    let mut stream = TcpStream::connect(account.origin.strip_prefix("http://").unwrap()).await?;
    let (key, length) = (&account.key, body.len());
    let header = if path.starts_with("/v1/person/") { "X-Api-Key" } else { "autopilotapikey" };
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: x\r\n{header}: {key}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n"
    );
    stream.write_all(format!("{head}{body}").as_bytes()).await?;
    let mut all = String::new();
    stream.read_to_string(&mut all).await?;
    let (head, body) = all.split_once("\r\n\r\n").unwrap_or_default();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    Ok((status, serde_json::from_str(body).unwrap_or_default()))
}

async fn write(account: &KeptAccount, nth: usize, list: &str) {
    let rows: Vec<Value> = (0..3)
        .map(|row| json!({ "Email": format!("p{nth}-{row}@x.example"), "FirstName": "Åsa", "_autopilot_list": list }))
        .collect();
    let body = json!({ "contacts": rows }).to_string();
    assert_eq!(call(account, "POST", "/v1/contacts", &body).await.unwrap().0, 200);
}

/// What a process does until it dies: with its runtime everything of it ends at once.
fn process<T>(life: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(life)
}

#[test]
fn what_was_answered_is_there_after_a_sudden_end() {
    let folder = tempfile::tempdir().unwrap();
    let (account, list, before) = process(async {
        let first = kept(folder.path());
        let account = first.start().await.unwrap();
        assert_eq!(first.start().await.unwrap(), account, "started twice is started once");
        let (_, made) = call(&account, "POST", "/v1/list", r#"{"name":"L"}"#).await.unwrap();
        let list = made["list_id"].as_str().unwrap().to_owned();
        for nth in 0..5 {
            write(&account, nth, &list).await;
        }
        let path = format!("/v1/list/{list}/contact/p0-0%40x.example");
        assert_eq!(call(&account, "DELETE", &path, "").await.unwrap().0, 200);
        let refused = call(&account, "POST", "/v1/contacts", "{").await.unwrap();
        assert_eq!(refused.0, 400, "what is refused is not kept");
        let before = first.account().await.unwrap();
        assert_eq!((before.contacts.len(), before.lists[0].members), (15, 14));
        (account, list, before)
    });
    let log = folder.path().join("account.log");
    let whole = std::fs::read(&log).unwrap();
    // The process died while it wrote: nobody was answered.
    std::fs::write(&log, [&whole[..], br#"{"method":"POST","pa"#].concat()).unwrap();
    process(async {
        let second = kept(folder.path());
        assert_eq!(second.start().await.unwrap(), account, "the same place and key");
        assert_eq!(second.account().await.unwrap(), before);
        write(&account, 9, &list).await;
    });
    process(async {
        let third = kept(folder.path());
        third.start().await.unwrap();
        assert_eq!(third.account().await.unwrap().contacts.len(), 18);
    });
}

#[test]
fn both_accounts_outlive_their_process() {
    let folder = tempfile::tempdir().unwrap();
    let merge = |email: &str, asynchronous: bool| {
        let row = json!({"fields": {"str::email": email, "str:cm:f": "v", "bol::p": false}, "tags": ["T"]});
        json!({"people": [row], "merge_by": ["str::email"], "async": asynchronous}).to_string()
    };
    let before = process(async {
        let first = kept(folder.path());
        let account = first.start().await.unwrap();
        write(&account, 0, "none").await;
        let field = json!({"type": "text", "name": "F"}).to_string();
        let made = call(&account, "POST", "/v1/person/custom-field/create", &field).await.unwrap();
        assert_eq!(made.0, 200);
        for (email, asynchronous) in [("a@x.example", false), ("b@x.example", true)] {
            let body = merge(email, asynchronous);
            assert_eq!(call(&account, "POST", "/v1/person/merge", &body).await.unwrap().0, 200);
        }
        let refused = call(&account, "POST", "/v1/person/merge", "{}").await.unwrap();
        assert_eq!(refused.0, 400, "what is refused is not kept");
        first.ortto().await.unwrap()
    });
    assert_eq!((before.people.len(), before.tags[0].count), (2, 2));
    process(async {
        let second = kept(folder.path());
        second.start().await.unwrap();
        let after = second.ortto().await.unwrap();
        assert_eq!(
            (&after.people, &after.tags, &after.fields),
            (&before.people, &before.tags, &before.fields)
        );
        assert_eq!(second.account().await.unwrap().contacts.len(), 3);
    });
}

#[tokio::test]
async fn damage_is_told_and_not_built_upon() {
    let folder = tempfile::tempdir().unwrap();
    let account = kept(folder.path());
    let reached = account.start().await.unwrap();
    write(&reached, 0, "none").await;
    drop(account);
    let log = folder.path().join("account.log");
    let mut bytes = std::fs::read(&log).unwrap();
    bytes[3] = 0;
    std::fs::write(&log, &bytes).unwrap();
    assert!(matches!(kept(folder.path()).start().await, Err(Error::Damaged { line: 1 })));
    assert_eq!(std::fs::read(&log).unwrap(), bytes, "it is left as it is");
}

#[tokio::test]
async fn one_process_serves_and_the_next_takes_over() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (kept(folder.path()), kept(folder.path()));
    let account = first.start().await.unwrap();
    assert_eq!(second.start().await.unwrap(), account, "the one that is there is used");
    write(&account, 0, "none").await;
    assert!(second.account().await.is_none(), "served by the other");
    drop(first);
    let over = async {
        while second.account().await.is_none() {
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(Duration::from_secs(10), over).await.unwrap();
    assert_eq!(second.account().await.unwrap().contacts.len(), 3);
    write(&account, 1, "none").await;
    second.remove().await.unwrap();
    assert!(!folder.path().exists());
    assert!(call(&account, "GET", "/v1/lists", "").await.is_err(), "nobody listens");
    second.remove().await.unwrap();
}

#[tokio::test]
async fn nobody_but_its_user_gets_at_it() {
    let folder = tempfile::tempdir().unwrap();
    let account = kept(&folder.path().join("account"));
    let reached = account.start().await.unwrap();
    for path in ["/_sandbox/account", "/_sandbox/record", "/_sandbox/ortto"] {
        assert_eq!(call(&reached, "GET", path, "").await.unwrap().0, 404, "{path}");
    }
    assert_eq!(account.key().unwrap(), reached.key);
    #[cfg(unix)]
    for entry in std::fs::read_dir(folder.path().join("account")).unwrap() {
        use std::os::unix::fs::PermissionsExt as _;
        let entry = entry.unwrap();
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", entry.file_name());
    }
}
