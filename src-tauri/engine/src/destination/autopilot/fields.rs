//! Fields: those that every account has, those that its users made, and their keys
//! (destination-api.md 2.2).

use serde_json::Value;

use super::super::path;
use super::super::reply;
use super::super::{Answer, Method, Reply, Request};
use crate::model::{AccountField, FieldType, Target};

/// The fields of every account, in the order of the vendor's table. All are text there.
pub(super) const STANDARD: [&str; 22] = [
    "Email",
    "Twitter",
    "FirstName",
    "LastName",
    "Salutation",
    "Company",
    "NumberOfEmployees",
    "Title",
    "Industry",
    "Phone",
    "MobilePhone",
    "Fax",
    "Website",
    "MailingStreet",
    "MailingCity",
    "MailingState",
    "MailingPostalCode",
    "MailingCountry",
    "owner_name",
    "LeadSource",
    "Status",
    "LinkedIn",
];

/// Keys that steer the account; a column must never reach them (product.md, rule 7).
const CONTROL: [&str; 4] = ["_autopilot_list", "_NewEmail", "_autopilot_session_id", "notify"];

/// Keys that only the account writes.
const READ_ONLY: [&str; 10] = [
    "contact_id",
    "created_at",
    "updated_at",
    "lists",
    "Name",
    "type",
    "api_originated",
    "custom",
    "custom_fields",
    "_removeResultKeys",
];

pub(super) fn ask() -> Request {
    path::bare(Method::Get, &["contacts", "custom_fields"])
}

/// The standard fields, then the custom ones of a reply: a bare array or `{custom_fields: […]}`,
/// members called `name` or `kind`.
pub(super) fn read(reply: &Reply) -> Answer<Vec<AccountField>> {
    reply::read(reply, reply::NotFound::Stops, |body| {
        let body: Value = serde_json::from_slice(body).ok()?;
        let customs = match &body {
            Value::Array(customs) => customs.as_slice(),
            Value::Object(object) => match object.get("custom_fields")? {
                Value::Array(customs) => customs.as_slice(),
                Value::Null => &[],
                _ => return None,
            },
            _ => return None,
        };
        let mut fields: Vec<AccountField> = STANDARD.iter().map(|name| standard(name)).collect();
        for custom in customs.iter().filter_map(custom) {
            if !fields.iter().any(|field| field.target == custom.target) {
                fields.push(custom);
            }
        }
        Some(fields)
    })
}

fn standard(name: &str) -> AccountField {
    AccountField::new(Target::Standard(name.to_owned()), FieldType::Text, name.to_owned())
}

/// A custom field, unless it is deleted, of an unknown type, or cannot be named.
fn custom(value: &Value) -> Option<AccountField> {
    let text = |keys: [&str; 2]| keys.iter().find_map(|key| value.get(key)?.as_str());
    let name = text(["name", "kind"])?;
    let word = text(["fieldType", "field_type"])?;
    if value.get("deleted").is_some_and(|deleted| deleted != &Value::Bool(false) && !deleted.is_null()) {
        return None;
    }
    let kind = match word {
        "string" => FieldType::Text,
        "integer" => FieldType::Integer,
        "float" => FieldType::Float,
        "boolean" => FieldType::Boolean,
        "date" => FieldType::Date,
        _ => return None,
    };
    let target = Target::Custom(name.to_owned());
    if unusable(&target).is_some() {
        return None;
    }
    Some(AccountField::new(target, kind, format!("{word}--{}", name.replace(' ', "--"))))
}

/// Why a field cannot be matched at all.
pub(super) fn unusable(target: &Target) -> Option<String> {
    match target {
        Target::Standard(name) => unusable_standard(name),
        Target::Custom(name) => unusable_custom(name),
    }
}

fn unusable_standard(name: &str) -> Option<String> {
    if STANDARD.contains(&name) {
        return None;
    }
    let is = |keys: &[&str]| keys.iter().any(|key| key.eq_ignore_ascii_case(name));
    Some(if name.eq_ignore_ascii_case("unsubscribed") {
        "Segue never sends “unsubscribed”: no export can opt anybody in or out.".to_owned()
    } else if is(&CONTROL) || name.starts_with('_') {
        format!("“{name}” is a command to the account, not a field.")
    } else if is(&READ_ONLY) {
        format!("“{name}” is written by the account only.")
    } else if let Some(meant) = STANDARD.iter().find(|standard| standard.eq_ignore_ascii_case(name)) {
        format!("There is no field “{name}”; “{meant}” is meant, perhaps.")
    } else {
        format!("There is no standard field “{name}”; a field made in the account is custom:{name}.")
    })
}

fn unusable_custom(name: &str) -> Option<String> {
    if name.trim().is_empty() {
        Some("A custom field has a name.".to_owned())
    } else if name.trim() != name {
        Some("The name of a custom field neither begins nor ends with a blank.".to_owned())
    } else if name.contains("--") {
        Some("A custom field with “--” in its name cannot be told apart from one with a blank; rename it in the account.".to_owned())
    } else if name.chars().any(char::is_control) {
        Some("The name of a custom field has no tab, line break or other control character.".to_owned())
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_body(body: &'static str) -> Answer<Vec<AccountField>> {
        read(&Reply { status: 200, body: body.into(), ..Reply::default() })
    }

    fn customs(body: &'static str) -> Vec<(String, FieldType, String)> {
        let Answer::Accepted(fields) = read_body(body) else { panic!("{body}") };
        assert_eq!(fields[..22].iter().filter(|field| field.target.is_email()).count(), 1);
        fields[22..].iter().map(|field| (field.target.to_string(), field.kind, field.key.clone())).collect()
    }

    #[test]
    fn both_shapes_and_both_names_are_read() {
        let wanted =
            vec![("custom:NPS Rating".to_owned(), FieldType::Integer, "integer--NPS--Rating".to_owned())];
        assert_eq!(customs(r#"[{"name":"NPS Rating","fieldType":"integer"}]"#), wanted);
        assert_eq!(
            customs(r#"{"custom_fields":[{"kind":"NPS Rating","fieldType":"integer","deleted":false}]}"#),
            wanted
        );
        assert_eq!(
            customs(
                r#"[{"name":"NPS Rating","fieldType":"integer"},{"name":"NPS Rating","fieldType":"string"}]"#
            ),
            wanted
        );
    }

    #[test]
    fn what_cannot_be_sent_is_left_out() {
        for body in [
            "[]",
            r#"{"custom_fields":null}"#,
            r#"[{"name":"Old","fieldType":"string","deleted":true}]"#,
            r#"[{"name":"Place","fieldType":"geo"},{"fieldType":"string"},{"name":"x"},7,null]"#,
            r#"[{"name":"a--b","fieldType":"string"},{"name":" a","fieldType":"string"},{"name":"","fieldType":"string"}]"#,
        ] {
            assert_eq!(customs(body), [], "{body}");
        }
        for body in ["", "null", "{}", "7", "<html>", r#"{"custom_fields":{}}"#] {
            assert!(matches!(read_body(body), Answer::Unknown { .. }), "{body}");
        }
    }

    #[test]
    fn only_fields_can_be_matched() {
        for name in STANDARD {
            assert_eq!(unusable(&Target::from(name.to_owned())), None);
        }
        assert_eq!(unusable(&Target::from("custom:NPS Rating".to_owned())), None);
        for name in [
            "unsubscribed",
            "Unsubscribed",
            "_NewEmail",
            "_newemail",
            "_autopilot_list",
            "_autopilot_session_id",
            "notify",
            "_anything",
            "contact_id",
            "created_at",
            "updated_at",
            "lists",
            "Name",
            "type",
            "api_originated",
            "custom",
            "firstname",
            "Birthday",
            "",
            " Email",
            "custom:",
            "custom: ",
            "custom:a--b",
            "custom:a\tb",
            "custom: a",
            "custom:a ",
        ] {
            let sentence = unusable(&Target::from(name.to_owned())).expect(name);
            assert!(
                sentence.ends_with('.') && sentence.len() > 20 || sentence.contains("custom:"),
                "{name}: {sentence}"
            );
        }
        assert!(unusable(&Target::from("firstname".to_owned())).unwrap().contains("FirstName"));
    }
}
