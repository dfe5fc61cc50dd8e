//! What a model says of the type of a column.

use crate::value::{Possible, boolean, timestamp};

/// A type that a column has because somebody said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Declared {
    /// Nothing, or nothing that is known: its cells tell.
    Unsaid,
    /// `string`, `GUID`, `JSON`.
    Text,
    /// `int64`.
    Integer,
    /// `double`, `decimal`.
    Number,
    /// `boolean`.
    Boolean,
    /// `dateTime`, `dateTimeOffset`.
    Moment,
}

impl Declared {
    /// By the `dataType` of an attribute, in any letter case: programs differ in it.
    pub(super) fn of(kind: Option<&str>) -> Self {
        match kind.unwrap_or_default().to_ascii_lowercase().as_str() {
            "string" | "guid" | "json" => Self::Text,
            "int64" => Self::Integer,
            "double" | "decimal" => Self::Number,
            "boolean" => Self::Boolean,
            "datetime" | "datetimeoffset" => Self::Moment,
            _ => Self::Unsaid,
        }
    }

    /// Whether it is written in another way in other countries.
    pub(super) fn has_culture(self) -> bool {
        matches!(self, Self::Number | Self::Moment)
    }

    /// What its cells can be; `None`: they tell.
    pub(crate) fn possible(self) -> Option<Possible> {
        match self {
            Self::Unsaid => None,
            Self::Text => Some(Possible::NONE),
            Self::Integer => Some(Possible::INTEGER.or(Possible::FLOAT)),
            Self::Number => Some(Possible::FLOAT),
            Self::Boolean => Some(Possible::BOOLEAN),
            Self::Moment => Some(Possible::TIMESTAMP),
        }
    }

    /// Whether a cell that is not blank is of this type. A number with more digits than Segue counts
    /// with is: its column becomes text, so that no digit is lost.
    pub(crate) fn admits(self, cell: &[u8]) -> bool {
        let text = || std::str::from_utf8(cell).unwrap_or_default();
        match self {
            Self::Unsaid | Self::Text => true,
            Self::Integer => text().parse::<i64>().is_ok(),
            // Rust would take “inf” and “NaN” as well.
            Self::Number => {
                cell.iter().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(byte))
                    && text().parse::<f64>().is_ok_and(f64::is_finite)
            }
            Self::Boolean => boolean(cell).is_some(),
            Self::Moment => timestamp(cell).is_some(),
        }
    }

    /// What a value of this type is, for people.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Unsaid | Self::Text => "text",
            Self::Integer => "a whole number",
            Self::Number => "a number with a point",
            Self::Boolean => "true or false",
            Self::Moment => "a date in ISO 8601",
        }
    }
}
