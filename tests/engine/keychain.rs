//! Where keys rest: what is kept, what is refused, and what lies on the disk.

#![allow(clippy::unwrap_used)]

use secrecy::{ExposeSecret as _, SecretString};
use segue_engine::error::Code;
use segue_engine::keychain::{AgeFile, Keychain, Memory, Missing, fingerprint};

const KEY: &str = "0123456789abcdef-åäö";

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

fn get(keychain: &dyn Keychain, account: &str) -> Option<String> {
    keychain.get(account).unwrap().map(|key| key.expose_secret().to_owned())
}

fn keeps(keychain: &dyn Keychain) {
    assert_eq!(get(keychain, "a"), None);
    keychain.set("a", &secret(KEY)).unwrap();
    keychain.set("b", &secret("other \" \\ \n key")).unwrap();
    assert_eq!(get(keychain, "a").as_deref(), Some(KEY));
    assert_eq!(get(keychain, "b").as_deref(), Some("other \" \\ \n key"));
    keychain.set("a", &secret("new")).unwrap();
    assert_eq!(get(keychain, "a").as_deref(), Some("new"));
    keychain.delete("a").unwrap();
    keychain.delete("a").unwrap();
    assert_eq!(get(keychain, "a"), None);
}

#[test]
fn memory_keeps_keys() {
    keeps(&Memory::default());
}

#[test]
fn the_file_keeps_keys_over_processes() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("keys.age");
    let (one, two) = (
        AgeFile::open(&path, secret("correct horse")).unwrap(),
        AgeFile::open(&path, secret("correct horse")).unwrap(),
    );
    keeps(&one);
    assert_eq!(get(&two, "b").as_deref(), Some("other \" \\ \n key"));
    two.set("c", &secret("third")).unwrap();
    one.set("d", &secret("fourth")).unwrap();
    assert_eq!(get(&one, "c").as_deref(), Some("third"), "a change of another process is not lost");
    assert_eq!(get(&two, "d").as_deref(), Some("fourth"));
}

#[test]
fn the_file_shows_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("keys.age");
    AgeFile::open(&path, secret("correct horse")).unwrap().set("account-id", &secret(KEY)).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    for hidden in [KEY, "account-id", "correct horse"] {
        assert!(!bytes.windows(hidden.len()).any(|window| window == hidden.as_bytes()));
    }
    assert!(!dir.path().join("keys.new").exists());
    #[cfg(unix)]
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        use std::os::unix::fs::MetadataExt as _;
        assert_eq!(entry.unwrap().metadata().unwrap().mode() & 0o777, 0o600);
    }
}

#[test]
fn another_passphrase_is_told_and_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("keys.age");
    AgeFile::open(&path, secret("correct horse")).unwrap().set("a", &secret(KEY)).unwrap();
    let before = std::fs::read(&path).unwrap();
    let wrong = AgeFile::open(&path, secret("battery staple")).unwrap();
    for error in [
        wrong.get("a").unwrap_err(),
        wrong.set("a", &secret("x")).unwrap_err(),
        wrong.delete("a").unwrap_err(),
    ] {
        assert_eq!(error.code, Code::NoKeyStore);
        assert!(error.message.contains("passphrase") && error.help.contains("SEGUE_PASSPHRASE"));
        assert!(!error.message.contains("battery"));
    }
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert_eq!(AgeFile::open(&path, secret("")).err().unwrap().code, Code::NoKeyStore);
}

#[test]
fn a_damaged_file_is_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("keys.age");
    for bytes in [&b""[..], b"<html>", b"age-encryption.org/v1\n-> scrypt"] {
        std::fs::write(&path, bytes).unwrap();
        let keychain = AgeFile::open(&path, secret("p")).unwrap();
        assert_eq!(keychain.get("a").unwrap_err().code, Code::NoKeyStore);
        assert_eq!(keychain.set("a", &secret("x")).unwrap_err().code, Code::NoKeyStore);
        assert_eq!(std::fs::read(&path).unwrap(), bytes);
    }
}

#[test]
fn without_a_place_the_way_to_one_is_told() {
    let errors = [
        Missing.get("a").unwrap_err(),
        Missing.set("a", &secret("x")).unwrap_err(),
        Missing.delete("a").unwrap_err(),
    ];
    for error in errors {
        assert_eq!(error.code, Code::NoKeyStore);
        assert!(error.help.contains("SEGUE_KEYCHAIN=file") && error.help.contains("SEGUE_PASSPHRASE"));
    }
}

#[test]
fn a_fingerprint_tells_keys_apart_and_installations() {
    let (here, there) = ([1; 32], [2; 32]);
    assert_eq!(fingerprint(&here, &secret(KEY)), fingerprint(&here, &secret(KEY)));
    assert_ne!(fingerprint(&here, &secret(KEY)), fingerprint(&here, &secret("x")));
    assert_ne!(fingerprint(&here, &secret(KEY)), fingerprint(&there, &secret(KEY)));
    assert_eq!(fingerprint(&here, &secret(KEY)).len(), 64);
}
