//! A folder in place of its files.

use segue_engine::error::Code;

use crate::support::{Folder, members};

fn folder(files: &[(&str, &str)]) -> Folder {
    let mut folder = Folder::new();
    std::fs::create_dir(folder.path("in")).unwrap();
    for (name, text) in files {
        std::fs::write(folder.path("in").join(name), text).unwrap();
    }
    folder.files.paths.push(folder.path("in").to_str().unwrap().to_owned());
    folder
}

#[tokio::test]
async fn its_files_by_name() {
    let folder = folder(&[
        ("b.csv", "CustomerId\n3\n"),
        ("a.csv", "CustomerId\n1\n2\n"),
        (".hidden", "x,y\n"),
        ("_SUCCESS", ""),
    ]);
    std::fs::create_dir(folder.path("in/more")).unwrap();
    std::fs::write(folder.path("in/more/c.csv"), "CustomerId\n4\n").unwrap();
    let source = folder.open().await.unwrap();
    let names: Vec<_> =
        source.survey().files.iter().map(|file| file.path.rsplit('/').next().unwrap()).collect();
    assert_eq!(names, ["a.csv", "b.csv"], "not hidden ones, and not those further down");
    assert_eq!(members(&source, "true").await.unwrap(), ["1", "2", "3"]);
}

#[tokio::test]
async fn a_new_file_in_it_belongs_to_it() {
    let folder = folder(&[("a.csv", "CustomerId\n1\n")]);
    let audience = folder.audience().await.unwrap();
    std::fs::write(folder.path("in/b.csv"), "CustomerId\n2\n").unwrap();
    let source = folder.reopen(&audience).await.unwrap();
    assert_ne!(source.survey().version, audience.survey.version);
    assert_eq!(members(&source, "true").await.unwrap(), ["1", "2"]);

    std::fs::remove_file(folder.path("in/b.csv")).unwrap();
    let error = members(&source, "true").await.unwrap_err();
    assert_eq!(error.code, Code::SourceChanged, "one that is gone is missed");
}

#[tokio::test]
async fn what_cannot_be_read_in_it_is_named() {
    let mut said = String::new();
    for files in
        [&[][..], &[("a.csv", "a\n1\n"), ("b.txt", "b\n1\n")], &[("a.csv", "a\n1\n"), ("b.bin", "\0\u{1}")]]
    {
        said.push_str(&format!("{}\n\n", folder(files).refusal().await));
    }
    let mut twice = folder(&[("a.csv", "a\n1\n")]);
    twice.files.paths.push(twice.path("in/a.csv").to_str().unwrap().to_owned());
    said.push_str(&format!("{}\n\n", twice.refusal().await));
    insta::assert_snapshot!(said);
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_to_nowhere_is_missed() {
    let folder = folder(&[("a.csv", "a\n1\n")]);
    std::os::unix::fs::symlink("gone.csv", folder.path("in/b.csv")).unwrap();
    insta::assert_snapshot!(folder.refusal().await);
}
