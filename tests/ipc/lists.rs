//! The lists of commands are one list: the bridge's, the permissions', and the words of both languages.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use segue_desktop::{ENGINE, OWN};
use serde_json::Value;

fn json(path: &str) -> Value {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap()
}

#[test]
fn the_shell_passes_on_what_the_bridge_answers() {
    assert_eq!(ENGINE, segue_bridge::NAMES);
}

#[test]
fn the_window_has_a_permission_for_each_command_and_no_other() {
    let capability = json("src-tauri/capabilities/main.json");
    // Scripts of Tauri ask for the last two: zoom by keys, and whether the system shows notices.
    let given = [
        "core:event:allow-listen",
        "core:event:allow-unlisten",
        "core:webview:allow-set-webview-zoom",
        "notification:allow-is-permission-granted",
    ];
    let mut wanted = given.map(str::to_owned).to_vec();
    wanted.extend(ENGINE.iter().chain(OWN).map(|name| format!("allow-{}", name.replace('_', "-"))));
    assert_eq!(capability["permissions"], Value::from(wanted));
    assert_eq!(capability["windows"], Value::from(vec!["main"]));
}

#[test]
fn the_content_security_policy_allows_nothing_from_outside() {
    let security = &json("tauri.conf.json")["app"]["security"];
    let policy = security["csp"].as_str().unwrap();
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    for word in ["unsafe", "*", "https:", "blob:"] {
        assert!(!policy.contains(word), "{word} in {policy}");
    }
    assert_eq!(security["freezePrototype"], true);
    assert_eq!(json("tauri.conf.json")["app"]["withGlobalTauri"], false);
}

#[test]
fn both_languages_have_the_same_words() {
    let words = |language: &str| -> BTreeMap<String, String> {
        serde_json::from_value(json(&format!("ui/src/text/{language}/shell.json"))).unwrap()
    };
    let holes = |text: &str| text.matches("{{").count();
    let (en, sv) = (words("en"), words("sv"));
    assert_eq!(en.keys().collect::<Vec<_>>(), sv.keys().collect::<Vec<_>>());
    for (key, text) in &en {
        assert_eq!(holes(text), holes(&sv[key]), "{key}");
    }
}

#[test]
fn every_word_that_the_shell_says_is_there() {
    let words = json("ui/src/text/en/shell.json");
    let source = |name: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    // What stands in quotation marks behind `mark`.
    let said = |text: &str, mark: &str| -> Vec<String> {
        text.split(mark).skip(1).filter_map(|rest| rest.split('"').next().map(str::to_owned)).collect()
    };
    let mut keys = said(&source("src-tauri/src/tray.rs"), "say(\"");
    let menu = source("src-tauri/src/menu_bar.rs");
    keys.extend(
        ["say(\"", "item(\""].iter().flat_map(|mark| said(&menu, mark)).map(|key| format!("menu.{key}")),
    );
    keys.extend(said(&source("src-tauri/src/ahead.rs"), "say(\""));
    keys.extend(["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map(|day| format!("day.{day}")));
    keys.extend(["one", "other"].map(|form| format!("tray.running_{form}")));
    // The engine may tell of each of these, and the shell has to know it.
    let notice = source("src-tauri/src/notice.rs");
    let schema = json("ui/src/bindings/commands.schema.json");
    for kind in schema["$defs"]["NoticeKind"]["oneOf"].as_array().unwrap() {
        let kind = kind["const"].as_str().unwrap();
        assert!(notice.contains(&format!("\"{kind}\"")), "the shell does not know the notice {kind}");
        keys.extend(["title", "body"].map(|part| format!("notice.{kind}.{part}")));
    }
    keys.extend(["title", "body"].map(|part| format!("tray.kept.{part}")));
    keys.retain(|key| !key.contains('{'));
    assert!(keys.len() > 50, "the sources were read: {keys:?}");
    for key in keys {
        assert!(words[&key].is_string(), "{key} has no words");
    }
}
