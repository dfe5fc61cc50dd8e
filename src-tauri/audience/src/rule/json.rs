//! JSON one layer at a time. What lies deeper stays text until its turn comes, so that nothing recurses
//! before the depth is known, and every name is seen, also one that stands there twice.

use std::fmt;

use segue_engine::error::{Code, Error, Result};
use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::refuse::{refuse, shown};

/// The longest rule in bytes.
const LONGEST: usize = 1 << 20;

/// Checks that a text is one JSON value and not too long.
pub(crate) fn check(text: &str) -> Result<()> {
    if text.len() > LONGEST {
        return Err(Error::new(Code::BadPredicate, "The rule is longer than 1 MB.")
            .help("Use a condition with `--where`, or fewer values."));
    }
    serde_json::from_str::<IgnoredAny>(text).map(drop).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Error::new(
            Code::BadPredicate,
            format!("The rule cannot be used: it is not JSON (line {line}, column {column})."),
        )
        .help("Look there for a missing comma, quote or bracket.")
    })
}

/// Whether a raw value says nothing: `null` or an empty list.
pub(crate) fn is_empty(raw: &RawValue) -> bool {
    let text = raw.get();
    text == "null"
        || (text.starts_with('[')
            && text.get(1..text.len().saturating_sub(1)).is_some_and(|text| text.trim().is_empty()))
}

/// A text.
pub(crate) fn text(raw: &RawValue, place: &str) -> Result<String> {
    serde_json::from_str(raw.get())
        .map_err(|_| refuse(place, "a text is needed").help("Write it in double quotes."))
}

/// True or false.
pub(crate) fn truth(raw: &RawValue, place: &str) -> Result<bool> {
    serde_json::from_str(raw.get()).map_err(|_| refuse(place, "true or false is needed"))
}

/// The items of a list.
pub(crate) fn list<'a>(raw: &'a RawValue, place: &str) -> Result<Vec<&'a RawValue>> {
    serde_json::from_str(raw.get()).map_err(|_| refuse(place, "a list is needed").help("Write [ … ]."))
}

/// The members of an object, in their order, each name once. A member that is `null` is as if it
/// were not there.
pub(crate) fn object<'a>(raw: &'a RawValue, place: &str) -> Result<Vec<(String, &'a RawValue)>> {
    let Object(members) = serde_json::from_str(raw.get())
        .map_err(|_| refuse(place, "an object is needed").help("Write { … }."))?;
    let mut names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    if let Some(twice) =
        names.windows(2).find_map(|pair| pair.first().filter(|first| pair.last() == Some(first)))
    {
        return Err(refuse(place, format!("“{}” stands there twice", shown(twice))).help("Keep one of them."));
    }
    Ok(members.into_iter().filter(|(_, raw)| raw.get() != "null").collect())
}

struct Object<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Object<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> std::result::Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry::<String, &'de RawValue>()? {
                    members.push(member);
                }
                Ok(Object(members))
            }
        }
        from.deserialize_map(Members)
    }
}
