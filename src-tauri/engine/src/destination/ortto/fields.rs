//! Fields: those that every account has, those that its users made, and what is never sent
//! (destination-api.md 3.2).

use serde_json::Value;

use super::super::{Answer, Reply, Request};
use super::contacts::array;
use super::post::post;
use super::words;
use crate::model::{AccountField, FieldType, Target};

/// The field of the address.
pub(super) const EMAIL: &str = "str::email";
/// The account's own id of a person.
pub(super) const PERSON: &str = "str::person_id";
/// The tags of a person, which are read only by this id.
pub(super) const TAGS: &str = "u4s::t";

/// The fields of every account that can be sent: how `--match` names it, its id, its type.
pub(super) const STANDARD: [(&str, &str, FieldType); 12] = [
    (Target::EMAIL, EMAIL, FieldType::Text),
    ("FirstName", "str::first", FieldType::Text),
    ("LastName", "str::last", FieldType::Text),
    ("str::ei", "str::ei", FieldType::Text),
    ("phn::phone", "phn::phone", FieldType::Phone),
    ("geo::city", "geo::city", FieldType::Place),
    ("geo::region", "geo::region", FieldType::Place),
    ("geo::country", "geo::country", FieldType::Place),
    ("str::postal", "str::postal", FieldType::Text),
    ("dtz::b", "dtz::b", FieldType::Date),
    ("str::language", "str::language", FieldType::Text),
    ("bol::gdpr", "bol::gdpr", FieldType::Boolean),
];

/// What permits mail and messages, the texts that go with it, and other products' words for it: no export may
/// opt anybody in or out (product.md, rule 7).
const PERMISSIONS: [&str; 10] = [
    "bol::p",
    "bol::sp",
    "str::u-ctx",
    "str::s-ctx",
    "str::soi-ctx",
    "str::soo-ctx",
    "unsubscribed",
    "subscribed",
    "email_permissions",
    "sms_permissions",
];

/// Names that classic Autopilot and people have for fields, and the field of Ortto that is meant.
const MEANT: [(&str, &str); 20] = [
    (EMAIL, Target::EMAIL),
    ("First", "FirstName"),
    ("Last", "LastName"),
    ("ExternalId", "str::ei"),
    ("Phone", "phn::phone"),
    ("MobilePhone", "phn::phone"),
    ("Mobile", "phn::phone"),
    ("City", "geo::city"),
    ("MailingCity", "geo::city"),
    ("Region", "geo::region"),
    ("State", "geo::region"),
    ("MailingState", "geo::region"),
    ("Country", "geo::country"),
    ("MailingCountry", "geo::country"),
    ("PostalCode", "str::postal"),
    ("MailingPostalCode", "str::postal"),
    ("Birthday", "dtz::b"),
    ("BirthDate", "dtz::b"),
    ("Language", "str::language"),
    ("GDPR", "bol::gdpr"),
];

pub(super) fn ask() -> Request {
    post(&["person", "custom-field", "get"], "{}")
}

/// The standard fields, then the custom ones of a reply. Of two custom fields with one name or one id the
/// first stands.
pub(super) fn read(reply: &Reply) -> Answer<Vec<AccountField>> {
    words::read(reply, |body| {
        let body: Value = serde_json::from_slice(body).ok()?;
        let customs = array(body.get("fields")?)?;
        let mut fields: Vec<AccountField> = STANDARD
            .iter()
            .map(|&(name, id, kind)| {
                AccountField::new(Target::Standard(name.to_owned()), kind, id.to_owned())
            })
            .collect();
        for custom in customs.iter().filter_map(custom) {
            if !fields.iter().any(|field| field.target == custom.target || field.key == custom.key) {
                fields.push(custom);
            }
        }
        Some(fields)
    })
}

/// A custom field, unless it cannot be named or its values cannot be sent. Its id is the account's own, never
/// made from its name.
fn custom(entry: &Value) -> Option<AccountField> {
    let field = entry.get("field").unwrap_or(entry);
    let text = |key: &str| field.get(key).and_then(Value::as_str);
    let id = text("id").filter(|id| is_custom(id))?;
    let target = Target::Custom(text("name")?.trim().to_owned());
    if unusable(&target).is_some() {
        return None;
    }
    let kind = match text("display_type")? {
        "text" | "email" | "link" => FieldType::Text,
        "large_text" => FieldType::LongText,
        "single_select" => FieldType::Choice,
        "multi_select" => FieldType::Choices,
        "integer" => FieldType::Integer,
        "decimal" | "currency" => FieldType::Decimal,
        "date" => FieldType::Date,
        "time" => FieldType::Time,
        "bool" => FieldType::Boolean,
        "phone" => FieldType::Phone,
        "geo" if id.starts_with("geo:") => FieldType::Place,
        _ => return None,
    };
    let choices = match (kind, field.get("dic_items")) {
        (FieldType::Choice | FieldType::Choices, Some(Value::Array(items))) => {
            items.iter().filter_map(choice).collect()
        }
        _ => Vec::new(),
    };
    Some(AccountField { choices, ..AccountField::new(target, kind, id.to_owned()) })
}

/// What may be chosen: a text, or an object that has one.
fn choice(item: &Value) -> Option<String> {
    let text = match item {
        Value::Object(item) => ["value", "name", "label"].iter().find_map(|key| item.get(*key)?.as_str())?,
        item => item.as_str()?,
    };
    (!text.trim().is_empty()).then(|| text.to_owned())
}

/// Whether an id is of a field that an account's users made: `str:cm:shoe-size`. Objects cannot be sent.
fn is_custom(id: &str) -> bool {
    let mut parts = id.split(':');
    let (Some(prefix), Some("cm"), Some(name), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let plain = |octet: u8| octet.is_ascii_lowercase() || octet.is_ascii_digit();
    let named = !name.is_empty() && !name.chars().any(|letter| letter.is_whitespace() || letter.is_control());
    prefix.len() == 3 && prefix.bytes().all(plain) && prefix != "obj" && named
}

/// Whether values may travel under this id: it is one of the fields above, or one that users made. The address
/// and the account's id of a person are the call's own.
pub(super) fn is_sendable(id: &str) -> bool {
    id != EMAIL && (STANDARD.iter().any(|(_, known, _)| *known == id) || is_custom(id))
}

/// Why a field cannot be matched at all.
pub(super) fn unusable(target: &Target) -> Option<String> {
    match target {
        Target::Standard(name) => unusable_standard(name),
        Target::Custom(name) => unusable_custom(name),
    }
}

fn unusable_standard(name: &str) -> Option<String> {
    if STANDARD.iter().any(|(word, _, _)| *word == name) || is_sendable(name) {
        return None;
    }
    let is = |key: &str| key.eq_ignore_ascii_case(name.trim());
    let words = STANDARD.iter().flat_map(|(word, id, _)| [(*word, *word), (*id, *word)]);
    let meant = MEANT.iter().copied().chain(words).find(|(known, _)| is(known));
    Some(if PERMISSIONS.iter().any(|key| is(key)) {
        format!("Segue never sends “{name}”: no export can opt anybody in or out.")
    } else if is(TAGS) || is("tags") {
        "Tags are not a field: each segment of an export puts its own on people.".to_owned()
    } else if is(PERSON) {
        format!("“{name}” is written by the account only.")
    } else if let Some((_, meant)) = meant {
        format!("There is no field “{name}” in Ortto; “{meant}” is meant, perhaps.")
    } else if name.starts_with("obj:") {
        format!("“{name}” holds objects, which no cell can fill.")
    } else {
        format!("There is no standard field “{name}” in Ortto; a field made in the account is custom:{name}.")
    })
}

fn unusable_custom(name: &str) -> Option<String> {
    if name.trim().is_empty() {
        Some("A custom field has a name.".to_owned())
    } else if name.trim() != name {
        Some("The name of a custom field neither begins nor ends with a blank.".to_owned())
    } else if name.chars().any(char::is_control) {
        Some("The name of a custom field has no tab, line break or other control character.".to_owned())
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_body(body: &str) -> Answer<Vec<AccountField>> {
        read(&Reply { status: 200, body: body.to_owned().into(), ..Reply::default() })
    }

    fn customs(body: &str) -> Vec<AccountField> {
        let Answer::Accepted(mut fields) = read_body(body) else { panic!("{body}") };
        assert_eq!(fields.iter().filter(|field| field.target.is_email()).count(), 1, "{body}");
        fields.split_off(STANDARD.len())
    }

    fn entry(id: &str, name: &str, display_type: &str) -> Value {
        serde_json::json!({
            "field": { "id": id, "name": name, "display_type": display_type, "liquid_name": "people.custom.x" },
            "tracked_value": true,
        })
    }

    fn one(id: &str, name: &str, display_type: &str) -> Option<AccountField> {
        let mut fields =
            customs(&serde_json::json!({ "fields": [entry(id, name, display_type)] }).to_string());
        assert!(fields.len() < 2);
        fields.pop()
    }

    fn why(target: &str) -> Option<String> {
        unusable(&Target::from(target.to_owned()))
    }

    #[test]
    fn every_type_has_its_kind() {
        for (id, word, kind) in [
            ("str:cm:a", "text", FieldType::Text),
            ("str:cm:a", "email", FieldType::Text),
            ("str:cm:a", "link", FieldType::Text),
            ("txt:cm:a", "large_text", FieldType::LongText),
            ("str:cm:a", "single_select", FieldType::Choice),
            ("sst:cm:a", "multi_select", FieldType::Choices),
            ("int:cm:a", "integer", FieldType::Integer),
            ("int:cm:a", "decimal", FieldType::Decimal),
            ("int:cm:a", "currency", FieldType::Decimal),
            ("dtz:cm:a", "date", FieldType::Date),
            ("tme:cm:a", "time", FieldType::Time),
            ("bol:cm:a", "bool", FieldType::Boolean),
            ("phn:cm:a", "phone", FieldType::Phone),
            ("geo:cm:a", "geo", FieldType::Place),
        ] {
            let wanted = AccountField::new(Target::Custom("Skor & Å".to_owned()), kind, id.to_owned());
            assert_eq!(one(id, " Skor & Å ", word), Some(wanted), "{word}");
        }
    }

    #[test]
    fn what_cannot_be_sent_is_left_out() {
        for (id, name, word) in [
            ("obj:cm:a", "A", "object"),
            ("obj:cm:a", "A", "text"),
            ("str:cm:a", "A", "geo"),
            ("str:cm:a", "A", "price"),
            ("str:cm:a", "", "text"),
            ("str:cm:a", " \t", "text"),
            ("str:cm:a", "A\u{7}", "text"),
            ("bol::p", "Permission", "bool"),
            ("bol::sp", "Permission", "bool"),
            ("str::u-ctx", "Context", "text"),
            ("u4s::t", "Tags", "multi_select"),
            ("str::first", "First", "text"),
            ("str::email", "Mail", "email"),
            ("str::person_id", "Id", "text"),
            ("str:oc:a", "Organization", "text"),
            ("str:cm:", "A", "text"),
            ("str:cm:a:b", "A", "text"),
            ("str:cm:a b", "A", "text"),
            ("STR:cm:a", "A", "text"),
            ("cm:a", "A", "text"),
            ("", "A", "text"),
        ] {
            assert_eq!(one(id, name, word), None, "{id} {name} {word}");
        }
        for body in [
            r#"{"fields":null}"#,
            r#"{"fields":[]}"#,
            r#"{"fields":[7,null,"x",[],{},{"field":null},{"field":{"id":"str:cm:a"}},{"field":{"id":1,"name":2}}]}"#,
        ] {
            assert_eq!(customs(body), [], "{body}");
        }
        for body in ["", "null", "[]", "{}", "7", "<html>", r#"{"fields":{}}"#, r#"{"fields":"x"}"#] {
            assert!(matches!(read_body(body), Answer::Unknown { .. }), "{body}");
        }
    }

    #[test]
    fn choices_are_read_in_every_shape() {
        let items = r#"["A"," b ",{"name":"C"},{"value":"D","name":"d"},{"label":"E"},{"id":1},"",7,null]"#;
        let field = |kind: &str, items: &str| {
            customs(&format!(
                r#"{{"fields":[{{"id":"str:cm:a","name":"A","display_type":"{kind}","dic_items":{items}}}]}}"#
            ))
        };
        for kind in ["single_select", "multi_select"] {
            assert_eq!(field(kind, items)[0].choices, ["A", " b ", "C", "D", "E"]);
            for none in ["null", "[]", "{}", "\"A\""] {
                assert_eq!(field(kind, none)[0].choices, [""; 0], "{none}");
            }
        }
        assert_eq!(field("text", items)[0].choices, [""; 0]);
    }

    #[test]
    fn the_first_of_a_name_or_an_id_stands() {
        let body = serde_json::json!({ "fields": [
            entry("str:cm:a", "A", "text"),
            entry("int:cm:a-1", "A", "integer"),
            entry("str:cm:a", "B", "text"),
            entry("str:cm:c", "FirstName", "text"),
        ] });
        let found = customs(&body.to_string());
        let found: Vec<_> =
            found.iter().map(|field| (field.target.to_string(), field.key.as_str())).collect();
        let wanted = [("custom:A".to_owned(), "str:cm:a"), ("custom:FirstName".to_owned(), "str:cm:c")];
        assert_eq!(found, wanted);
    }

    #[test]
    fn only_fields_can_be_matched() {
        for (word, id, _) in STANDARD {
            assert_eq!(why(word), None, "{word}");
            assert_eq!(why(id).is_some(), id == EMAIL, "{id}");
        }
        for name in
            ["custom:NPS", "custom:a--b", "str:cm:shoe-size", "int:cm:a_1", "sst:cm:märken", "u4s:cm:x"]
        {
            assert_eq!(why(name), None, "{name}");
        }
        for (name, hint) in [
            ("email", "“Email”"),
            (" Email", "“Email”"),
            ("str::email", "“Email”"),
            ("firstname", "“FirstName”"),
            ("STR::LAST", "“LastName”"),
            ("Phone", "“phn::phone”"),
            ("MobilePhone", "“phn::phone”"),
            ("MailingCity", "“geo::city”"),
            ("MailingState", "“geo::region”"),
            ("mailingcountry", "“geo::country”"),
            ("MailingPostalCode", "“str::postal”"),
            ("Birthday", "“dtz::b”"),
            ("BOL::GDPR", "“bol::gdpr”"),
            ("Company", "custom:Company"),
            ("NumberOfEmployees", "custom:NumberOfEmployees"),
            ("bol::p", "never"),
            ("BOL::P ", "never"),
            ("bol::sp", "never"),
            ("str::u-ctx", "never"),
            ("str::s-ctx", "never"),
            ("str::soi-ctx", "never"),
            ("str::soo-ctx", "never"),
            ("unsubscribed", "never"),
            ("u4s::t", "segment"),
            ("tags", "segment"),
            ("str::person_id", "only"),
            ("obj:cm:x", "objects"),
            ("str:cm:", "no standard field"),
            ("str:cm:a b", "no standard field"),
            ("str:oc:name", "no standard field"),
            ("", "no standard field"),
            ("custom:", "name"),
            ("custom: ", "name"),
            ("custom: a", "blank"),
            ("custom:a\tb", "control"),
        ] {
            let sentence = why(name).unwrap_or_default();
            assert!(sentence.contains(hint), "{name}: {sentence}");
            assert!(sentence.ends_with('.') || sentence.ends_with(&format!("custom:{name}.")), "{sentence}");
        }
    }

    #[test]
    fn nothing_that_permits_can_be_sent() {
        for id in PERMISSIONS.into_iter().chain([EMAIL, PERSON, TAGS, "", "Email", "FirstName", "obj:cm:a"]) {
            assert!(!is_sendable(id), "{id}");
        }
    }
}
