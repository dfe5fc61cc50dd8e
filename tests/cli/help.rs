//! What the program says of itself.

use crate::harness::Desk;

const PAGES: &[&[&str]] = &[
    &[],
    &["audience"],
    &["audience", "add"],
    &["audience", "add", "files"],
    &["segment"],
    &["segment", "add"],
    &["connection"],
    &["connection", "add", "autopilot"],
    &["connection", "add", "ortto"],
    &["connection", "set-key"],
    &["export"],
    &["export", "add"],
    &["export", "edit"],
    &["export", "preview"],
    &["export", "schedule"],
    &["export", "run"],
    &["schedule"],
    &["schedule", "install"],
    &["tick"],
    &["run"],
    &["run", "people"],
    &["run", "resume"],
    &["person"],
    &["forget"],
    &["audit"],
    &["config"],
    &["config", "export"],
    &["config", "import"],
    &["diagnostics"],
    &["sandbox"],
    &["demo"],
];

#[test]
fn the_help_pages() {
    let desk = Desk::new();
    let mut book = String::new();
    for page in PAGES {
        let done = desk.run(&[*page, &["--help"]].concat());
        assert_eq!((done.code, done.err.as_str()), (0, ""), "help is an answer: {page:?}");
        book.push_str(&format!("=== segue {}\n{}\n", page.join(" "), done.out));
    }
    for line in book.lines().filter(|line| !line.starts_with("Usage: ")) {
        assert!(line.chars().count() <= 100, "no wider than 100: {line}");
    }
    insta::assert_snapshot!(book);
    assert!(!desk.data().exists(), "help touches nothing");
}

#[test]
fn help_is_also_a_command() {
    let done = Desk::new().run(&["help", "export", "run"]);
    assert_eq!(done.code, 0);
    assert!(done.out.contains("--retry-failed"), "the page of that command: {}", done.out);
}

#[test]
fn alone_and_without_a_display_it_says_so_in_one_line() {
    let done = Desk::new().run(&[]);
    assert_eq!((done.code, done.out.as_str()), (2, ""));
    assert_eq!(done.err.lines().count(), 1, "one line: {}", done.err);
    assert!(done.err.contains("segue demo") && done.err.contains("segue --help"), "{}", done.err);
}
