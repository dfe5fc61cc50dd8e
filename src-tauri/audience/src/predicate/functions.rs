//! The plain functions that a condition may call: what they take and what they give.

use datafusion::functions::regex::compile_regex;
use datafusion::functions::{datetime, regex, string, unicode};
use datafusion::logical_expr::{Expr, lit};

use super::rounding;
use super::typed::Kind;

/// A function whose arguments have fixed kinds.
pub(crate) struct Function {
    /// What the arguments are; those beyond `least` may be left out.
    pub(crate) takes: &'static [Kind],
    pub(crate) least: usize,
    pub(crate) gives: Kind,
    pub(crate) build: fn(Vec<Expr>) -> Expr,
}

const TEXT: &[Kind] = &[Kind::Text];
const TEXTS: &[Kind] = &[Kind::Text, Kind::Text];
const TEXT_COUNT: &[Kind] = &[Kind::Text, Kind::Integer];

/// The function of this lower-case name.
pub(crate) fn function(name: &str) -> Option<Function> {
    let make = |takes, least, gives, build| Some(Function { takes, least, gives, build });
    match name {
        "lower" => make(TEXT, 1, Kind::Text, |args| string::lower().call(args)),
        "upper" => make(TEXT, 1, Kind::Text, |args| string::upper().call(args)),
        "initcap" => make(TEXT, 1, Kind::Text, |args| unicode::initcap().call(args)),
        "reverse" => make(TEXT, 1, Kind::Text, |args| unicode::reverse().call(args)),
        "trim" | "btrim" => make(TEXTS, 1, Kind::Text, |args| string::btrim().call(args)),
        "ltrim" => make(TEXTS, 1, Kind::Text, |args| string::ltrim().call(args)),
        "rtrim" => make(TEXTS, 1, Kind::Text, |args| string::rtrim().call(args)),
        "length" | "char_length" | "character_length" => {
            make(TEXT, 1, Kind::Integer, |args| unicode::character_length().call(args))
        }
        "substr" | "substring" => make(&[Kind::Text, Kind::Integer, Kind::Integer], 2, Kind::Text, |args| {
            unicode::substr().call(args)
        }),
        "left" => make(TEXT_COUNT, 2, Kind::Text, |args| unicode::left().call(args)),
        "right" => make(TEXT_COUNT, 2, Kind::Text, |args| unicode::right().call(args)),
        "split_part" => make(&[Kind::Text, Kind::Text, Kind::Integer], 3, Kind::Text, |args| {
            string::split_part().call(args)
        }),
        "replace" => {
            make(&[Kind::Text, Kind::Text, Kind::Text], 3, Kind::Text, |args| string::replace().call(args))
        }
        "translate" => {
            make(&[Kind::Text, Kind::Text, Kind::Text], 3, Kind::Text, |args| unicode::translate().call(args))
        }
        "strpos" | "position" | "instr" => make(TEXTS, 2, Kind::Integer, |args| unicode::strpos().call(args)),
        "starts_with" => make(TEXTS, 2, Kind::Boolean, |args| string::starts_with().call(args)),
        "ends_with" => make(TEXTS, 2, Kind::Boolean, |args| string::ends_with().call(args)),
        "contains" => make(TEXTS, 2, Kind::Boolean, |args| string::contains().call(args)),
        "regexp_like" => make(&[Kind::Text, Kind::Text, Kind::Text], 2, Kind::Boolean, |args| {
            regex::regexp_like().call(args)
        }),
        "abs" => make(&[Kind::Float], 1, Kind::Float, |args| rounding::abs().call(args)),
        "floor" => make(&[Kind::Float], 1, Kind::Float, |args| rounding::floor().call(args)),
        "ceil" | "ceiling" => make(&[Kind::Float], 1, Kind::Float, |args| rounding::ceil().call(args)),
        "round" => make(&[Kind::Float, Kind::Integer], 1, Kind::Float, |mut args| {
            if args.len() == 1 {
                args.push(lit(0_i64));
            }
            rounding::round().call(args)
        }),
        "date_part" => {
            make(&[Kind::Text, Kind::Timestamp], 2, Kind::Integer, |args| datetime::date_part().call(args))
        }
        "date_trunc" => {
            make(&[Kind::Text, Kind::Timestamp], 2, Kind::Timestamp, |args| datetime::date_trunc().call(args))
        }
        _ => None,
    }
}

/// Whether a regular expression with these flags can be used.
pub(crate) fn is_pattern(pattern: &str, flags: Option<&str>) -> bool {
    flags.is_none_or(|flags| flags.chars().all(|flag| "imsxU".contains(flag)))
        && compile_regex(pattern, flags).is_ok()
}

/// What is known but not allowed, with its verb.
pub(crate) fn forbidden(name: &str) -> Option<&'static str> {
    Some(match name {
        "count" | "sum" | "avg" | "min" | "max" | "median" | "stddev" | "var" | "array_agg"
        | "string_agg" | "bool_and" | "bool_or" | "first_value" | "last_value" => {
            "functions over many profiles are"
        }
        "row_number" | "rank" | "dense_rank" | "ntile" | "lag" | "lead" | "percent_rank" | "cume_dist"
        | "nth_value" => "window functions are",
        "random" | "rand" | "uuid" | "gen_random_uuid" | "newid" => {
            "functions that give another value each time are"
        }
        _ => return None,
    })
}
