//! Names and places of people who do not exist, with everything that names bring along.

/// First names, some with letters that a careless program loses.
pub(super) const FIRST: &[&str] = &[
    "Åsa",
    "Anna",
    "Björn",
    "Elin",
    "Erik",
    "Gunnar",
    "Ingrid",
    "Jörgen",
    "Karin",
    "Lars",
    "Maja",
    "Nils",
    "Örjan",
    "Sofia",
    "Ulla",
    "Zoë",
    "Alice",
    "Ben",
    "Charlotte",
    "Dylan",
    "Emily",
    "George",
    "Harriet",
    "Isla",
    "Jack",
    "Liam",
    "Moira",
    "Noah",
    "Olivia",
    "Siân",
    "Thomas",
    "Mia 🌻",
];

/// Last names, some with an apostrophe or a hyphen.
pub(super) const LAST: &[&str] = &[
    "O'Brien",
    "Åkesson",
    "Andersson",
    "Bergström",
    "Dahl",
    "Ek",
    "Forsberg",
    "Gustafsson",
    "Håkansson",
    "Lindqvist",
    "Nyström",
    "Öberg",
    "Sjöberg",
    "Wallin",
    "Clarke",
    "Davies",
    "Evans",
    "Fletcher",
    "Hughes",
    "MacLeod",
    "Patel",
    "Smith-Jones",
    "Taylor",
    "Whitaker",
    "d'Arcy",
];

/// Places; the first is a segment.
pub(super) const CITIES: &[&str] =
    &["Stockholm", "Göteborg", "Malmö", "Uppsala", "Luleå", "London", "Leeds", "Bristol", "Edinburgh"];

/// The domains that are set aside for examples.
pub(super) const DOMAINS: &[&str] = &["example.com", "example.org", "example.net"];

/// The letters of a name that go into an address.
pub(super) fn letters(name: &str) -> String {
    name.chars()
        .filter_map(|c| match c {
            'å' | 'ä' | 'Å' | 'Ä' | 'â' => Some('a'),
            'ö' | 'Ö' => Some('o'),
            'ë' => Some('e'),
            _ if c.is_ascii_alphabetic() => Some(c.to_ascii_lowercase()),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leaves_letters_for_an_address() {
        assert_eq!(letters("Åsa"), "asa");
        assert_eq!(letters("O'Brien"), "obrien");
        assert_eq!(letters("Mia 🌻"), "mia");
        assert!(FIRST.iter().chain(LAST).all(|name| !letters(name).is_empty()), "no empty part");
    }
}
