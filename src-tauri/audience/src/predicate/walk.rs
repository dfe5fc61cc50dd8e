//! The allow-list: every kind of node that may stand in a condition, and what it becomes.

use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::logical_expr::Expr;
use datafusion::logical_expr::expr::Case;
use datafusion::sql::sqlparser::ast::{
    BinaryOperator, CaseWhen, CastKind, DataType, Expr as Tree, Ident, Spanned, UnaryOperator,
};
use jiff::Timestamp;
use segue_engine::error::Result;

use super::names::Names;
use super::refuse::{not_possible, refuse};
use super::typed::{Kind, Typed, common};
use super::{arithmetic, calls, compare, literal};

/// The deepest nesting.
const DEPTH: usize = 64;

/// The most parts of an expression.
const MOST_PARTS: usize = 5_000;

/// A walk over the syntax tree of a condition.
#[derive(Clone, Copy)]
pub(crate) struct Walk<'a> {
    pub(crate) names: &'a Names<'a>,
    /// What `now()` is.
    pub(crate) as_of: Timestamp,
}

impl Walk<'_> {
    /// The whole condition, which must be true or false.
    pub(crate) fn condition(self, tree: &Tree) -> Result<Expr> {
        let typed = self.expr(tree, 1)?;
        if typed.kind != Kind::Boolean {
            return Err(refuse(typed.span, format!("{}, not true or false", typed.is()))
                .help("Compare it with something, for example Country = 'SE'."));
        }
        Ok(typed.expr)
    }

    /// One node at this depth.
    pub(crate) fn expr(self, tree: &Tree, depth: usize) -> Result<Typed> {
        let span = tree.span();
        if depth > DEPTH {
            return Err(refuse(span, format!("it is nested more than {DEPTH} deep")).help("Simplify it."));
        }
        let deeper = |tree: &Tree| self.expr(tree, depth + 1);
        let typed = match tree {
            Tree::Identifier(ident) => self.names.resolve(ident)?,
            Tree::CompoundIdentifier(parts) => self.compound(parts)?,
            Tree::Nested(inner) => deeper(inner)?,
            Tree::Value(value) => literal::value(value)?,
            Tree::TypedString(text) => literal::typed_string(text, span)?,
            Tree::Interval(interval) => literal::interval(interval, span)?,
            Tree::BinaryOp { op: op @ (BinaryOperator::And | BinaryOperator::Or), .. } => {
                self.chain(tree, op, depth)?
            }
            Tree::BinaryOp { left, op, right } => {
                arithmetic::binary(deeper(left)?, op, deeper(right)?, span)?
            }
            Tree::UnaryOp { op, expr } => self.unary(op, expr, depth)?,
            Tree::IsNull(inner) => boolean(deeper(inner)?.expr.is_null()),
            Tree::IsNotNull(inner) => boolean(deeper(inner)?.expr.is_not_null()),
            Tree::IsTrue(inner) => boolean(self.truth(inner, depth)?.is_true()),
            Tree::IsNotTrue(inner) => boolean(self.truth(inner, depth)?.is_not_true()),
            Tree::IsFalse(inner) => boolean(self.truth(inner, depth)?.is_false()),
            Tree::IsNotFalse(inner) => boolean(self.truth(inner, depth)?.is_not_false()),
            Tree::IsUnknown(inner) => boolean(self.truth(inner, depth)?.is_unknown()),
            Tree::IsNotUnknown(inner) => boolean(self.truth(inner, depth)?.is_not_unknown()),
            Tree::IsDistinctFrom(left, right) => compare::distinct(deeper(left)?, deeper(right)?, true)?,
            Tree::IsNotDistinctFrom(left, right) => compare::distinct(deeper(left)?, deeper(right)?, false)?,
            Tree::InList { expr, list, negated } => {
                let list = list.iter().map(deeper).collect::<Result<Vec<_>>>()?;
                compare::in_list(deeper(expr)?, list, *negated)?
            }
            Tree::Between { expr, negated, low, high } => {
                compare::between(deeper(expr)?, deeper(low)?, deeper(high)?, *negated)?
            }
            Tree::Like { negated, any: false, expr, pattern, escape_char } => {
                compare::like(deeper(expr)?, deeper(pattern)?, escape_char.as_ref(), *negated, false)?
            }
            Tree::ILike { negated, any: false, expr, pattern, escape_char } => {
                compare::like(deeper(expr)?, deeper(pattern)?, escape_char.as_ref(), *negated, true)?
            }
            Tree::Case { operand, conditions, else_result, .. } => {
                self.case(operand.as_deref(), conditions, else_result.as_deref(), depth)?
            }
            Tree::Cast { kind, expr, data_type, array: false, format: None } => {
                self.cast(kind, expr, data_type, depth)?
            }
            Tree::Function(_)
            | Tree::Extract { .. }
            | Tree::Ceil { .. }
            | Tree::Floor { .. }
            | Tree::Position { .. }
            | Tree::Substring { .. }
            | Tree::Trim { .. } => calls::call(self, tree, depth)?,
            other => return Err(not_possible(span, forbidden(other))),
        };
        if is_large(&typed.expr) {
            return Err(refuse(span, "it is too complicated")
                .help("Simplify it, or use a file that lists the members."));
        }
        Ok(typed.at(span))
    }

    fn compound(self, parts: &[Ident]) -> Result<Typed> {
        match parts {
            [table, column] if table.value.eq_ignore_ascii_case("customer") => self.names.resolve(column),
            [first, ..] => {
                Err(refuse(first.span, format!("there is no table {}", crate::words::name(&first.value)))
                    .help("Name columns alone; put a name that holds a dot in double quotes."))
            }
            [] => Err(not_possible(
                datafusion::sql::sqlparser::tokenizer::Span::empty(),
                "a name without letters is",
            )),
        }
    }

    /// All that one AND or OR joins, however many they are: a chain is no deeper than a pair.
    fn chain(self, tree: &Tree, op: &BinaryOperator, depth: usize) -> Result<Typed> {
        let mut rest = vec![tree];
        let mut parts = Vec::new();
        while let Some(part) = rest.pop() {
            match part {
                Tree::BinaryOp { left, op: same, right } if same == op => rest.extend([&**right, &**left]),
                part => parts.push(self.truth(part, depth)?),
            }
        }
        let join = if *op == BinaryOperator::And { Expr::and } else { Expr::or };
        Ok(boolean(balanced(parts, join).unwrap_or_else(|| datafusion::logical_expr::lit(true))))
    }

    fn truth(self, tree: &Tree, depth: usize) -> Result<Expr> {
        Ok(self.expr(tree, depth + 1)?.fit(Kind::Boolean)?.expr)
    }

    fn unary(self, op: &UnaryOperator, inner: &Tree, depth: usize) -> Result<Typed> {
        let span = inner.span();
        match op {
            UnaryOperator::Not => Ok(boolean(!self.truth(inner, depth)?)),
            UnaryOperator::Plus | UnaryOperator::Minus => {
                let typed = self.expr(inner, depth + 1)?;
                if !typed.kind.is_number() {
                    return Err(refuse(span, format!("{}, where a number is needed", typed.is())));
                }
                Ok(if *op == UnaryOperator::Minus { literal::negative(typed) } else { typed })
            }
            _ => Err(not_possible(span, "this operator is")),
        }
    }

    fn case(
        self,
        operand: Option<&Tree>,
        conditions: &[CaseWhen],
        otherwise: Option<&Tree>,
        depth: usize,
    ) -> Result<Typed> {
        let operand = operand.map(|operand| self.expr(operand, depth + 1)).transpose()?;
        let mut whens = Vec::with_capacity(conditions.len());
        let mut results = Vec::with_capacity(conditions.len() + 1);
        for CaseWhen { condition, result } in conditions {
            whens.push(match &operand {
                Some(operand) => {
                    let value = self.expr(condition, depth + 1)?;
                    compare::equal(operand.clone(), value)?
                }
                None => self.truth(condition, depth)?,
            });
            results.push(self.expr(result, depth + 1)?);
        }
        results.extend(otherwise.map(|tree| self.expr(tree, depth + 1)).transpose()?);
        let kind = common(&results);
        let mut results = results
            .into_iter()
            .map(|result| Ok(Box::new(result.fit(kind)?.expr)))
            .collect::<Result<Vec<_>>>()?;
        let otherwise = if otherwise.is_some() { results.pop() } else { None };
        let whens = whens.into_iter().map(Box::new).zip(results).collect();
        Ok(Typed::new(Expr::Case(Case::new(None, whens, otherwise)), kind))
    }

    fn cast(self, kind: &CastKind, inner: &Tree, data_type: &DataType, depth: usize) -> Result<Typed> {
        let span = inner.span();
        let Some(to) = literal::kind_of(data_type) else {
            return Err(not_possible(span, "a cast to this type is")
                .help("Use TEXT, INTEGER, DOUBLE, BOOLEAN, DATE or TIMESTAMP."));
        };
        if *kind == CastKind::SafeCast {
            return Err(not_possible(span, "SAFE_CAST is"));
        }
        let typed = self.expr(inner, depth + 1)?;
        if typed.literal_text().is_some() && to.is_moment() {
            return typed.fit(to);
        }
        let possible = match (typed.kind, to) {
            (Kind::Interval, _) => false,
            (Kind::Boolean, to) if to.is_moment() => false,
            (from, Kind::Boolean) => !from.is_moment(),
            (from, to) if from.is_moment() => !to.is_number(),
            (from, to) if to.is_moment() => !from.is_number(),
            _ => true,
        };
        if possible {
            Ok(typed.try_cast(to))
        } else {
            Err(refuse(span, format!("{} and cannot become {}", typed.is(), to.word())))
        }
    }
}

fn boolean(expr: Expr) -> Typed {
    Typed::new(expr, Kind::Boolean)
}

/// Whether an expression has more parts than can be planned quickly; values are not counted. Some
/// nodes hold a part twice, and nested they would double it again and again.
fn is_large(expr: &Expr) -> bool {
    let mut parts = 0;
    let counted = expr.apply(|part| {
        parts += usize::from(!matches!(part, Expr::Literal(..)));
        Ok(if parts > MOST_PARTS { TreeNodeRecursion::Stop } else { TreeNodeRecursion::Continue })
    });
    counted.is_err() || parts > MOST_PARTS
}

/// Joins expressions as a tree that is as flat as it can be.
pub(crate) fn balanced(mut parts: Vec<Expr>, join: fn(Expr, Expr) -> Expr) -> Option<Expr> {
    while parts.len() > 1 {
        let mut halves = Vec::with_capacity(parts.len().div_ceil(2));
        let mut rest = parts.into_iter();
        while let Some(left) = rest.next() {
            halves.push(match rest.next() {
                Some(right) => join(left, right),
                None => left,
            });
        }
        parts = halves;
    }
    parts.pop()
}

/// How a node that is not allowed is called, with its verb.
fn forbidden(tree: &Tree) -> &'static str {
    match tree {
        Tree::Subquery(_) | Tree::InSubquery { .. } => "sub-queries are",
        Tree::Exists { .. } => "EXISTS is",
        Tree::AnyOp { .. } | Tree::AllOp { .. } | Tree::Like { .. } | Tree::ILike { .. } => "ANY and ALL are",
        Tree::InUnnest { .. } => "UNNEST is",
        Tree::SimilarTo { .. } => "SIMILAR TO is",
        Tree::RLike { .. } => "RLIKE is",
        Tree::AtTimeZone { .. } => "AT TIME ZONE is",
        Tree::Collate { .. } => "COLLATE is",
        Tree::Overlay { .. } => "OVERLAY is",
        Tree::Convert { .. } => "CONVERT is",
        Tree::Tuple(_) | Tree::Struct { .. } => "lists outside of IN are",
        Tree::Array(_) | Tree::CompoundFieldAccess { .. } | Tree::Map(_) | Tree::Dictionary(_) => {
            "arrays and structures are"
        }
        Tree::Wildcard(_) | Tree::QualifiedWildcard(..) => "“*” is",
        Tree::JsonAccess { .. } => "JSON access is",
        Tree::Lambda(_) => "functions of one's own are",
        Tree::Cast { .. } => "this CAST is",
        _ => "this is",
    }
}
