//! Text to a syntax tree, within limits.

use std::sync::atomic::{AtomicUsize, Ordering};

use datafusion::sql::sqlparser::ast::Expr;
use datafusion::sql::sqlparser::dialect::Dialect;
use datafusion::sql::sqlparser::parser::{Parser, ParserError};
use datafusion::sql::sqlparser::tokenizer::{
    Span, Token, TokenWithSpan, Tokenizer, TokenizerError, Whitespace,
};
use segue_engine::error::{Code, Error, Result};

use super::refuse::{not_possible, refuse};

/// The longest condition in bytes.
const LONGEST: usize = 100_000;
/// The most words and signs, values and commas not counted: it bounds the depth of chains.
const MOST_TOKENS: usize = 2_000;
/// How deep the parser may go: more than the depth that the walk allows.
const RECURSION: usize = 160;

/// How often the parser may begin anew for each token. It tries some words twice, and what it tries
/// twice in what it tries twice takes for ever.
const STEPS: usize = 8;

/// Plain SQL with letters of all languages in names, and an end to trying.
#[derive(Debug)]
struct Conditions {
    steps: AtomicUsize,
}

impl Dialect for Conditions {
    fn is_identifier_start(&self, ch: char) -> bool {
        ch.is_alphabetic() || ch == '_'
    }

    fn is_identifier_part(&self, ch: char) -> bool {
        ch.is_alphanumeric() || ch == '_'
    }

    fn is_delimited_identifier_start(&self, ch: char) -> bool {
        ch == '"'
    }

    fn parse_prefix(&self, _: &mut Parser<'_>) -> Option<std::result::Result<Expr, ParserError>> {
        let left = self.steps.load(Ordering::Relaxed);
        self.steps.store(left.saturating_sub(1), Ordering::Relaxed);
        (left == 0).then_some(Err(ParserError::RecursionLimitExceeded))
    }
}

/// Parses one expression and nothing after it.
pub(crate) fn parse(text: &str) -> Result<Expr> {
    if text.len() > LONGEST {
        return Err(Error::new(Code::BadPredicate, "The condition is longer than 100,000 bytes.")
            .help("Use a file that lists the members instead."));
    }
    if text.trim().is_empty() {
        return Err(
            Error::new(Code::BadPredicate, "The condition is empty.").help("Use `true` for everybody.")
        );
    }
    let mut dialect = Conditions { steps: AtomicUsize::new(0) };
    let tokens =
        Tokenizer::new(&dialect, text).tokenize_with_location().map_err(|error| untokenized(&error))?;
    limit(&tokens)?;
    dialect.steps = AtomicUsize::new(tokens.len() * STEPS);
    let mut parser = Parser::new(&dialect).with_recursion_limit(RECURSION).with_tokens_with_locations(tokens);
    let tree = parser.parse_expr().map_err(|error| translated(&error))?;
    let rest = parser.peek_token();
    match rest.token {
        Token::EOF => Ok(tree),
        Token::SemiColon => Err(refuse(rest.span, "only one expression is allowed, and no “;”")),
        token => Err(refuse(rest.span, format!("{} cannot follow here", shown(&token)))
            .help("Join conditions with AND or OR; put texts in single quotes and names with blanks in double quotes.")),
    }
}

fn limit(tokens: &[TokenWithSpan]) -> Result<()> {
    let mut count = 0;
    let mut before = &Token::EOF;
    for TokenWithSpan { token, span } in tokens {
        match token {
            Token::Whitespace(Whitespace::SingleLineComment { .. } | Whitespace::MultiLineComment(_)) => {
                return Err(not_possible(*span, "comments are"));
            }
            Token::Placeholder(_) => return Err(not_possible(*span, "placeholders are")),
            Token::Whitespace(_) | Token::Comma | Token::Number(..) | Token::SingleQuotedString(_) => {}
            // The sign of a number in a list.
            Token::Minus if matches!(before, Token::Comma | Token::LParen) => {}
            _ => count += 1,
        }
        if count > MOST_TOKENS {
            return Err(refuse(*span, "it has more than 2,000 words and signs")
                .help("Use IN (…) for many values, or a file that lists the members."));
        }
        if !matches!(token, Token::Whitespace(_)) {
            before = token;
        }
    }
    Ok(())
}

fn translated(error: &ParserError) -> Error {
    match error {
        ParserError::RecursionLimitExceeded => {
            Error::new(Code::BadPredicate, "The condition is nested more than 64 deep.").help("Simplify it.")
        }
        ParserError::TokenizerError(message) | ParserError::ParserError(message) => {
            // “Expected: an expression, found: x at Line: 1, Column: 5”: x may be a text in quotes.
            let (what, place) = message.rsplit_once(" at Line: ").unwrap_or((message, ""));
            let what = what.split_once(", found: ").map_or(what, |(expected, _)| expected);
            let expected = what.strip_prefix("Expected: ").filter(|expected| !expected.contains('\''));
            let place = match place.split_once(", Column: ") {
                Some((line, column)) => format!(" (line {line}, column {column})"),
                None => String::new(),
            };
            let what = match expected {
                Some(expected) => format!("{expected} is missing{place}"),
                None => format!("it is not SQL{place}"),
            };
            refuse(Span::empty(), what)
                .help("For example: Country = 'SE' AND Orders > 3. Texts stand in single quotes, names with blanks in \
                       double quotes.")
        }
    }
}

/// A token, unless it is a text.
fn shown(token: &Token) -> String {
    match token {
        Token::Word(word) if word.quote_style.is_none() => crate::words::name(&word.value),
        Token::Word(_) => "a name".to_owned(),
        Token::SingleQuotedString(_) => "a text".to_owned(),
        Token::Number(..) => "a number".to_owned(),
        token => crate::words::name(&token.to_string()),
    }
}

fn untokenized(error: &TokenizerError) -> Error {
    let open = error.message.starts_with("Unterminated") || error.message.starts_with("Expected close");
    let what = if open { "a quote is never closed" } else { "it is not SQL" };
    refuse(Span::new(error.location, error.location), what)
        .help("A quote within a text is doubled: 'O''Neil'.")
}
