//! Audiences: added, read in another way where what uses them allows it, and their values.

use std::sync::Arc;

use segue_engine::clock::SystemClock;
use segue_engine::keychain::Memory;
use segue_engine::{Engine, ExportSettings, NewConnection, NewExport};
use segue_sandbox::{Sandbox, Settings};
use serde_json::{Value, json};

use crate::sheet::Sheets;
use crate::window::Window;

/// A data folder, files to read, and an account.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
    pub(crate) sandbox: Sandbox,
    keychain: Arc<Memory>,
}

impl Desk {
    pub(crate) async fn new() -> Self {
        let desk = Self {
            folder: tempfile::tempdir().unwrap(),
            sandbox: Sandbox::start(Settings::default()).await.unwrap(),
            keychain: Arc::default(),
        };
        desk.write("customers.csv", "CustomerId,Email,City\n1,a@example.com,Umeå\n2,b@example.com,Malmö\n");
        desk.write("shops.csv", "CustomerId;Email;City\n1;a@example.com;Umeå\n");
        desk
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).unwrap();
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    pub(crate) fn engine(&self) -> Engine {
        let keychain = Arc::clone(&self.keychain) as Arc<_>;
        Engine::open(&self.folder.path().join("data"), Arc::new(Sheets), keychain, Arc::new(SystemClock))
            .unwrap()
    }

    pub(crate) async fn window(&self) -> Window {
        Window::open(self.engine(), &self.folder.path().join("data"), None).await
    }

    pub(crate) fn draft(&self, id: &Value, name: &str, file: &str, delimiter: Option<char>) -> Value {
        json!({ "id": id, "name": name, "paths": [self.path(file)], "delimiter": delimiter })
    }

    /// A segment and an export of what was added.
    pub(crate) async fn use_it(&self, audience: &str) {
        let engine = self.engine();
        let rule = segue_engine::model::SegmentRule::condition("City = 'Umeå'");
        engine.add_segment("North", audience, &rule).await.unwrap();
        let connection = NewConnection {
            name: "C".to_owned(),
            product: segue_engine::model::Product::Autopilot,
            region: None,
            base_url: Some(self.sandbox.origin().to_owned()),
            rate: Some(0),
            contract_size: None,
            key: self.sandbox.key().to_owned().into(),
            agree: true,
            user: "anna".to_owned(),
        };
        engine.add_connection(connection).await.unwrap();
        let settings = ExportSettings {
            matching: vec![("Email".to_owned(), "Email".to_owned())],
            segments: vec![("North".to_owned(), None)],
            ..ExportSettings::default()
        };
        let (name, connection, audience) = ("Weekly".to_owned(), "C".to_owned(), audience.to_owned());
        engine.add_export(NewExport { name, connection, audience, settings }).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_audience_is_added_and_shown() {
    let desk = Desk::new().await;
    let mut window = desk.window().await;
    let added =
        window.ask("audience_save", desk.draft(&Value::Null, "Customers", "customers.csv", None)).await;
    assert_eq!(
        (&added["key"], &added["row"]["profiles"], &added["row"]["columns"]),
        (&json!("CustomerId"), &json!(2), &json!(3))
    );
    assert_eq!(added["suggestions"]["fields"][0]["target"], "Email");
    desk.use_it("Customers").await;
    let list = window.ask("audience_list", json!({})).await;
    assert_eq!(
        (&list[0]["segments"], &list[0]["used_by"][0]["name"], &list[0]["sample"]),
        (&json!(1), &json!("Weekly"), &json!(false))
    );
    let again =
        window.try_ask("audience_save", desk.draft(&Value::Null, "Customers", "customers.csv", None)).await;
    assert_eq!(again.unwrap_err()["code"], "name_taken");
    let missing = window.try_ask("audience_save", desk.draft(&Value::Null, "Others", "none.csv", None)).await;
    assert_eq!(missing.unwrap_err()["code"], "bad_file");
    let id = added["row"]["id"].clone();
    let renamed = window.ask("audience_rename", json!({ "id": id, "name": "Everybody" })).await;
    assert_eq!(renamed["row"]["name"], "Everybody");
    desk.write("customers.csv", "CustomerId,Email,City\n1,a@example.com,Umeå\n");
    let read = window.ask("audience_refresh", json!({ "id": id })).await;
    assert_eq!((&read["row"]["profiles"], &read["row"]["name"]), (&json!(1), &json!("Everybody")));
    let error = window.try_ask("audience_remove", json!({ "id": id })).await.unwrap_err();
    assert!(error["code"] == "in_use" && error["message"].as_str().unwrap().contains("North"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_way_to_read_must_fit_what_uses_it() {
    let desk = Desk::new().await;
    let mut window = desk.window().await;
    let added =
        window.ask("audience_save", desk.draft(&Value::Null, "Customers", "customers.csv", None)).await;
    desk.use_it("Customers").await;
    let id = added["row"]["id"].clone();
    let before = window.ask("audience_get", json!({ "id": id })).await;
    let error = window
        .try_ask("audience_save", desk.draft(&id, "Renamed", "customers.csv", Some(';')))
        .await
        .unwrap_err();
    let message = error["message"].as_str().unwrap();
    assert!(
        error["code"] == "in_use"
            && message.contains("segment “North”")
            && message.contains("export “Weekly”"),
        "{error}"
    );
    assert_eq!(window.ask("audience_get", json!({ "id": id })).await, before, "nothing was changed");
    let changed = window.ask("audience_save", desk.draft(&id, "Shops", "shops.csv", Some(';'))).await;
    assert_eq!(
        (&changed["row"]["name"], &changed["row"]["profiles"], &changed["key"]),
        (&json!("Shops"), &json!(1), &json!("CustomerId"))
    );
    assert_eq!((&changed["row"]["id"], &changed["row"]["created_at"]), (&id, &before["row"]["created_at"]));
    let segments = window.ask("segment_list", json!({ "part": { "offset": 0, "limit": 9 } })).await;
    assert_eq!(segments["rows"][0]["members"], 1, "counted in the data as it is read now");
}

#[tokio::test(flavor = "multi_thread")]
async fn values_come_by_how_often_they_are() {
    let desk = Desk::new().await;
    let mut text = "CustomerId,City\n".to_owned();
    for nth in 0..10_300 {
        let city = match nth {
            0..4 => "Umeå".to_owned(),
            4..7 => "Malmö".to_owned(),
            7 => String::new(),
            // After the first ten thousand.
            10_000.. => "Kiruna".to_owned(),
            _ => format!("Place {}", nth % 300),
        };
        text.push_str(&format!("{nth},{city}\n"));
    }
    desk.write("many.csv", &text);
    let mut window = desk.window().await;
    window.ask("audience_save", desk.draft(&Value::Null, "Many", "many.csv", None)).await;
    let ask = |search: &str| json!({ "audience": "Many", "column": "City", "search": search });
    let all = window.ask("audience_values", ask("")).await;
    assert_eq!((all["values"].as_array().unwrap().len(), &all["more"]), (200, &json!(true)));
    assert!(all["values"][0].as_str().unwrap().starts_with("Place"), "the most frequent first");
    assert_eq!(
        window.ask("audience_values", ask("UMEÅ")).await,
        json!({ "values": ["Umeå"], "more": false })
    );
    assert_eq!(window.ask("audience_values", ask("kiruna")).await["values"], json!([]));
    let unknown = json!({ "audience": "Many", "column": "Town" });
    assert_eq!(window.try_ask("audience_values", unknown).await.unwrap_err()["code"], "bad_matching");
}
