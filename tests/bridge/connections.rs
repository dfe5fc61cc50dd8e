//! Connections: what Connect finds, what is known of a key, consent, and that no key ever comes back.

use std::sync::Arc;

use segue_engine::model::{Progress, Run, Status};
use segue_engine::run::{Observer, RunOptions};
use segue_engine::{Engine, ExportSettings, NewExport};
use segue_sandbox::{CustomField, FieldType, Sandbox, Settings};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::window::{Place, Window};

struct Nobody;

impl Observer for Nobody {
    fn on(&self, _: &Progress) {}
}

pub(crate) async fn run(engine: &Engine, export: &str) -> segue_engine::error::Result<Run> {
    engine.run_export(export, RunOptions::default(), Arc::new(Nobody), CancellationToken::new()).await
}

fn draft(sandbox: &Sandbox, key: &str) -> Value {
    json!({ "product": "autopilot", "key": key, "base_url": sandbox.origin(), "agree": true })
}

fn named(sandbox: &Sandbox, name: &str, key: &str) -> Value {
    let mut named = draft(sandbox, key);
    named["name"] = json!(name);
    named
}

async fn state(window: &mut Window) -> Value {
    window.ask("connection_list", json!({})).await[0]["key"].clone()
}

fn refuse_keys(sandbox: &Sandbox, on: &Value) {
    let faults = json!({ "faults": [{ "on": on, "do": { "status": 401 } }] });
    sandbox.set_faults(serde_json::from_value(faults).unwrap());
}

async fn add_export(place: &Place) {
    let settings = ExportSettings {
        matching: vec![("Email".to_owned(), "Email".to_owned())],
        segments: vec![("All".to_owned(), None)],
        ..ExportSettings::default()
    };
    let new = NewExport {
        name: "Weekly".to_owned(),
        connection: "Newsletter".to_owned(),
        audience: "Customers".to_owned(),
        settings,
    };
    place.engine().add_export(new).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn connect_asks_nobody_before_consent_and_stores_nothing() {
    let place = Place::new(3).await;
    let other = Sandbox::start(Settings::default()).await.unwrap();
    other.create_list("VIP");
    other.define(CustomField {
        name: "Club level".to_owned(),
        field_type: FieldType::Integer,
        deleted: false,
        hidden: false,
    });
    let mut window = place.window().await;
    let mut refused = draft(&other, other.key());
    refused["agree"] = json!(false);
    assert_eq!(window.try_ask("connection_connect", refused).await.unwrap_err()["code"], "no_consent");
    assert_eq!(other.record().len(), 0, "nobody was asked");
    let wrong = window.try_ask("connection_connect", draft(&other, "wrong")).await.unwrap_err();
    assert_eq!(wrong["code"], "key_refused");
    let found = window.ask("connection_connect", draft(&other, other.key())).await;
    assert_eq!(found, json!({ "lists": 1, "custom_fields": 1, "same_as": null }));
    assert_eq!(window.ask("connection_list", json!({})).await.as_array().unwrap().len(), 1, "nothing stored");
    let same = window.ask("connection_connect", draft(&place.sandbox, place.sandbox.key())).await;
    assert_eq!(same["same_as"]["name"], "Newsletter");
    let far = json!({ "product": "autopilot", "key": "k", "base_url": "http://example.com", "agree": true });
    assert_eq!(window.try_ask("connection_connect", far).await.unwrap_err()["code"], "bad_url");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_key_is_ever_said() {
    let place = Place::new(3).await;
    let secret = "0123456789abcdef-secret";
    let own = Settings { key: Some(secret.to_owned()), ..Settings::default() };
    let other = Sandbox::start(own).await.unwrap();
    let mut window = place.window().await;
    let mut said = Vec::new();
    // As it is pasted: with blanks, a line break and quotes around it.
    let pasted = format!(" \"{secret}\"\u{200b}\r\n");
    said.push(window.ask("connection_connect", draft(&other, &pasted)).await);
    let added = window.ask("connection_add", named(&other, "Second", &pasted)).await;
    assert_eq!(
        (&added["key"], &added["practice"], &added["has_key"]),
        (&json!("accepted"), &json!(false), &json!(true))
    );
    assert!(added["tested_at"].is_string());
    assert_eq!(added["connection"]["consent"]["given_by"], "anna on LAPTOP-7");
    let again = window.try_ask("connection_add", named(&other, "Third", secret)).await.unwrap_err();
    assert_eq!(again["code"], "name_taken");
    assert!(again["message"].as_str().unwrap().contains("Second"), "{again}");
    said.push(again);
    let id = added["connection"]["id"].clone();
    said.push(added);
    for (command, request) in [
        ("connection_test", json!({ "id": id })),
        ("connection_rename", json!({ "id": id, "name": "Mail" })),
        ("connection_set", json!({ "id": id, "rate": 7, "contract_size": 5000 })),
        ("connection_set_key", json!({ "id": id, "key": pasted, "agree": false })),
        ("account_shape", json!({ "id": id })),
        ("connection_list", json!({})),
        ("connection_withdraw", json!({ "id": id })),
        ("audit_list", json!({ "part": { "offset": 0, "limit": 100 } })),
        ("find", json!({ "search": secret })),
    ] {
        said.push(window.ask(command, request).await);
    }
    let unread = window.try_ask("connection_set_key", json!({ "id": id, "key": [secret], "agree": 1 })).await;
    said.push(unread.unwrap_err());
    said.push(
        window
            .try_ask("connection_set_key", json!({ "id": id, "key": format!("{secret}x"), "agree": true }))
            .await
            .unwrap_err(),
    );
    said.extend(window.close().await);
    assert!(said.len() > 13 && !Value::Array(said.clone()).to_string().contains(secret), "{said:?}");
    for file in std::fs::read_dir(place.folder.path()).unwrap() {
        let path = file.unwrap().path();
        let bytes = if path.is_file() { std::fs::read(&path).unwrap() } else { Vec::new() };
        assert!(!bytes.windows(secret.len()).any(|piece| piece == secret.as_bytes()), "{}", path.display());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_account_says_to_a_key_is_kept() {
    let place = Place::new(3).await;
    add_export(&place).await;
    let mut window = place.window().await;
    let id = json!({ "id": "Newsletter" });
    refuse_keys(&place.sandbox, &json!({}));
    assert_eq!(window.try_ask("connection_test", id.clone()).await.unwrap_err()["code"], "key_refused");
    assert_eq!(state(&mut window).await, "refused");
    place.sandbox.set_faults(Default::default());
    window.ask("connection_test", id.clone()).await;
    assert_eq!(state(&mut window).await, "accepted");
    let wrong = json!({ "id": "Newsletter", "key": "wrong", "agree": true });
    assert_eq!(window.try_ask("connection_set_key", wrong).await.unwrap_err()["code"], "key_refused");
    assert_eq!(state(&mut window).await, "accepted", "the stored key is another");
    refuse_keys(&place.sandbox, &json!({}));
    run(&place.engine(), "Weekly").await.unwrap_err();
    assert_eq!(state(&mut window).await, "refused", "by a run");
    let home = window.ask("home", json!({})).await;
    assert_eq!(
        (&home["waiting"][0]["kind"], &home["waiting"][0]["export"]["name"]),
        (&json!("key_refused"), &json!("Weekly"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn without_consent_nothing_goes_also_of_a_run_that_could_go_on() {
    let place = Place::new(3).await;
    add_export(&place).await;
    let engine = place.engine();
    refuse_keys(&place.sandbox, &json!({ "method": "POST", "path": "/v1/contacts" }));
    let stopped = run(&engine, "Weekly").await.unwrap();
    assert_eq!((stopped.status, stopped.resumable), (Status::Failed, true));
    let mut window = place.window().await;
    let row = window.ask("connection_withdraw", json!({ "id": "Newsletter" })).await;
    assert_eq!(row["connection"]["consent"], Value::Null);
    place.sandbox.set_faults(Default::default());
    place.sandbox.clear_record();
    let again = engine
        .resume_run(Some(&stopped.id.to_string()), Arc::new(Nobody), CancellationToken::new())
        .await
        .unwrap_err();
    assert_eq!(again.code, segue_engine::error::Code::NoConsent);
    assert_eq!(run(&engine, "Weekly").await.unwrap_err().code, segue_engine::error::Code::NoConsent);
    assert_eq!(place.sandbox.record().len(), 0, "nothing was asked and nobody was sent");
    let log =
        window.ask("audit_list", json!({ "search": "withdrawn", "part": { "offset": 0, "limit": 9 } })).await;
    assert_eq!(log["total"], 1);
    window.ask("connection_withdraw", json!({ "id": "Newsletter" })).await;
    let key = json!({ "id": "Newsletter", "key": place.sandbox.key(), "agree": true });
    window.ask("connection_set_key", key).await;
    assert_eq!(run(&engine, "Weekly").await.unwrap().counts.created, 3, "agreed anew");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_account_needs_consent_anew() {
    let place = Place::new(3).await;
    add_export(&place).await;
    run(&place.engine(), "Weekly").await.unwrap();
    // The same place, another account: the lists are gone, and the key is another.
    let port = place.sandbox.origin().rsplit(':').next().unwrap().parse().unwrap();
    place.sandbox.stop().await;
    let other = Sandbox::start(Settings { port, ..Settings::default() }).await.unwrap();
    let mut window = place.window().await;
    let mut request = json!({ "id": "Newsletter", "key": other.key(), "agree": false });
    let error = window.try_ask("connection_set_key", request.clone()).await.unwrap_err();
    assert!(
        error["code"] == "no_consent" && error["message"].as_str().unwrap().contains("another account"),
        "{error}"
    );
    request["agree"] = json!(true);
    assert_eq!(window.ask("connection_set_key", request).await["key"], "accepted");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_account_is_shown_as_it_is_now() {
    let place = Place::new(3).await;
    add_export(&place).await;
    run(&place.engine(), "Weekly").await.unwrap();
    place.sandbox.create_list("Anybody");
    for name in ["zeta", "Åre"] {
        let field_type = FieldType::Date;
        place.sandbox.define(CustomField {
            name: name.to_owned(),
            field_type,
            deleted: false,
            hidden: false,
        });
    }
    let mut window = place.window().await;
    let shape = window.ask("account_shape", json!({ "id": "Newsletter" })).await;
    assert_eq!(
        shape["fields"][0],
        json!({ "target": "Email", "name": "Email", "custom": false, "kind": "text" })
    );
    assert_eq!(shape["fields"][2]["name"], "First name");
    assert_eq!(
        shape["fields"][22],
        json!({ "target": "custom:zeta", "name": "zeta", "custom": true, "kind": "date" })
    );
    assert_eq!(shape["fields"][23]["name"], "Åre");
    assert_eq!(
        (&shape["lists"][0]["title"], &shape["lists"][0]["segment"]["name"]),
        (&json!("All"), &json!("All"))
    );
    assert_eq!(shape["lists"][1], json!({ "title": "Anybody", "segment": null }));
    let error = window.try_ask("connection_remove", json!({ "id": "Newsletter" })).await.unwrap_err();
    assert_eq!(error["code"], "in_use");
}
