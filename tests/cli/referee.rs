//! The outside referees: Python that shares no code with the engine (tests/right, tests/never).

use std::path::Path;
use std::process::Command;

fn referee(script: &str, words: &[&str]) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests").join(script);
    let mut command = Command::new("python3");
    command.arg(script).arg(env!("CARGO_BIN_EXE_segue")).args(words).env("PYTHONDONTWRITEBYTECODE", "1");
    let output = command.output().unwrap_or_else(|error| panic!("python3 is needed for this test: {error}"));
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
}

/// The account and every count, computed from the CSV by other code, under contradictions of the
/// vendor's page: 24 combinations in eight tests.
fn right(combinations: &str) {
    referee("right/right.py", &["--profiles", "10000", "--combination", combinations]);
}

#[test]
fn right_under_contradictions_0_to_2() {
    right("0,1,2");
}

#[test]
fn right_under_contradictions_3_to_5() {
    right("3,4,5");
}

#[test]
fn right_under_contradictions_6_to_8() {
    right("6,7,8");
}

#[test]
fn right_under_contradictions_9_to_11() {
    right("9,10,11");
}

#[test]
fn right_under_contradictions_12_to_14() {
    right("12,13,14");
}

#[test]
fn right_under_contradictions_15_to_17() {
    right("15,16,17");
}

#[test]
fn right_under_contradictions_18_to_20() {
    right("18,19,20");
}

#[test]
fn right_under_contradictions_21_to_23() {
    right("21,22,23");
}

/// The same from other formats and encodings, each under contradictions of its own.
fn right_from(format: &str, combination: &str) {
    let words = ["--profiles", "3000", "--format", format, "--combination", combination];
    referee("right/right.py", &words);
}

#[test]
fn right_from_utf8_with_mark_and_semicolons() {
    right_from("mark", "0");
}

#[test]
fn right_from_utf16_with_tabs() {
    right_from("utf-16", "7");
}

#[test]
fn right_from_gzip() {
    right_from("gzip", "14");
}

#[test]
fn right_from_ndjson() {
    right_from("ndjson", "18");
}

#[test]
fn right_from_a_cdm_folder() {
    right_from("cdm", "20");
}

#[test]
fn one_refused_and_healed_is_sent_once() {
    referee("never/once.py", &[]);
}

#[test]
fn killed_at_a_hundred_moments() {
    referee("never/kill.py", &["--kills", "100"]);
}
