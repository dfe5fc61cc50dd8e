//! What the window starts: the engine's side over standard input and output.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use serde_json::{Value, json};

use crate::harness::Desk;

#[test]
fn it_answers_in_lines_and_ends_with_its_input() {
    let desk = Desk::new();
    let mut engine = desk
        .command(&["engine", "--stdio"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = engine.stdin.take().unwrap();
    let mut lines = BufReader::new(engine.stdout.take().unwrap()).lines();
    let mut next = || serde_json::from_str::<Value>(&lines.next().unwrap().unwrap()).unwrap();
    assert_eq!(next(), json!({ "hello": { "version": env!("CARGO_PKG_VERSION"), "protocol": 1 } }));
    writeln!(input, r#"{{"id":1,"command":"export_list","request":{{}}}}"#).unwrap();
    assert_eq!(next(), json!({ "id": 1, "answer": [] }));
    writeln!(input, "no command").unwrap();
    assert_eq!(next()["error"]["code"], "usage");
    drop(input);
    let ended = engine.wait_with_output().unwrap();
    assert!(ended.status.success(), "{ended:?}");
    assert!(ended.stderr.is_empty(), "nothing is said beside the lines: {ended:?}");
}

#[test]
fn without_its_flag_it_says_what_is_missing() {
    let done = Desk::new().run(&["engine"]);
    assert_eq!(done.code, 2);
    assert!(done.err.contains("--stdio"), "{}", done.err);
}
