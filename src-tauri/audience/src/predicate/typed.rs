//! An expression together with what it is, and the few conversions that happen by themselves.

use datafusion::arrow::datatypes::{DataType, IntervalUnit, TimeUnit};
use datafusion::common::{Column as Field, ScalarValue};
use datafusion::logical_expr::expr::{Cast, TryCast};
use datafusion::logical_expr::{Expr, lit};
use datafusion::sql::sqlparser::tokenizer::Span;
use segue_engine::error::Result;
use segue_engine::model::{Column, ColumnType};

use super::refuse::refuse;
use crate::query::CUSTOMER;
use crate::read::{text_field, typed_field};
use crate::value;
use crate::words::name;

/// What an expression gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Integer,
    Float,
    Boolean,
    Date,
    Timestamp,
    Interval,
    /// The literal NULL, which fits everywhere.
    Null,
}

impl Kind {
    pub(crate) fn data_type(self) -> DataType {
        match self {
            Self::Text => DataType::Utf8,
            Self::Integer => DataType::Int64,
            Self::Float => DataType::Float64,
            Self::Boolean => DataType::Boolean,
            Self::Date => DataType::Date32,
            Self::Timestamp => DataType::Timestamp(TimeUnit::Microsecond, None),
            Self::Interval => DataType::Interval(IntervalUnit::MonthDayNano),
            Self::Null => DataType::Null,
        }
    }

    pub(crate) fn is_number(self) -> bool {
        matches!(self, Self::Integer | Self::Float)
    }

    pub(crate) fn is_moment(self) -> bool {
        matches!(self, Self::Date | Self::Timestamp)
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer | Self::Float => "a number",
            Self::Boolean => "true or false",
            Self::Date => "a date",
            Self::Timestamp => "a point in time",
            Self::Interval => "a length of time",
            Self::Null => "NULL",
        }
    }
}

/// An expression, what it gives and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Typed {
    pub(crate) expr: Expr,
    pub(crate) kind: Kind,
    pub(crate) span: Span,
    /// The name, if it is a column.
    column: Option<String>,
}

impl Typed {
    pub(crate) fn new(expr: Expr, kind: Kind) -> Self {
        Self { expr, kind, span: Span::empty(), column: None }
    }

    #[must_use]
    pub(crate) fn at(mut self, span: Span) -> Self {
        self.span = span;
        self
    }

    pub(crate) fn column(place: usize, column: &Column) -> Self {
        let kind = match column.kind {
            ColumnType::Text => Kind::Text,
            ColumnType::Integer => Kind::Integer,
            ColumnType::Float => Kind::Float,
            ColumnType::Boolean => Kind::Boolean,
            ColumnType::Date => Kind::Date,
            ColumnType::Timestamp => Kind::Timestamp,
        };
        let field = if kind == Kind::Text { text_field(place) } else { typed_field(place) };
        let expr = Expr::Column(Field::new(Some(CUSTOMER), field));
        Self { column: Some(column.name.clone()), ..Self::new(expr, kind) }
    }

    /// How it is called in a sentence: `“Phone” is text`, `this is a number`.
    pub(crate) fn is(&self) -> String {
        match &self.column {
            Some(column) => format!("{} is {}", name(column), self.kind.word()),
            None => format!("this is {}", self.kind.word()),
        }
    }

    /// Its name in quotes, if it is a column.
    pub(crate) fn called(&self) -> String {
        name(self.column.as_deref().unwrap_or_default())
    }

    /// The text, if it is a literal one.
    pub(crate) fn literal_text(&self) -> Option<&str> {
        match &self.expr {
            Expr::Literal(ScalarValue::Utf8(Some(text)), _) => Some(text),
            _ => None,
        }
    }

    /// The same as another kind; only for conversions that cannot fail.
    #[must_use]
    pub(crate) fn cast(self, kind: Kind) -> Self {
        if self.kind == kind {
            return self;
        }
        let expr = Expr::Cast(Cast::new(Box::new(self.expr), kind.data_type()));
        Self { expr, kind, ..self }
    }

    /// The same as another kind, NULL where it does not convert.
    #[must_use]
    pub(crate) fn try_cast(self, kind: Kind) -> Self {
        if self.kind == kind {
            return self;
        }
        let expr = Expr::TryCast(TryCast::new(Box::new(self.expr), kind.data_type()));
        Self { expr, kind, ..self }
    }

    /// As `kind`, if that loses nothing and surprises nobody.
    pub(crate) fn fit(self, kind: Kind) -> Result<Self> {
        match (self.kind, kind) {
            (have, want) if have == want => Ok(self),
            (Kind::Null, _) | (Kind::Integer, Kind::Float) | (Kind::Date, Kind::Timestamp) => {
                Ok(self.cast(kind))
            }
            (Kind::Text, Kind::Date) if self.literal_text().is_some() => {
                let days = self.literal_text().and_then(|text| value::date(text.trim().as_bytes()));
                self.moment(days.map(|days| lit(ScalarValue::Date32(Some(days)))), kind)
            }
            (Kind::Text, Kind::Timestamp) if self.literal_text().is_some() => {
                let micros = self.literal_text().and_then(|text| value::timestamp(text.trim().as_bytes()));
                self.moment(micros.map(timestamp), kind)
            }
            _ => Err(self.misfit(kind)),
        }
    }

    fn moment(self, expr: Option<Expr>, kind: Kind) -> Result<Self> {
        let example = if kind == Kind::Date { "'2026-01-31'" } else { "'2026-01-31' or '2026-01-31 14:00'" };
        match expr {
            Some(expr) => Ok(Self { expr, kind, ..self }),
            None => Err(refuse(self.span, format!("this text is not {}", kind.word()))
                .help(format!("Write it as {example}."))),
        }
    }

    fn misfit(&self, kind: Kind) -> segue_engine::error::Error {
        let help = match (self.kind, kind) {
            (Kind::Text, Kind::Integer | Kind::Float) if self.literal_text().is_some() => {
                "Write numbers without quotes."
            }
            (Kind::Text, Kind::Integer | Kind::Float) => {
                "Write CAST(… AS DOUBLE) around it: what is no number is then NULL."
            }
            (Kind::Text, Kind::Boolean) => "Write true or false without quotes.",
            (Kind::Text, Kind::Date | Kind::Timestamp) => {
                "Write to_date(…) or CAST(… AS TIMESTAMP): what is no date is then NULL."
            }
            (_, Kind::Text) => "Put the text in single quotes, or write CAST(… AS TEXT).",
            (_, Kind::Boolean) => "Compare it with something, for example Country = 'SE'.",
            (kind, Kind::Integer | Kind::Float) if kind.is_moment() => {
                "To a date, days as a whole number or an INTERVAL can be added."
            }
            (_, Kind::Interval) => "Write for example INTERVAL '30 days'.",
            _ => "",
        };
        refuse(self.span, format!("{}, where {} is needed", self.is(), kind.word())).help(help)
    }
}

/// A point in time, in microseconds since 1970.
pub(crate) fn timestamp(micros: i64) -> Expr {
    lit(ScalarValue::TimestampMicrosecond(Some(micros), None))
}

/// The kind in which all of these can stand side by side.
pub(crate) fn common(all: &[Typed]) -> Kind {
    let mut common = Kind::Null;
    for one in all {
        common = match (common, one.kind) {
            (Kind::Null, kind) | (kind, Kind::Null) => kind,
            (Kind::Integer, Kind::Float) | (Kind::Float, Kind::Integer) => Kind::Float,
            (Kind::Date, Kind::Timestamp) | (Kind::Timestamp, Kind::Date) => Kind::Timestamp,
            // A literal text beside a date is a date.
            (Kind::Text, kind) if kind.is_moment() && texts_are_literal(all) => kind,
            (kind, _) => kind,
        };
    }
    // A date column beside a text with a time of day is compared as a point in time.
    let timed = |one: &Typed| {
        one.literal_text().is_some_and(|text| {
            let text = text.trim().as_bytes();
            value::date(text).is_none() && value::timestamp(text).is_some()
        })
    };
    if common == Kind::Date && all.iter().any(timed) { Kind::Timestamp } else { common }
}

fn texts_are_literal(all: &[Typed]) -> bool {
    all.iter().all(|one| one.kind != Kind::Text || one.literal_text().is_some())
}
