//! Completions and manual pages: what a shell and `man` make of the commands.

use std::fs;

use super::harness::{Desk, names};

#[test]
fn every_shell_completes_every_noun() {
    let desk = Desk::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = desk.run(&["completions", shell]);
        assert_eq!(script.code, 0, "{script:?}");
        for word in ["audience", "download", "set-key", "--retry-failed", "forget"] {
            let word = if shell == "fish" { word.trim_start_matches("--") } else { word };
            assert!(script.out.contains(word), "{shell} knows {word}");
        }
    }
    assert_eq!(desk.run(&["completions", "csh"]).code, 2);
    assert!(!desk.data().exists(), "no data folder is made for it");
}

#[test]
fn bash_takes_the_script_and_completes() {
    let desk = Desk::new();
    let script = desk.file("segue.bash", &desk.run(&["completions", "bash"]).out);
    let complete = format!(
        ". {script}; COMP_WORDS=(segue export du); COMP_CWORD=2; _segue segue du export; echo \"${{COMPREPLY[*]}}\""
    );
    let shell = std::process::Command::new("bash").args(["-c", &complete]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&shell.stdout).trim(), "duplicate", "{shell:?}");
}

#[test]
fn every_command_has_a_manual_page_with_its_examples() {
    let desk = Desk::new();
    let folder = desk.path("man1");
    assert_eq!(desk.run(&["man", folder.to_str().unwrap()]).code, 0);
    let pages = names(&folder);
    for page in ["segue.1", "segue-export.1", "segue-export-run.1", "segue-audience-add-files.1"] {
        assert!(pages.iter().any(|name| name == page), "{page} of {pages:?}");
    }
    assert!(!pages.iter().any(|name| name.contains("help")), "{pages:?}");
    for name in &pages {
        let page = fs::read_to_string(folder.join(name)).unwrap();
        assert!(page.contains(".SH SYNOPSIS"), "{name}: {page}");
        let head = page.lines().find(|line| line.starts_with(".TH ")).unwrap();
        let title = name.trim_end_matches(".1");
        let wanted = format!(".TH {title} 1  \"segue {}\" Segue", env!("CARGO_PKG_VERSION"));
        assert_eq!(head, wanted, "no day is on it");
    }
    let page = fs::read_to_string(folder.join("segue-export-run.1")).unwrap();
    assert!(
        page.contains("segue export run") && page.contains("retry") && page.contains("Examples"),
        "{page}"
    );
    let first = desk.run(&["man"]);
    assert_eq!(first.code, 0);
    assert_eq!(first.out.trim_end(), fs::read_to_string(folder.join("segue.1")).unwrap().trim_end());
}
