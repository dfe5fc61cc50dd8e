//! The start of the window, its settings, Home, and the search over everything.

use serde_json::{Value, json};

use crate::connections::run;
use crate::window::Place;

#[tokio::test(flavor = "multi_thread")]
async fn settings_are_kept_also_those_of_a_later_version() {
    let place = Place::new(3).await;
    let mut window = place.window().await;
    let start = window.ask("app_start", json!({})).await;
    assert_eq!(
        (&start["empty"], &start["sample"], &start["user"]),
        (&json!(false), &Value::Null, &json!("anna on LAPTOP-7"))
    );
    let fresh = json!({ "language": null, "theme": "system", "close": "ask", "tray": false, "narrow_navigation": false });
    assert_eq!(start["settings"], fresh);
    let wanted = json!({ "language": "sv", "theme": "dark", "close": "tray", "tray": true, "narrow_navigation": true });
    assert_eq!(window.ask("settings_set", wanted.clone()).await, wanted);
    assert_eq!(window.ask("app_start", json!({})).await["settings"], wanted);
    let later = json!({ "language": "de", "theme": "high_contrast", "close": 7, "density": "compact" });
    place.engine().set_note("window_settings", &later.to_string()).await.unwrap();
    let read = window.ask("app_start", json!({})).await["settings"].clone();
    let known = json!({ "language": null, "theme": "high_contrast", "close": "ask", "tray": false, "narrow_navigation": false });
    assert_eq!(read, known, "what is not known is passed over, and nothing else");
    window.ask("settings_set", wanted).await;
    let kept: Value =
        serde_json::from_str(&place.engine().note("window_settings").await.unwrap().unwrap()).unwrap();
    assert_eq!((&kept["density"], &kept["language"]), (&json!("compact"), &json!("sv")), "theirs stays");
    place.engine().set_note("window_settings", "no JSON").await.unwrap();
    assert_eq!(window.ask("app_start", json!({})).await["settings"], fresh);
    let error = window.try_ask("sample_add", json!({})).await.unwrap_err();
    assert_eq!(error["code"], "usage", "this host has no practice account");
}

#[tokio::test(flavor = "multi_thread")]
async fn anything_is_found_by_a_piece_of_its_name() {
    let place = Place::new(3).await;
    let engine = place.engine();
    for nth in 0..30 {
        let rule = segue_engine::model::SegmentRule::condition("true");
        engine.add_segment(&format!("Ängelholm {nth:02}"), "Customers", &rule).await.unwrap();
    }
    let mut window = place.window().await;
    let hits = window.ask("find", json!({ "search": "ÄNGEL" })).await;
    assert_eq!((hits.as_array().unwrap().len(), &hits[0]["kind"]), (20, &json!("segment")));
    assert_eq!(hits[19]["object"]["name"], "Ängelholm 19");
    let hits = window.ask("find", json!({ "search": "e" })).await;
    assert!(hits.as_array().unwrap().iter().all(|hit| hit["at"].is_null()));
    let hits = window.ask("find", json!({ "search": "newsl" })).await;
    assert_eq!((&hits[0]["kind"], &hits[0]["object"]["name"]), (&json!("connection"), &json!("Newsletter")));
    for odd in ["%", "_", "' OR 1=1 --"] {
        assert_eq!(window.ask("find", json!({ "search": odd })).await, json!([]), "{odd}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn home_tells_what_ran_what_changed_and_what_waits() {
    let place = Place::new(30).await;
    let settings = segue_engine::ExportSettings {
        matching: vec![("Email".to_owned(), "Email".to_owned())],
        segments: vec![("Umeå".to_owned(), None)],
        ..Default::default()
    };
    let new = segue_engine::NewExport {
        name: "Weekly".to_owned(),
        connection: "Newsletter".to_owned(),
        audience: "Customers".to_owned(),
        settings,
    };
    let engine = place.engine();
    engine.add_export(new).await.unwrap();
    run(&engine, "Weekly").await.unwrap();
    engine.recount_segments(&["Umeå".to_owned()]).await.unwrap();
    let mut window = place.window().await;
    let home = window.ask("home", json!({})).await;
    assert_eq!(
        home["totals"],
        json!({ "audiences": 1, "segments": 3, "connections": 1, "exports": 1, "runs": 1 })
    );
    assert_eq!((&home["runs"][0]["export"], &home["waiting"]), (&json!("Weekly"), &json!([])));
    let first = &home["segments"][0];
    assert_eq!(
        (&first["segment"]["name"], &first["members"], &first["change"]),
        (&json!("Umeå"), &json!(3), &Value::Null)
    );
    let store = segue_engine::store::Store::open(
        place.folder.path(),
        std::sync::Arc::new(segue_engine::clock::SystemClock),
    )
    .unwrap();
    let old = "INSERT INTO segment_size SELECT id, '2020-01-01', 5, '2020-01-01T08:00:00Z' FROM segment WHERE name = 'Umeå'";
    store.write(move |tx| Ok(tx.execute(old, [])?)).await.unwrap();
    assert_eq!(window.ask("home", json!({})).await["segments"][0]["change"], -2, "two fewer than before");
    // Nearly all leave, which the guard holds.
    place.customers.change(|rows| rows.iter_mut().for_each(|row| row[4] = "Stockholm".to_owned()));
    place.customers.change(|rows| rows[0][4] = "Umeå".to_owned());
    run(&engine, "Weekly").await.unwrap();
    let waiting = window.ask("home", json!({})).await["waiting"].clone();
    assert_eq!((&waiting[0]["kind"], &waiting[0]["people"]), (&json!("held"), &json!(3)));
    window.ask("export_rename", json!({ "id": "Weekly", "name": "Monthly" })).await;
    let waiting = window.ask("home", json!({})).await["waiting"].clone();
    assert_eq!(waiting[0]["export"]["name"], "Monthly");
}
