//! The comparisons that a flat table can answer, by their names, and what each takes.

use segue_engine::error::{Error, Result};

use super::refuse::{refuse, shown};

/// What stands beside an operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    /// Nothing.
    Nothing,
    /// `value`.
    One,
    /// `listOfValues` with two: the bounds.
    Two,
    /// `listOfValues` with at least one.
    Many,
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    IsNull,
    IsNotNull,
    Equals,
    NotEquals,
    Contains,
    StartsWith,
    EndsWith,
    IsIn,
    GreaterThan,
    GreaterThanOrEqualTo,
    LessThan,
    LessThanOrEqualTo,
    IsBetween,
    IsNotBetween,
    IsWithinLast,
    YearToDate,
    DayOf,
    MonthOf,
    YearOf,
    DayOfWeek,
    TimeAt,
}

impl Operator {
    /// Every operator with its name and what it takes.
    pub(crate) const ALL: [(Self, &'static str, Takes); 21] = [
        (Self::IsNull, "isNull", Takes::Nothing),
        (Self::IsNotNull, "isNotNull", Takes::Nothing),
        (Self::Equals, "equals", Takes::One),
        (Self::NotEquals, "notEquals", Takes::One),
        (Self::Contains, "contains", Takes::One),
        (Self::StartsWith, "startsWith", Takes::One),
        (Self::EndsWith, "endsWith", Takes::One),
        (Self::IsIn, "isIn", Takes::Many),
        (Self::GreaterThan, "greaterThan", Takes::One),
        (Self::GreaterThanOrEqualTo, "greaterThanOrEqualTo", Takes::One),
        (Self::LessThan, "lessThan", Takes::One),
        (Self::LessThanOrEqualTo, "lessThanOrEqualTo", Takes::One),
        (Self::IsBetween, "isBetween", Takes::Two),
        (Self::IsNotBetween, "isNotBetween", Takes::Two),
        (Self::IsWithinLast, "isWithinLast", Takes::One),
        (Self::YearToDate, "yearToDate", Takes::Nothing),
        (Self::DayOf, "dayOf", Takes::One),
        (Self::MonthOf, "monthOf", Takes::One),
        (Self::YearOf, "yearOf", Takes::One),
        (Self::DayOfWeek, "dayOfWeek", Takes::One),
        (Self::TimeAt, "timeAt", Takes::One),
    ];

    /// The operator of this name.
    pub(crate) fn named(text: &str, place: &str) -> Result<Self> {
        if let Some((operator, ..)) = Self::ALL.iter().find(|(_, name, _)| *name == text) {
            return Ok(*operator);
        }
        Err(match text {
            "childOf" | "parentOf" => refuse(place, format!("“{text}” needs a hierarchy"))
                .help("An audience is one flat table; compare a column with equals or isIn."),
            "any" | "all" => refuse(place, format!("“{text}” needs related tables"))
                .help("An audience is one flat table; use isIn for a list of values."),
            _ => unknown(text, place),
        })
    }

    pub(crate) fn name(self) -> &'static str {
        self.row().1
    }

    pub(crate) fn takes(self) -> Takes {
        self.row().2
    }

    fn row(self) -> (Self, &'static str, Takes) {
        let found = Self::ALL.into_iter().find(|(operator, ..)| *operator == self);
        // The table has a row for each; a test holds it to that.
        found.unwrap_or((self, "", Takes::Nothing))
    }
}

fn unknown(text: &str, place: &str) -> Error {
    let near = Operator::ALL.iter().find(|(_, name, _)| name.eq_ignore_ascii_case(text));
    refuse(place, format!("there is no comparison “{}”", shown(text))).help(match near {
        Some((_, name, _)) => format!("Did you mean “{name}”?"),
        None => {
            let names: Vec<&str> = Operator::ALL.iter().map(|(_, name, _)| *name).collect();
            format!("There are {}.", names.join(", "))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pages that people and their editors read.
    const SCHEMA: &str = include_str!("../../../../docs/rules/segment-rule.schema.json");
    const PAGE: &str = include_str!("../../../../docs/rules/segment-rules.md");

    #[test]
    fn every_operator_stands_in_the_schema_and_on_the_page() {
        let schema: serde_json::Value = serde_json::from_str(SCHEMA).unwrap();
        let names = schema.pointer("/$defs/comparisonOperator/enum").unwrap().as_array().unwrap();
        let names: Vec<&str> = names.iter().map(|name| name.as_str().unwrap()).collect();
        let ours: Vec<&str> = Operator::ALL.iter().map(|(_, name, _)| *name).collect();
        assert_eq!(names, ours, "the schema lists exactly the operators of the code");
        let rows: Vec<&str> =
            PAGE.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
        assert_eq!(rows, ours, "the page has one row for each operator of the code");
    }

    #[test]
    fn each_is_found_by_its_name() {
        for (operator, name, takes) in Operator::ALL {
            assert_eq!(Operator::named(name, "").unwrap(), operator, "{name}");
            assert_eq!((operator.name(), operator.takes()), (name, takes));
        }
    }
}
