//! Calls of functions, in all the ways that SQL writes them.

use datafusion::logical_expr::expr::Cast;
use datafusion::logical_expr::{Expr, lit};
use datafusion::sql::sqlparser::ast::{
    CeilFloorKind, DateTimeField, Expr as Tree, Function, FunctionArg, FunctionArgExpr, FunctionArgumentList,
    FunctionArguments, ObjectNamePart, Spanned, TrimWhereField,
};
use datafusion::sql::sqlparser::tokenizer::Span;
use segue_engine::error::{Error, Result};

use super::arithmetic::{concatenated, first_filled, null_where_equal};
use super::compare::equal;
use super::functions::{forbidden, function, is_pattern};
use super::refuse::{not_possible, refuse};
use super::typed::{Kind, Typed, common, timestamp};
use super::walk::Walk;
use crate::words::name;

/// The parts of a date that can be asked for.
const PARTS: [&str; 12] = [
    "year",
    "quarter",
    "month",
    "week",
    "day",
    "dow",
    "isodow",
    "doy",
    "hour",
    "minute",
    "second",
    "millisecond",
];
/// The lengths of time that a date can be cut to.
const STEPS: [&str; 8] = ["year", "quarter", "month", "week", "day", "hour", "minute", "second"];

const FUNCTIONS: &str = "Functions are lower, upper, trim, length, substr, left, right, replace, concat, strpos, \
    starts_with, ends_with, contains, regexp_like, coalesce, nullif, abs, round, floor, ceil, now, current_date, \
    date_trunc, date_part, to_date and a few more; see the guide.";

/// A call at this depth.
pub(crate) fn call(walk: Walk<'_>, tree: &Tree, depth: usize) -> Result<Typed> {
    let span = tree.span();
    let deeper = |tree: &Tree| walk.expr(tree, depth + 1);
    match tree {
        Tree::Function(function) => named(walk, function, depth, span),
        Tree::Extract { field, expr, .. } => {
            let field = Typed::new(lit(field.to_string().to_lowercase()), Kind::Text).at(span);
            apply("date_part", vec![field, deeper(expr)?], span)
        }
        Tree::Ceil { expr, field: CeilFloorKind::DateTimeField(field) } if is_plain(field) => {
            apply("ceil", vec![deeper(expr)?], span)
        }
        Tree::Floor { expr, field: CeilFloorKind::DateTimeField(field) } if is_plain(field) => {
            apply("floor", vec![deeper(expr)?], span)
        }
        Tree::Position { expr, r#in } => apply("strpos", vec![deeper(r#in)?, deeper(expr)?], span),
        Tree::Substring { expr, substring_from, substring_for, .. } => {
            let from = match substring_from {
                Some(from) => deeper(from)?,
                None => Typed::new(lit(1_i64), Kind::Integer),
            };
            let mut args = vec![deeper(expr)?, from];
            args.extend(substring_for.as_deref().map(deeper).transpose()?);
            apply("substr", args, span)
        }
        Tree::Trim { trim_where, trim_what, expr, trim_characters } => {
            let which = match trim_where {
                None | Some(TrimWhereField::Both) => "btrim",
                Some(TrimWhereField::Leading) => "ltrim",
                Some(TrimWhereField::Trailing) => "rtrim",
            };
            let mut args = vec![deeper(expr)?];
            args.extend(trim_what.as_deref().map(deeper).transpose()?);
            for tree in trim_characters.iter().flatten() {
                args.push(deeper(tree)?);
            }
            apply(which, args, span)
        }
        _ => Err(not_possible(span, "this call is")),
    }
}

fn is_plain(field: &DateTimeField) -> bool {
    matches!(field, DateTimeField::NoDateTime)
}

fn named(walk: Walk<'_>, function: &Function, depth: usize, span: Span) -> Result<Typed> {
    let [ObjectNamePart::Identifier(ident)] = function.name.0.as_slice() else {
        return Err(not_possible(span, "a function of another schema is"));
    };
    let name = ident.value.to_lowercase();
    // Words such as `user` are read as calls without brackets, but here they are columns.
    if matches!(function.args, FunctionArguments::None)
        && !matches!(name.as_str(), "current_date" | "current_timestamp")
    {
        return walk.names.resolve(ident);
    }
    if function.over.is_some() {
        return Err(not_possible(span, "window functions are"));
    }
    if function.filter.is_some() || !function.within_group.is_empty() {
        return Err(not_possible(span, "functions over many profiles are"));
    }
    if let Some(what) = forbidden(&name) {
        return Err(not_possible(span, what));
    }
    let args = arguments(walk, function, depth, span)?;
    match name.as_str() {
        "now" | "current_timestamp" if args.is_empty() => {
            Ok(Typed::new(timestamp(walk.as_of.as_microsecond()), Kind::Timestamp))
        }
        "current_date" | "today" if args.is_empty() => {
            Ok(Typed::new(timestamp(walk.as_of.as_microsecond()), Kind::Timestamp).cast(Kind::Date))
        }
        "coalesce" if !args.is_empty() => same_kind(args, first_filled),
        "nullif" => two(args, span, &name).and_then(|(left, right)| {
            equal(left.clone(), right.clone())?;
            let kind = common(&[left.clone(), right.clone()]);
            Ok(Typed::new(null_where_equal(left.fit(kind)?.expr, right.fit(kind)?.expr), kind))
        }),
        // The absolute value of a whole number is one.
        "abs" if matches!(args.as_slice(), [arg] if arg.kind == Kind::Integer) => {
            apply(&name, args, ident.span).map(|typed| typed.try_cast(Kind::Integer))
        }
        "concat" if !args.is_empty() => concatenated(args),
        "to_date" => one(args, span, &name).map(|arg| arg.try_cast(Kind::Date)),
        _ => apply(&name, args, ident.span),
    }
}

fn arguments(walk: Walk<'_>, function: &Function, depth: usize, span: Span) -> Result<Vec<Typed>> {
    let list = match &function.args {
        FunctionArguments::None => return Ok(Vec::new()),
        FunctionArguments::Subquery(_) => return Err(not_possible(span, "sub-queries are")),
        FunctionArguments::List(FunctionArgumentList { duplicate_treatment: None, args, clauses })
            if clauses.is_empty() && function.null_treatment.is_none() =>
        {
            args
        }
        FunctionArguments::List(_) => return Err(not_possible(span, "DISTINCT and ORDER BY in a call are")),
    };
    list.iter()
        .map(|arg| match arg {
            FunctionArg::Unnamed(FunctionArgExpr::Expr(tree)) => walk.expr(tree, depth + 1),
            _ => Err(not_possible(span, "“*” and named arguments are")),
        })
        .collect()
}

/// A function of the list, with these arguments.
fn apply(called: &str, args: Vec<Typed>, span: Span) -> Result<Typed> {
    let Some(function) = function(called) else {
        return Err(refuse(span, format!("there is no function {}", name(called))).help(FUNCTIONS));
    };
    if args.len() < function.least || args.len() > function.takes.len() {
        return Err(count(called, span));
    }
    check(called, &args, span)?;
    let mut exprs = Vec::with_capacity(args.len());
    for (arg, kind) in args.into_iter().zip(function.takes) {
        exprs.push(arg.fit(*kind)?.expr);
    }
    let mut expr = (function.build)(exprs);
    if function.gives == Kind::Integer {
        // Lengths and parts of dates come as 32 bits.
        expr = Expr::Cast(Cast::new(Box::new(expr), Kind::Integer.data_type()));
    }
    Ok(Typed::new(expr, function.gives))
}

/// What must be a literal, and one of a few.
fn check(called: &str, args: &[Typed], span: Span) -> Result<()> {
    let literal = |place: usize| args.get(place).and_then(Typed::literal_text);
    let known = |words: &[&str]| literal(0).is_some_and(|word| words.contains(&word.to_lowercase().as_str()));
    match called {
        "date_part" if !known(&PARTS) => Err(refuse(span, "there is no such part of a date")
            .help(format!("The parts are {}.", PARTS.join(", ")))),
        "date_trunc" if !known(&STEPS) => {
            Err(refuse(span, "a date cannot be cut to this")
                .help(format!("Use one of {}.", STEPS.join(", "))))
        }
        "regexp_like" => {
            let at = args.get(1).map_or(span, |arg| arg.span);
            let flags = literal(2);
            match literal(1) {
                Some(pattern) if args.len() < 3 || flags.is_some() => {
                    if is_pattern(pattern, flags) {
                        Ok(())
                    } else {
                        Err(refuse(at, "this is no regular expression, or one that is too large"))
                    }
                }
                _ => {
                    Err(refuse(at, "the pattern and the flags of regexp_like must be texts in single quotes"))
                }
            }
        }
        _ => Ok(()),
    }
}

fn same_kind(args: Vec<Typed>, build: fn(Vec<Expr>) -> Expr) -> Result<Typed> {
    let kind = common(&args);
    let exprs = args.into_iter().map(|arg| Ok(arg.fit(kind)?.expr)).collect::<Result<Vec<_>>>()?;
    Ok(Typed::new(build(exprs), kind))
}

fn one(args: Vec<Typed>, span: Span, called: &str) -> Result<Typed> {
    match <[Typed; 1]>::try_from(args) {
        Ok([arg]) => Ok(arg),
        Err(_) => Err(count(called, span)),
    }
}

fn two(args: Vec<Typed>, span: Span, called: &str) -> Result<(Typed, Typed)> {
    match <[Typed; 2]>::try_from(args) {
        Ok([left, right]) => Ok((left, right)),
        Err(_) => Err(count(called, span)),
    }
}

fn count(called: &str, span: Span) -> Error {
    refuse(span, format!("{} is called with the wrong number of arguments", name(called)))
}
