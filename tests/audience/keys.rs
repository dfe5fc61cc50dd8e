//! Which column tells profiles apart, and what happens when it does not.

use rstest::rstest;

use crate::support::{Folder, csv, people};

#[rstest]
#[case("CustomerId,x\n7,a\n", Some("CustomerId"), "7")]
#[case("x,customerID\na,7\n", Some("customerID"), "7")]
#[case("customerid,CustomerId\n1,7\n", Some("CustomerId"), "7")]
#[case("x,y\na,7\n", None, "1")]
#[tokio::test]
async fn default_key(#[case] text: &str, #[case] key: Option<&str>, #[case] first: &str) {
    let folder = csv(text);
    let source = folder.open().await.unwrap();
    assert_eq!(segue_audience::default_key(source.survey()).as_deref(), key);
    assert_eq!(people(&source, &["true"], &[]).await.unwrap()[0][0].as_deref(), Some(first));
}

#[tokio::test]
async fn places_go_on_over_files() {
    let folder = Folder::new().file("a.csv", "x\na\nb\nc\n").file("b.csv", "x\nd\n\ne\n");
    let source = folder.open().await.unwrap();
    let rows = people(&source, &["true"], &["x"]).await.unwrap();
    let pairs: Vec<String> = rows
        .iter()
        .map(|row| format!("{}{}", row[0].as_deref().unwrap(), row[1].as_deref().unwrap()))
        .collect();
    assert_eq!(pairs, ["1a", "2b", "3c", "4d", "5e"]);
}

#[tokio::test]
async fn a_named_key_must_be_there() {
    let mut folder = csv("CustomerId,Mail\n1,a\n2,b\n");
    folder.files.key = Some("Mail".to_owned());
    let source = folder.open().await.unwrap();
    assert_eq!(people(&source, &["true"], &[]).await.unwrap()[1][0].as_deref(), Some("b"));
    folder.files.key = Some("mail".to_owned());
    insta::assert_snapshot!(folder.refusal().await);
}

#[tokio::test]
async fn keys_that_cannot_be() {
    let mut said = String::new();
    for text in [
        "CustomerId,x\n1,a\n2,\"b\nb\"\n3,c\n2,d\n1,e\n",
        "CustomerId,x\n1,a\n\"1\",b\n",
        "CustomerId,x\n1,a\n ,b\n",
        "CustomerId,x\n1,a\n\"\",b\n",
    ] {
        said.push_str(&format!("{text:?}\n{}\n\n", csv(text).refusal().await));
    }
    insta::assert_snapshot!(said);
}

#[tokio::test]
async fn a_key_in_two_files() {
    let folder = Folder::new().file("a.csv", "CustomerId\n1\n2\n").file("b.csv", "CustomerId\n3\n2\n");
    insta::assert_snapshot!(folder.refusal().await);
}

#[tokio::test]
async fn keys_are_compared_byte_by_byte() {
    let folder = csv("CustomerId\na\nA\na \n01\n1\n");
    assert_eq!(folder.survey().await.unwrap().rows, 5);
}

#[tokio::test]
async fn a_file_named_twice() {
    let mut folder = csv("CustomerId\n1\n");
    let path = folder.files.paths[0].clone();
    folder.files.paths.push(path);
    insta::assert_snapshot!(folder.refusal().await);
}
