//! Models that were made to harm (reliability.md T22 and T23): each is refused in one sentence, soon, and
//! nothing outside the folder is read.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use segue_engine::error::Code;
use serde_json::{Value, json};

use crate::cdm::{attributes, entity, folder, model, partition};
use crate::support::Folder;

fn located(location: &str) -> Value {
    let one = json!({ "name": "p", "location": location });
    model([entity("Customer", &attributes(&[("CustomerId", "string")]), [one])])
}

/// A folder whose model is this text.
fn raw(text: impl AsRef<[u8]>) -> Folder {
    let folder = folder(&Value::Null, &[("a.csv", "1\n")]);
    std::fs::write(folder.path("in/model.json"), text).unwrap();
    folder
}

/// The refusal; soon enough that nobody waits, and with every file as it was.
async fn soon(folder: &Folder) -> String {
    let files = || {
        let entries = std::fs::read_dir(folder.path("in")).unwrap().flatten();
        let mut all: Vec<_> = entries
            .map(|entry| {
                (entry.path(), entry.metadata().unwrap().len(), entry.metadata().unwrap().modified().unwrap())
            })
            .collect();
        all.sort();
        all
    };
    let (before, begun) = (files(), Instant::now());
    let said = folder.refusal().await;
    assert!(begun.elapsed() < Duration::from_secs(10), "{said}");
    assert_eq!(files(), before, "nothing is changed");
    assert!(!said.contains("secret"), "{said}");
    said
}

#[tokio::test]
async fn only_files_below_the_folder_are_read() {
    let mut said = String::new();
    for location in [
        "../hidden.csv",
        "https://account.example.com/box/../../hidden.csv",
        "https://account.example.com/box/%2e%2e/hidden.csv",
        "https://account.example.com/box/..%2fhidden.csv",
        "https://account.example.com/box/..%5chidden.csv",
        "https://account.example.com/box/%00hidden.csv",
        "https://account.example.com/box/%zzhidden.csv",
        "https://account.example.com/box/%c3hidden.csv",
        "https://account.example.com/box/hidden.csv?key=secret",
        "https://secret@account.example.com",
        "https://account.example.com/box/folder",
        "/etc/passwd",
        "/proc/self/mem",
        "C:\\hidden.csv",
        "C:/hidden.csv",
        "\\\\server\\share\\hidden.csv",
        "//server/share/hidden.csv",
        "file:///etc/passwd",
        "file:/etc/passwd",
        "ftp://account.example.com/a.csv",
        "",
        ".",
        &"a/".repeat(100),
        &"x".repeat(100_000),
    ] {
        let folder = folder(&located(location), &[("folder/a.csv", "1\n")]);
        std::fs::write(folder.path("hidden.csv"), "1\n").unwrap();
        let shown: String = location.chars().take(60).collect();
        let answer = soon(&folder).await;
        said.push_str(&format!("{}\n{}\n\n", shown, answer.replace(&"x".repeat(70), "[x]")));
    }
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn another_host_is_only_a_name() {
    // A port on which somebody would notice: nothing is fetched, the file is the one below the folder.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let location = format!("http://{}/box/a.csv", listener.local_addr().unwrap());
    let folder = folder(&located(&location), &[("a.csv", "1\n")]);
    assert_eq!(folder.survey().await.unwrap().rows, 1);
    assert_eq!(listener.accept().unwrap_err().kind(), std::io::ErrorKind::WouldBlock, "nobody called");
}

#[cfg(unix)]
#[tokio::test]
async fn links_and_devices() {
    use std::os::unix::fs::symlink;
    let mut said = String::new();
    for (case, target) in [
        ("a link out of the folder", "../secret.csv"),
        ("a link to a process's memory", "/proc/self/mem"),
        ("a link to a device", "/dev/zero"),
        ("a link to nowhere", "nowhere.csv"),
        ("a link to itself", "a.csv"),
    ] {
        let folder = folder(&located("https://h/box/a.csv"), &[]);
        std::fs::write(folder.path("secret.csv"), "1\n").unwrap();
        symlink(target, folder.path("in/a.csv")).unwrap();
        said.push_str(&format!("{case}\n{}\n\n", soon(&folder).await));
    }
    let fifo = |path: std::path::PathBuf| {
        assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    };
    let pipe = folder(&located("https://h/box/a.csv"), &[]);
    fifo(pipe.path("in/a.csv"));
    said.push_str(&format!("a pipe\n{}\n\n", soon(&pipe).await));
    let pipe = folder(&Value::Null, &[]);
    std::fs::remove_file(pipe.path("in/model.json")).unwrap();
    fifo(pipe.path("in/model.json"));
    said.push_str(&format!("a model that is a pipe\n{}\n\n", soon(&pipe).await));
    let linked = folder(&Value::Null, &[("a.csv", "1\n")]);
    std::fs::remove_file(linked.path("in/model.json")).unwrap();
    std::fs::write(linked.path("model.json"), located("a.csv").to_string()).unwrap();
    symlink("../model.json", linked.path("in/model.json")).unwrap();
    said.push_str(&format!("a model that is a link\n{}\n\n", soon(&linked).await));
    insta::assert_snapshot!(said);

    let within = folder(&located("https://h/box/a.csv"), &[("b.csv", "1\n")]);
    symlink("b.csv", within.path("in/a.csv")).unwrap();
    assert_eq!(within.survey().await.unwrap().rows, 1, "a link that stays within is as good as a file");
}

#[tokio::test]
async fn models_that_are_none() {
    let deep = 10_000;
    let one = || entity("Customer", &attributes(&[("CustomerId", "string")]), [partition("a.csv")]);
    let partitions = |count: usize| {
        let all = vec!["{\"location\":\"a.csv\"}"; count].join(",");
        format!(
            "{{\"entities\":[{{\"name\":\"Customer\",\"attributes\":[{{\"name\":\"a\"}}],\"partitions\":[{all}]}}]}}"
        )
    };
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("100 MB", vec![b' '; 100 << 20]),
        ("10,000 deep", format!("{}{}", "[".repeat(deep), "]".repeat(deep)).into_bytes()),
        ("10,000 deep in what is passed over", format!("{{\"x\":{}}}", "{\"a\":".repeat(deep)).into_bytes()),
        ("a key twice", b"{\n\"entities\":[],\n\"entities\":[]}".into()),
        ("a key twice in a partition", partitions(1).replace("\"a.csv\"}", "\"a.csv\",\"location\":\"b\"}").into_bytes()),
        ("1,000,000 partitions", partitions(1_000_000).into_bytes()),
        ("10,001 partitions", partitions(10_001).into_bytes()),
        ("10,000 partitions 64 deep that are not there", partitions(10_000).replace("a.csv", &"a/".repeat(64)).into_bytes()),
        ("the same file twice", partitions(2).into_bytes()),
        ("a list", b"[]".into()),
        ("a text", b"\"secret\"".into()),
        ("null", b"null".into()),
        ("entities that are a number", b"{\"entities\": 5}".into()),
        ("entities that are texts", b"{\"entities\": [\"secret\"]}".into()),
        ("attributes that are an object", b"{\"entities\": [{\"attributes\": {}}]}".into()),
        ("a name that is a number", b"{\"entities\": [{\"name\": 7}]}".into()),
        ("a header that is a text", partitions(1).replace("\"a.csv\"}", "\"a.csv\",\"fileFormatSettings\":{\"columnHeaders\":\"secret\"}}").into_bytes()),
        ("a location that is a list", partitions(1).replace("\"a.csv\"}", "[]}").into_bytes()),
        ("no location", partitions(1).replace("\"location\":\"a.csv\"", "").into_bytes()),
        ("no partitions", model([entity("Customer", &attributes(&[("a", "string")]), [])]).to_string().into_bytes()),
        ("no entities", b"{}".into()),
        ("nothing", b"".into()),
        ("cut off", b"{\"entities\": [".into()),
        ("no JSON", b"{'entities': []}".into()),
        ("no Unicode", b"{\"entities\": [{\"name\": \"\xff\"}]}".into()),
        ("more after it", b"{} {}".into()),
        (
            "a circle",
            json!({
                "referenceModels": [{ "id": "me", "location": "https://h/box/model.json" }],
                "entities": [{ "$type": "ReferenceEntity", "name": "Customer", "source": "Customer", "modelId": "me" }]
            })
            .to_string()
            .into_bytes(),
        ),
    ];
    let mut said = String::new();
    for (case, text) in cases {
        said.push_str(&format!("{case}\n{}\n\n", soon(&raw(text)).await));
    }
    insta::assert_snapshot!(said);
    assert_eq!(raw(model([one()]).to_string()).survey().await.unwrap().rows, 1, "and one that is");
}

/// A location put together of what has a meaning in paths and addresses.
fn location() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("/"),
        Just(".."),
        Just("."),
        Just("%2e%2e"),
        Just("%2F"),
        Just("\\"),
        Just("%5c"),
        Just("a.csv"),
        Just("hidden.csv"),
        Just("in"),
        Just("box"),
        Just("out"),
        Just("https://"),
        Just("http:/"),
        Just("file://"),
        Just("C:"),
        Just("%"),
        Just("%25"),
        Just("?"),
        Just("#"),
        Just("~"),
        Just(" "),
        Just("é"),
        Just("\0"),
    ];
    proptest::collection::vec(piece, 0..8).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, rng_seed: prop::test_runner::RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[cfg(unix)]
    #[test]
    fn no_location_leads_out(location in location()) {
        let folder = folder(&located(&location), &[("a.csv", "inside\n"), ("box/a.csv", "inside\n")]);
        std::fs::write(folder.path("a.csv"), "outside\n").unwrap();
        std::fs::write(folder.path("hidden.csv"), "outside\n").unwrap();
        std::os::unix::fs::symlink("..", folder.path("in/out")).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        // Whatever it is, it is refused in words, or a file of the folder.
        if let Ok(survey) = runtime.block_on(folder.survey()) {
            prop_assert_eq!(&survey.columns[0].samples, &["inside"]);
        }
    }

    #[test]
    fn no_damage_to_a_model_is_more_than_a_sentence(
        at in 0..400_usize,
        with in prop_oneof![Just("\""), Just("{"), Just("]"), Just(","), Just("\\"), Just("\n"), Just("0"), Just("null"), Just("\u{fffd}")],
        cut in 0..40_usize,
    ) {
        let one = entity("Customer", &attributes(&[("CustomerId", "string"), ("n", "int64")]), [partition("a.csv")]);
        let mut text = model([one]).to_string();
        let at = at % text.len();
        text.replace_range(at..(at + cut).min(text.len()), with);
        let folder = raw(&text);
        std::fs::write(folder.path("in/a.csv"), "x,1\n").unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        if let Err(error) = runtime.block_on(folder.survey()) {
            prop_assert!(matches!(error.code, Code::BadFile), "{:?}", error);
            prop_assert!(!error.message.is_empty() && !error.help.is_empty());
        }
    }
}
