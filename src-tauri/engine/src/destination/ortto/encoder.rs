//! Encoder: a bulk call's body, written once into one buffer (destination-api.md 3.1, 4.9).
//!
//! The same rows give the same octets. Only fields of the account and the names of tags are ever written:
//! nothing that permits or forbids mail, no location, no other command (product.md, rule 7).

use serde_json::value::RawValue;

use super::super::{By, Call, List, Request, Row, broken};
use super::fields::{self, EMAIL, PERSON};
use super::lists;
use super::post::post;
use crate::error::{Error, Result};
use crate::model::{AccountField, FieldType, Target};

/// `{"people":[…],…}` of this call.
pub(super) fn merge(call: &Call<'_>, fields: &[AccountField]) -> Result<Request> {
    let keys = Keys::of(fields)?;
    let octets: usize = call
        .rows
        .iter()
        .map(|row| 128 + row.email.len() + row.fields.map_or(0, |text| text.len() * 3 / 2))
        .sum();
    let mut body = Vec::with_capacity(octets + 192);
    body.extend_from_slice(b"{\"people\":[");
    for (place, row) in call.rows.iter().enumerate() {
        if place > 0 {
            body.push(b',');
        }
        write_row(&mut body, row, call.by, &keys)?;
    }
    // Nothing is left to what the key has set up: `merge_by` alone decides who it is, 2 overwrites, and who is
    // kept from being mailed is not made anew.
    let by = match call.by {
        By::Address => EMAIL,
        By::Id => PERSON,
    };
    let rest = format!(
        r#"],"merge_by":["{by}"],"merge_strategy":2,"find_strategy":0,"async":{},"skip_non_existing":{},"suppression_list_field_id":"{EMAIL}"}}"#,
        call.later, call.only_existing,
    );
    body.extend_from_slice(rest.as_bytes());
    Ok(post(&["person", "merge"], body))
}

fn write_row(body: &mut Vec<u8>, row: &Row<'_>, by: By, keys: &Keys<'_>) -> Result<()> {
    let (key, who) = match (by, row.id) {
        (By::Address, _) => (EMAIL, row.email),
        // Without the address: it is theirs to change, and another one would merge two people.
        (By::Id, Some(id)) => (PERSON, id),
        (By::Id, None) => return Err(Error::internal("somebody was to be found by an id that is not known")),
    };
    body.extend_from_slice(b"{\"fields\":{\"");
    body.extend_from_slice(key.as_bytes());
    body.extend_from_slice(b"\":");
    write_text(body, who)?;
    let values = row.values()?;
    let mut written: Vec<&Key<'_>> = Vec::with_capacity(values.len());
    for (target, value) in values {
        let key = keys.get(&target)?;
        // Two targets of one field, or one that stands twice: which of them is meant?
        if written.iter().any(|known| known.quoted == key.quoted) {
            return Err(broken());
        }
        written.push(key);
        body.push(b',');
        write_pair(body, key, value);
    }
    body.push(b'}');
    let both = |left: &&List| row.joins.iter().any(|joined| lists::same_title(&left.title, &joined.title));
    if row.leaves.iter().any(both) {
        // The account would do the two in any order.
        return Err(Error::internal("somebody was to be put on a tag and taken off it at once"));
    }
    write_tags(body, "tags", row.joins)?;
    write_tags(body, "unset_tags", row.leaves)?;
    write_cleared(body, &written);
    body.push(b'}');
    Ok(())
}

fn write_tags(body: &mut Vec<u8>, key: &str, lists: &[&List]) -> Result<()> {
    if lists.is_empty() {
        return Ok(());
    }
    body.extend_from_slice(format!(",\"{key}\":").as_bytes());
    let titles: Vec<&str> = lists.iter().map(|list| list.title.as_str()).collect();
    serde_json::to_writer(body, &titles).map_err(|_| broken())
}

/// Several choices would be added to those that a person has, were the field not emptied first
/// (help.ortto.com a-649: an object of ids).
fn write_cleared(body: &mut Vec<u8>, written: &[&Key<'_>]) {
    let cleared: Vec<String> =
        written.iter().filter(|key| key.clears).map(|key| format!("{}:true", key.quoted)).collect();
    if !cleared.is_empty() {
        body.extend_from_slice(format!(",\"clear_fields\":{{{}}}", cleared.join(",")).as_bytes());
    }
}

fn write_pair(body: &mut Vec<u8>, key: &Key<'_>, value: &RawValue) {
    body.extend_from_slice(key.quoted.as_bytes());
    body.push(b':');
    body.extend_from_slice(value.get().as_bytes());
}

fn write_text(body: &mut Vec<u8>, text: &str) -> Result<()> {
    serde_json::to_writer(body, text).map_err(|_| broken())
}

/// A field as it travels.
struct Key<'a> {
    target: &'a Target,
    /// Its id, quoted.
    quoted: String,
    /// Whether it is emptied before its new value stands in it.
    clears: bool,
}

struct Keys<'a>(Vec<Key<'a>>);

impl<'a> Keys<'a> {
    fn of(fields: &'a [AccountField]) -> Result<Self> {
        let mut keys = Vec::with_capacity(fields.len());
        for field in fields.iter().filter(|field| !field.target.is_email()) {
            if fields::unusable(&field.target).is_some() || !fields::is_sendable(&field.key) {
                return Err(Error::internal("a field was matched that cannot be sent"));
            }
            let quoted = serde_json::to_string(&field.key).map_err(|_| broken())?;
            keys.push(Key { target: &field.target, quoted, clears: field.kind == FieldType::Choices });
        }
        Ok(Self(keys))
    }

    /// A row has few fields, so a look through all of them is quicker than a map.
    fn get(&self, text: &str) -> Result<&Key<'a>> {
        self.0.iter().find(|key| key.target.is(text)).ok_or_else(broken)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::super::super::Method;
    use super::*;
    use crate::error::Code;

    fn field(target: &str, kind: FieldType, key: &str) -> AccountField {
        AccountField::new(Target::from(target.to_owned()), kind, key.to_owned())
    }

    fn known() -> Vec<AccountField> {
        vec![
            field("Email", FieldType::Text, "str::email"),
            field("FirstName", FieldType::Text, "str::first"),
            field("phn::phone", FieldType::Phone, "phn::phone"),
            field("str:cm:alias", FieldType::Text, "str:cm:alias"),
            field("custom:Alias", FieldType::Text, "str:cm:alias"),
            field("custom:NPS Rating", FieldType::Integer, "int:cm:nps-rating"),
            field("custom:Brands", FieldType::Choices, "sst:cm:brands"),
            field("custom:Sizes", FieldType::Choices, "sst:cm:q\"x"),
        ]
    }

    fn row<'a>(email: &'a str, fields: Option<&'a str>) -> Row<'a> {
        Row { email, id: None, fields, joins: &[], leaves: &[] }
    }

    fn list(title: &str) -> List {
        List { id: "1".to_owned(), title: title.to_owned(), members: None }
    }

    fn call<'a>(rows: &'a [Row<'a>]) -> Call<'a> {
        Call { rows, by: By::Address, only_existing: false, later: false }
    }

    fn body(call: &Call<'_>) -> Result<String> {
        merge(call, &known()).map(|request| String::from_utf8(request.body.unwrap().to_vec()).unwrap())
    }

    #[test]
    fn the_body_is_exactly_this() {
        let [vip, news, old] = [list("VIP \"1\""), list("Nyhetsbrev å"), list("Old")];
        let rows = [
            Row {
                joins: &[&vip, &news],
                leaves: &[&old],
                ..row(
                    "Åsa+1@example.se",
                    Some(
                        r#"{"FirstName":"Åsa \u0041","custom:NPS Rating":9,"custom:Brands":["A","B"],"custom:Sizes":null,"phn::phone":{"phone":"+46701234560","parse_with_country_code":true},"str:cm:alias":1.50}"#,
                    ),
                )
            },
            row("b@example.se", None),
            Row { leaves: &[&old], ..row("c@example.se", Some("{}")) },
            row("d@example.se", Some(r#"{"Email":"other@example.se","custom:Alias": null }"#)),
        ];
        let wanted = concat!(
            r#"{"people":["#,
            r#"{"fields":{"str::email":"Åsa+1@example.se","str::first":"Åsa \u0041","int:cm:nps-rating":9,"sst:cm:brands":["A","B"],"sst:cm:q\"x":null,"phn::phone":{"phone":"+46701234560","parse_with_country_code":true},"str:cm:alias":1.50},"#,
            r#""tags":["VIP \"1\"","Nyhetsbrev å"],"unset_tags":["Old"],"clear_fields":{"sst:cm:brands":true,"sst:cm:q\"x":true}},"#,
            r#"{"fields":{"str::email":"b@example.se"}},"#,
            r#"{"fields":{"str::email":"c@example.se"},"unset_tags":["Old"]},"#,
            r#"{"fields":{"str::email":"d@example.se","str:cm:alias":null}}"#,
            r#"],"merge_by":["str::email"],"merge_strategy":2,"find_strategy":0,"async":false,"skip_non_existing":false,"suppression_list_field_id":"str::email"}"#,
        );
        assert_eq!(body(&call(&rows)).unwrap(), wanted);
        let request = merge(&call(&rows), &known()).unwrap();
        assert_eq!(
            (request.method, request.path.as_str(), request.repeatable),
            (Method::Post, "/v1/person/merge", true)
        );
    }

    #[test]
    fn by_ids_no_address_goes() {
        let rows = [Row {
            id: Some("00ab"),
            ..row("a@example.se", Some(r#"{"Email":"a@example.se","FirstName":"A"}"#))
        }];
        let ids = Call { by: By::Id, only_existing: true, later: true, ..call(&rows) };
        let wanted = r#"{"people":[{"fields":{"str::person_id":"00ab","str::first":"A"}}],"merge_by":["str::person_id"],"merge_strategy":2,"find_strategy":0,"async":true,"skip_non_existing":true,"suppression_list_field_id":"str::email"}"#;
        assert_eq!(body(&ids).unwrap(), wanted);
        let rows = [row("a@example.se", None)];
        let error = body(&Call { by: By::Id, ..call(&rows) }).unwrap_err();
        assert!(error.code == Code::Internal && !error.message.contains("example.se"));
        assert!(body(&call(&[])).unwrap().starts_with(r#"{"people":[],"merge_by""#));
    }

    #[test]
    fn nothing_but_known_fields_goes() {
        for text in [
            "",
            "null",
            "[]",
            "{",
            r#"{"FirstName":}"#,
            r#"{"bol::p":true}"#,
            r#"{"bol::sp":true}"#,
            r#"{"str::email":"x@y.se"}"#,
            r#"{"str::person_id":"x"}"#,
            r#"{"u4s::t":["x"]}"#,
            r#"{"tags":["x"]}"#,
            r#"{"LastName":"not asked for"}"#,
            r#"{"custom:FirstName":1}"#,
            r#"{"NPS Rating":9}"#,
            r#"{"int:cm:nps-rating":9}"#,
            r#"{"FirstName":"a","FirstName":"b"}"#,
            r#"{"str:cm:alias":"a","custom:Alias":"b"}"#,
        ] {
            let error = body(&call(&[row("a@example.se", Some(text))])).unwrap_err();
            assert!(error.code == Code::Internal && !error.message.contains("example.se"), "{text}");
        }
    }

    #[test]
    fn no_field_can_be_made_to_permit() {
        let rows = [row("a@example.se", Some(r#"{"FirstName":true}"#))];
        for (target, key) in [
            ("FirstName", "bol::p"),
            ("FirstName", "bol::sp"),
            ("FirstName", "str::u-ctx"),
            ("FirstName", "str::soo-ctx"),
            ("FirstName", "u4s::t"),
            ("FirstName", "str::email"),
            ("FirstName", "str::person_id"),
            ("FirstName", "obj:cm:a"),
            ("custom:FirstName", "bol::p"),
            ("bol::p", "bol::p"),
            ("bol::p", "str::first"),
            ("str::email", "str:cm:a"),
        ] {
            assert!(
                merge(&call(&rows), &[field(target, FieldType::Boolean, key)]).is_err(),
                "{target} {key}"
            );
        }
    }

    #[test]
    fn no_tag_is_put_on_and_taken_off_at_once() {
        let [one, same] = [list("VIP"), list(" vip ")];
        let rows = [Row { joins: &[&one], leaves: &[&same], ..row("a@example.se", None) }];
        assert_eq!(body(&call(&rows)).unwrap_err().code, Code::Internal);
    }

    proptest! {
        #[test]
        fn what_goes_is_json_of_the_same_people(
            people in prop::collection::vec((".{1,20}", ".{0,20}", any::<i32>(), prop::collection::vec(".{0,8}", 0..3)), 0..12),
            ids in any::<bool>(),
            only_existing in any::<bool>(),
            later in any::<bool>(),
        ) {
            let texts: Vec<String> = people
                .iter()
                .map(|(_, name, number, brands)| {
                    serde_json::json!({ "Email": "x", "FirstName": name, "custom:NPS Rating": number, "custom:Brands": brands }).to_string()
                })
                .collect();
            let tag = list("bol::p\",\"bol::p\":true");
            let joins = [&tag];
            let rows: Vec<Row<'_>> = people
                .iter()
                .zip(&texts)
                .map(|((who, ..), text)| Row { id: Some(who), joins: &joins, ..row(who, Some(text)) })
                .collect();
            let by = if ids { By::Id } else { By::Address };
            let call = Call { rows: &rows, by, only_existing, later };
            let text = body(&call).unwrap();
            prop_assert_eq!(&text, &body(&call).unwrap());
            let body: Value = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(&body["async"], &Value::Bool(later));
            prop_assert_eq!(&body["skip_non_existing"], &Value::Bool(only_existing));
            let sent = body["people"].as_array().unwrap();
            prop_assert_eq!(sent.len(), people.len());
            for (sent, (who, name, number, brands)) in sent.iter().zip(&people) {
                let key = if ids { PERSON } else { EMAIL };
                let fields = sent["fields"].as_object().unwrap();
                let mut names: Vec<&str> = fields.keys().map(String::as_str).collect();
                names.sort_unstable();
                let mut wanted = [key, "int:cm:nps-rating", "sst:cm:brands", "str::first"];
                wanted.sort_unstable();
                prop_assert_eq!(names, wanted);
                prop_assert_eq!(&fields[key], who);
                prop_assert_eq!(&fields["str::first"], name);
                prop_assert_eq!(&fields["int:cm:nps-rating"], *number);
                prop_assert_eq!(&fields["sst:cm:brands"], &serde_json::json!(brands));
                prop_assert_eq!(&sent["tags"], &serde_json::json!([tag.title]));
                let mut parts: Vec<&str> = sent.as_object().unwrap().keys().map(String::as_str).collect();
                parts.sort_unstable();
                prop_assert_eq!(parts, ["clear_fields", "fields", "tags"]);
            }
        }
    }
}
