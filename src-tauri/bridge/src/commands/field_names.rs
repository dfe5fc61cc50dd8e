//! What people call the fields of an account: the vendor's own word, taken apart.

use segue_engine::model::Target;

/// The name of a field as people see it.
pub(super) fn shown(target: &Target) -> String {
    match target {
        Target::Custom(name) => name.clone(),
        // A name of its own, which is no two words.
        Target::Standard(name) if name == "LinkedIn" => name.clone(),
        // Ortto names its fields by ids.
        Target::Standard(name) if name.contains(':') => {
            by_id(name).map_or_else(|| name.clone(), str::to_owned)
        }
        Target::Standard(name) => apart(name),
    }
}

/// What Ortto calls the fields that each of its accounts has (destination-api.md 3.2).
fn by_id(id: &str) -> Option<&'static str> {
    Some(match id {
        "str::ei" => "External ID",
        "phn::phone" => "Phone number",
        "geo::city" => "City",
        "geo::region" => "Region",
        "geo::country" => "Country",
        "str::postal" => "Postal code",
        "dtz::b" => "Birthday",
        "str::language" => "Language",
        "bol::gdpr" => "GDPR",
        _ => return None,
    })
}

/// `MailingPostalCode` and `owner_name` as words, the first with a capital letter.
fn apart(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if words.is_empty() {
            words.extend(letter.to_uppercase());
        } else if letter == '_' {
            words.push(' ');
        } else if letter.is_uppercase() {
            words.push(' ');
            words.extend(letter.to_lowercase());
        } else {
            words.push(letter);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_named_in_words() {
        for (target, name) in [
            ("Email", "Email"),
            ("FirstName", "First name"),
            ("MailingPostalCode", "Mailing postal code"),
            ("NumberOfEmployees", "Number of employees"),
            ("owner_name", "Owner name"),
            ("LinkedIn", "LinkedIn"),
            ("phn::phone", "Phone number"),
            ("str:cm:shoe-size", "str:cm:shoe-size"),
            ("custom:NPS rating", "NPS rating"),
        ] {
            assert_eq!(shown(&Target::from(target.to_owned())), name);
        }
    }
}
