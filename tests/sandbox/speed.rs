//! What the sandbox costs. Run by hand: `cargo test --release -p segue-sandbox -- --ignored`.

use std::time::Instant;

use segue_sandbox::{Sandbox, Settings};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::runtime::Builder;

/// CPU seconds of the threads of this name, from the kernel's accounts (100 ticks a second).
fn cpu(name: &str) -> f64 {
    let tasks = std::fs::read_dir("/proc/self/task").unwrap().flatten();
    let ticks = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("stat")).ok());
    ticks
        .filter(|stat| stat.contains(&format!("({name})")))
        .map(|stat| {
            let rest: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
            (rest[11].parse::<f64>().unwrap() + rest[12].parse::<f64>().unwrap()) / 100.0
        })
        .sum()
}

async fn one_after_the_other(address: String, bodies: Vec<Vec<u8>>) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let mut buffer = vec![0; 64 * 1024];
    for body in bodies {
        stream.write_all(&body).await.unwrap();
        let mut got = 0;
        loop {
            got += stream.read(&mut buffer[got..]).await.unwrap();
            if buffer[..got].ends_with(b"proposedContacts\"]}") {
                break;
            }
        }
        assert!(buffer.starts_with(b"HTTP/1.1 200"));
    }
}

#[test]
#[ignore = "a measurement, meant for a release build"]
fn a_thousand_bulk_requests_on_eight_connections() {
    let servers =
        Builder::new_multi_thread().worker_threads(2).thread_name("sandbox").enable_all().build().unwrap();
    let settings = Settings { key: Some(crate::client::KEY.into()), ..Settings::default() };
    let sandbox = servers.block_on(async { servers.spawn(Sandbox::start(settings)).await.unwrap().unwrap() });
    let address = sandbox.origin().strip_prefix("http://").unwrap().to_owned();
    let list = sandbox.create_list("l");
    let body = |n: usize| {
        let row = |m: usize| {
            json!({
                "Email": format!("person.{n}.{m}@example.org"), "FirstName": "Maximiliane", "LastName": "Mustermann",
                "Company": "Example Company Limited", "Phone": "+49 30 1234567", "MailingCity": "Berlin",
                "custom": {"integer--NPS--Rating": m, "string--Segment--Name": "High value customers"},
                "_autopilot_list": list,
            })
        };
        let body = json!({"contacts": (0..100).map(row).collect::<Vec<_>>()}).to_string();
        crate::client::request("POST", "/v1/contacts", &body, "keep-alive")
    };
    let mut shares: Vec<Vec<Vec<u8>>> = vec![Vec::new(); 8];
    (0..1000).for_each(|n| shares[n % 8].push(body(n)));
    let size = shares[0][0].len();
    let (before, start) = (cpu("sandbox"), Instant::now());
    let client = Builder::new_current_thread().enable_all().build().unwrap();
    client.block_on(async {
        let mut tasks = tokio::task::JoinSet::new();
        for share in shares {
            tasks.spawn(one_after_the_other(address.clone(), share));
        }
        tasks.join_all().await;
    });
    let (wall, spent) = (start.elapsed().as_secs_f64(), cpu("sandbox") - before);
    assert_eq!(sandbox.account().contacts.len(), 100_000);
    eprintln!("1,000 bodies of {size} bytes: {spent:.2} CPU seconds of the sandbox, {wall:.2} s wall");
    assert!(spent < 1.0);
}
