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

/// The same on Ortto, by the ways in which it may answer (destination-api.md 5.2).
fn right_on_ortto(cases: &str) {
    referee("right/right_ortto.py", &["--profiles", "4000", "--case", cases]);
}

#[test]
fn right_on_ortto_in_any_order() {
    right_on_ortto("orderly,shuffled,shuffled_later");
}

#[test]
fn right_on_ortto_with_a_row_short() {
    right_on_ortto("short_new,short_known");
}

#[test]
fn right_on_ortto_where_one_bad_row_refuses_all() {
    right_on_ortto("refuses_all_shuffled");
}

#[test]
fn right_on_ortto_with_a_limit_of_calls_at_a_time() {
    right_on_ortto("one_at_a_time,too_many");
}

#[test]
fn right_on_ortto_where_calls_are_carried_out_later() {
    right_on_ortto("async_only");
}

/// What people did by hand in the account stays done.
fn by_hand(cases: &str) {
    referee("right/by_hand.py", &["--case", cases]);
}

#[test]
fn opt_outs_stay_on_ortto() {
    by_hand("new_people,moved_away");
}

#[test]
fn an_account_that_undoes_opt_outs_stops_the_run() {
    by_hand("known_reset,known_reset_one,known_reset_leaver");
}

#[test]
fn whoever_was_deleted_on_ortto_is_not_made_again() {
    by_hand("deleted,made_again,another_order");
}

#[test]
fn whoever_has_another_address_on_ortto_is_not_made_twice() {
    by_hand("other_address");
}

#[test]
fn an_answer_of_ortto_that_names_nobody_confirms_nobody() {
    by_hand("nothing_said");
}

#[test]
fn one_refused_and_healed_is_sent_once() {
    referee("never/once.py", &[]);
}

#[test]
fn killed_at_a_hundred_moments() {
    referee("never/kill.py", &["--kills", "100"]);
}

#[test]
fn one_refused_and_healed_on_ortto_is_sent_once() {
    referee("never/once.py", &["--product", "ortto"]);
}

#[test]
fn killed_at_forty_moments_on_ortto() {
    referee("never/kill.py", &["--product", "ortto", "--kills", "40"]);
}
