//! Encoder: a bulk call's body, written once into one buffer (destination-api.md 2.1, 2.2).
//!
//! The same rows give the same octets. Only fields of the account and the list's id are ever written:
//! no opt-out, no rename, no other command (product.md, rule 7).

use serde_json::value::RawValue;

use super::super::path;
use super::super::{Method, Request, Row, broken};
use super::fields;
use crate::error::{Error, Result};
use crate::model::{AccountField, Target};

/// `{"contacts":[…]}` of these rows.
pub(super) fn bulk(rows: &[Row<'_>], fields: &[AccountField]) -> Result<Request> {
    let keys = Keys::of(fields)?;
    let octets: usize =
        rows.iter().map(|row| 96 + row.email.len() + row.fields.map_or(0, |text| text.len() * 3 / 2)).sum();
    let mut body = Vec::with_capacity(octets + 16);
    body.extend_from_slice(b"{\"contacts\":[");
    for (place, row) in rows.iter().enumerate() {
        if place > 0 {
            body.push(b',');
        }
        write_row(&mut body, row, &keys)?;
    }
    body.extend_from_slice(b"]}");
    Ok(Request {
        method: Method::Post,
        path: path::join(&["contacts"]),
        body: Some(body.into()),
        repeatable: true,
    })
}

fn write_row(body: &mut Vec<u8>, row: &Row<'_>, keys: &Keys<'_>) -> Result<()> {
    body.extend_from_slice(b"{\"Email\":");
    write_text(body, row.email)?;
    let mut customs: Vec<(&str, &RawValue)> = Vec::new();
    for (target, value) in row.values()? {
        let (custom, key) = keys.get(&target)?;
        if custom {
            customs.push((key, value));
        } else {
            body.push(b',');
            write_pair(body, key, value);
        }
    }
    if !customs.is_empty() {
        body.extend_from_slice(b",\"custom\":{");
        for (place, (key, value)) in customs.into_iter().enumerate() {
            if place > 0 {
                body.push(b',');
            }
            write_pair(body, key, value);
        }
        body.push(b'}');
    }
    if let Some(list) = row.joins.first() {
        body.extend_from_slice(b",\"_autopilot_list\":");
        write_text(body, &list.id)?;
    }
    body.push(b'}');
    Ok(())
}

fn write_pair(body: &mut Vec<u8>, key: &str, value: &RawValue) {
    body.extend_from_slice(key.as_bytes());
    body.extend_from_slice(value.get().as_bytes());
}

fn write_text(body: &mut Vec<u8>, text: &str) -> Result<()> {
    serde_json::to_writer(body, text).map_err(|_| broken())
}

/// What is written before the value of each field: its key, quoted, and the colon.
struct Keys<'a>(Vec<(&'a Target, String)>);

impl<'a> Keys<'a> {
    fn of(fields: &'a [AccountField]) -> Result<Self> {
        let mut keys = Vec::with_capacity(fields.len());
        for field in fields {
            if fields::unusable(&field.target).is_some() {
                return Err(Error::internal("a field was matched that cannot be sent"));
            }
            let quoted = serde_json::to_string(&field.key).map_err(|_| broken())?;
            keys.push((&field.target, quoted + ":"));
        }
        Ok(Self(keys))
    }

    /// Whether it is a custom field, and what is written before its value. A row has few fields, so
    /// a look through all of them is quicker than a map.
    fn get(&self, text: &str) -> Result<(bool, &str)> {
        let found = self.0.iter().find(|(target, _)| target.is(text));
        found.map(|(target, key)| (matches!(target, Target::Custom(_)), key.as_str())).ok_or_else(broken)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::List;
    use super::*;
    use crate::error::Code;
    use crate::model::FieldType;

    fn field(target: &str, key: &str) -> AccountField {
        AccountField::new(Target::from(target.to_owned()), FieldType::Text, key.to_owned())
    }

    fn row<'a>(email: &'a str, fields: Option<&'a str>) -> Row<'a> {
        Row { email, id: None, fields, joins: &[], leaves: &[] }
    }

    fn list(id: &str) -> List {
        List { id: id.to_owned(), title: String::new(), members: None }
    }

    fn known() -> Vec<AccountField> {
        vec![
            field("Email", "Email"),
            field("FirstName", "FirstName"),
            field("owner_name", "owner_name"),
            field("custom:NPS Rating", "integer--NPS--Rating"),
            field("custom:Q\"x", "string--Q\"x"),
        ]
    }

    fn body(rows: &[Row<'_>]) -> Result<String> {
        bulk(rows, &known()).map(|request| String::from_utf8(request.body.unwrap().to_vec()).unwrap())
    }

    #[test]
    fn the_body_is_exactly_this() {
        let [quoted, plain] = [list("contactlist_1 \""), list("l")];
        let rows = [
            Row {
                joins: &[&quoted],
                ..row(
                    "Åsa+1@example.se",
                    Some(
                        r#"{"FirstName":"Åsa \u0041","custom:NPS Rating":9,"custom:Q\"x":1.50,"owner_name":null}"#,
                    ),
                )
            },
            row("b@example.se", None),
            Row { joins: &[&plain], ..row("c@example.se", Some("{}")) },
            row("d@example.se", Some(r#"{"Email":"other@example.se","custom:NPS Rating": 1 }"#)),
        ];
        let wanted = concat!(
            r#"{"contacts":["#,
            r#"{"Email":"Åsa+1@example.se","FirstName":"Åsa \u0041","owner_name":null,"custom":{"integer--NPS--Rating":9,"string--Q\"x":1.50},"_autopilot_list":"contactlist_1 \""},"#,
            r#"{"Email":"b@example.se"},"#,
            r#"{"Email":"c@example.se","_autopilot_list":"l"},"#,
            r#"{"Email":"d@example.se","custom":{"integer--NPS--Rating":1}}"#,
            r#"]}"#,
        );
        assert_eq!(body(&rows).unwrap(), wanted);
        let request = bulk(&rows, &known()).unwrap();
        assert_eq!(
            (request.method, request.path.as_str(), request.repeatable),
            (Method::Post, "/v1/contacts", true)
        );
        assert_eq!(body(&[]).unwrap(), r#"{"contacts":[]}"#);
    }

    #[test]
    fn nothing_but_known_fields_goes() {
        for text in [
            "",
            "null",
            "[]",
            "{",
            r#"{"FirstName":}"#,
            r#"{"unsubscribed":false}"#,
            r#"{"_NewEmail":"x@y.se"}"#,
            r#"{"_autopilot_list":"x"}"#,
            r#"{"custom":{"string--a":1}}"#,
            r#"{"LastName":"not asked for"}"#,
            r#"{"custom:FirstName":1}"#,
            r#"{"NPS Rating":9}"#,
            r#"{"FirstName":"a"} "#,
        ] {
            match body(&[row("a@example.se", Some(text))]) {
                Err(error) => {
                    assert!(error.code == Code::Internal && !error.message.contains("example.se"), "{text}")
                }
                Ok(written) => assert_eq!(
                    (text, written.as_str()),
                    (r#"{"FirstName":"a"} "#, r#"{"contacts":[{"Email":"a@example.se","FirstName":"a"}]}"#)
                ),
            }
        }
        let row = row("a@example.se", Some(r#"{"unsubscribed":false}"#));
        assert!(bulk(&[row], &[field("unsubscribed", "unsubscribed")]).is_err());
    }
}
