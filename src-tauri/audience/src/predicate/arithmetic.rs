//! Operators: comparing, calculating with numbers and dates, joining texts.

use datafusion::arrow::datatypes::DataType;
use datafusion::common::ScalarValue;
use datafusion::functions::string::expr_fn::concat;
use datafusion::logical_expr::expr::{Case, Cast, TryCast};
use datafusion::logical_expr::{BinaryExpr, Expr, Operator, lit};
use datafusion::sql::sqlparser::ast::BinaryOperator;
use datafusion::sql::sqlparser::tokenizer::Span;
use segue_engine::error::Result;

use super::compare::compare;
use super::refuse::{not_possible, refuse};
use super::typed::{Kind, Typed};

/// `left op right`, except AND and OR.
pub(crate) fn binary(left: Typed, op: &BinaryOperator, right: Typed, span: Span) -> Result<Typed> {
    match op {
        BinaryOperator::Eq => compare(left, Operator::Eq, right),
        BinaryOperator::NotEq => compare(left, Operator::NotEq, right),
        BinaryOperator::Lt => compare(left, Operator::Lt, right),
        BinaryOperator::LtEq => compare(left, Operator::LtEq, right),
        BinaryOperator::Gt => compare(left, Operator::Gt, right),
        BinaryOperator::GtEq => compare(left, Operator::GtEq, right),
        BinaryOperator::StringConcat => {
            let (left, right) = (left.fit(Kind::Text)?, right.fit(Kind::Text)?);
            let expr = join(left.expr, Operator::StringConcat, right.expr);
            Ok(Typed::new(expr, Kind::Text))
        }
        BinaryOperator::Plus => plus(left, right),
        BinaryOperator::Minus => minus(left, right),
        BinaryOperator::Multiply => numbers(left, Operator::Multiply, right),
        BinaryOperator::Divide => {
            // Orders / Visits is a ratio, not a whole number; a division by zero gives NULL.
            let (left, right) = (left.fit(Kind::Float)?, right.fit(Kind::Float)?);
            Ok(Typed::new(join(left.expr, Operator::Divide, not_zero(right)), Kind::Float))
        }
        BinaryOperator::Modulo => {
            let (left, right) = pair(left, right)?;
            Ok(Typed::new(join(left.expr, Operator::Modulo, not_zero(right)), left.kind))
        }
        BinaryOperator::Xor
        | BinaryOperator::BitwiseOr
        | BinaryOperator::BitwiseAnd
        | BinaryOperator::BitwiseXor
        | BinaryOperator::PGBitwiseXor
        | BinaryOperator::PGBitwiseShiftLeft
        | BinaryOperator::PGBitwiseShiftRight => Err(not_possible(span, "operators on bits are")),
        BinaryOperator::PGRegexMatch
        | BinaryOperator::PGRegexIMatch
        | BinaryOperator::PGRegexNotMatch
        | BinaryOperator::PGRegexNotIMatch
        | BinaryOperator::Regexp => {
            Err(not_possible(span, "“~” is").help("Use regexp_like(column, 'pattern')."))
        }
        _ => Err(not_possible(span, "this operator is")),
    }
}

/// A divisor that is NULL where it would be zero.
fn not_zero(divisor: Typed) -> Expr {
    let zero = if divisor.kind == Kind::Integer { lit(0_i64) } else { lit(0.0) };
    match &divisor.expr {
        Expr::Literal(..) if divisor.expr != zero => divisor.expr,
        _ => null_where_equal(divisor.expr, zero),
    }
}

/// `expr`, but NULL where it is `other`.
pub(crate) fn null_where_equal(expr: Expr, other: Expr) -> Expr {
    let when = (Box::new(expr.clone().eq(other)), Box::new(lit(ScalarValue::Null)));
    Expr::Case(Case::new(None, vec![when], Some(Box::new(expr))))
}

/// The first of these that is not NULL.
pub(crate) fn first_filled(mut exprs: Vec<Expr>) -> Expr {
    let last = exprs.pop().map(Box::new);
    let whens = exprs
        .into_iter()
        .map(|expr| (Box::new(expr.clone().is_not_null()), Box::new(expr)))
        .collect::<Vec<_>>();
    match last {
        Some(last) if whens.is_empty() => *last,
        last => Expr::Case(Case::new(None, whens, last)),
    }
}

fn plus(left: Typed, right: Typed) -> Result<Typed> {
    match (left.kind, right.kind) {
        (Kind::Date, Kind::Integer) => Ok(days_later(left, Operator::Plus, right)),
        (Kind::Integer, Kind::Date) => Ok(days_later(right, Operator::Plus, left)),
        (moment, Kind::Interval) if moment.is_moment() => Ok(shifted(left, Operator::Plus, right)),
        (Kind::Interval, moment) if moment.is_moment() => Ok(shifted(right, Operator::Plus, left)),
        _ => numbers(left, Operator::Plus, right),
    }
}

fn minus(left: Typed, right: Typed) -> Result<Typed> {
    match (left.kind, right.kind) {
        (Kind::Date, Kind::Integer) => Ok(days_later(left, Operator::Minus, right)),
        (Kind::Date, Kind::Date) => {
            let expr = join(days(left.expr), Operator::Minus, days(right.expr));
            Ok(Typed::new(expr, Kind::Integer))
        }
        (moment, Kind::Interval) if moment.is_moment() => Ok(shifted(left, Operator::Minus, right)),
        (left_kind, right_kind) if left_kind.is_moment() && right_kind.is_moment() => {
            Err(refuse(right.span, "only dates can be subtracted, not points in time")
                .help("Write CAST(… AS DATE) around both; the result is a number of days."))
        }
        _ => numbers(left, Operator::Minus, right),
    }
}

/// A date so many days later or earlier; NULL where the calendar ends.
fn days_later(date: Typed, op: Operator, count: Typed) -> Typed {
    let sum = join(days(date.expr), op, count.expr);
    let narrow = Expr::TryCast(TryCast::new(Box::new(sum), DataType::Int32));
    Typed::new(Expr::Cast(Cast::new(Box::new(narrow), DataType::Date32)), Kind::Date)
}

/// A date as days since 1970.
fn days(date: Expr) -> Expr {
    let narrow = Expr::Cast(Cast::new(Box::new(date), DataType::Int32));
    Expr::Cast(Cast::new(Box::new(narrow), DataType::Int64))
}

/// A moment so much later or earlier; a date with a time of day added is a point in time.
fn shifted(moment: Typed, op: Operator, by: Typed) -> Typed {
    let moment = match &by.expr {
        Expr::Literal(ScalarValue::IntervalMonthDayNano(Some(by)), _) if by.nanoseconds == 0 => moment,
        _ => moment.cast(Kind::Timestamp),
    };
    Typed::new(join(moment.expr, op, by.expr), moment.kind)
}

fn numbers(left: Typed, op: Operator, right: Typed) -> Result<Typed> {
    let (left, right) = pair(left, right)?;
    Ok(Typed::new(join(left.expr, op, right.expr), left.kind))
}

/// Two numbers of one kind.
fn pair(left: Typed, right: Typed) -> Result<(Typed, Typed)> {
    let whole = |typed: &Typed| matches!(typed.kind, Kind::Integer | Kind::Null);
    let kind = if whole(&left) && whole(&right) { Kind::Integer } else { Kind::Float };
    Ok((left.fit(kind)?, right.fit(kind)?))
}

fn join(left: Expr, op: Operator, right: Expr) -> Expr {
    Expr::BinaryExpr(BinaryExpr::new(Box::new(left), op, Box::new(right)))
}

/// Texts one after the other; NULL counts as nothing.
pub(crate) fn concatenated(texts: Vec<Typed>) -> Result<Typed> {
    let texts = texts.into_iter().map(|text| Ok(text.fit(Kind::Text)?.expr)).collect::<Result<Vec<_>>>()?;
    Ok(Typed::new(concat(texts), Kind::Text))
}
