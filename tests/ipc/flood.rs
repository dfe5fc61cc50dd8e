//! More calls than anybody can answer.

use segue_desktop::{Engine, Lines};
use serde_json::value::RawValue;
use tokio::io::{duplex, split};

#[test]
fn ten_thousand_calls_are_refused_and_not_kept() {
    // An engine that never reads: nothing is taken from the pipe.
    let (ours, theirs) = duplex(64);
    let pipe = std::sync::Mutex::new(Some(ours));
    let engine = Engine::new(move || {
        let (from, to) = split(pipe.lock().unwrap().take().expect("one start"));
        Ok(Lines { from: Box::new(from), to: Box::new(to) })
    });
    let request = RawValue::from_string("{}".to_owned()).unwrap();
    let (refused, open) = tauri::async_runtime::block_on(async {
        let mut calls = tokio::task::JoinSet::new();
        for _ in 0..10_000 {
            let (engine, request) = (engine.clone(), request.clone());
            calls.spawn(async move { engine.ask("find", &request).await });
        }
        let mut refused = 0;
        // 256 wait until the engine is gone.
        while refused < 10_000 - 256 {
            let failure = calls.join_next().await.unwrap().unwrap().unwrap_err();
            assert_eq!(failure.code, "busy");
            refused += 1;
        }
        drop(theirs);
        let mut open = 0;
        while let Some(ended) = calls.join_next().await {
            match ended.unwrap().unwrap_err().code.as_str() {
                "busy" => refused += 1,
                "engine_gone" => open += 1,
                other => panic!("{other}"),
            }
        }
        (refused, open)
    });
    assert_eq!(refused + open, 10_000, "every call is answered");
    assert!((1..=256).contains(&open), "{open} calls were kept open");
}
