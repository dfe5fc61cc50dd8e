//! Why a condition cannot be used, and where. Texts in quotes are never repeated: they may be personal.

use datafusion::sql::sqlparser::tokenizer::Span;
use segue_engine::error::{Code, Error};

/// `what` is wrong at `span`.
pub(crate) fn refuse(span: Span, what: impl std::fmt::Display) -> Error {
    let (line, column) = (span.start.line, span.start.column);
    if line == 0 {
        return Error::new(Code::BadPredicate, format!("The condition cannot be used: {what}."));
    }
    Error::new(
        Code::BadPredicate,
        format!("The condition cannot be used: {what} (line {line}, column {column})."),
    )
}

/// `what` is not possible at all in conditions.
pub(crate) fn not_possible(span: Span, what: &str) -> Error {
    refuse(span, format!("{what} not possible in a condition")).help(
        "A condition is one expression over the columns of one profile; see the guide for what it may hold.",
    )
}
