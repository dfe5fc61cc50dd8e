//! Values as the text that stands for them in a CSV file.

use std::io::Write;

use datafusion::arrow::array::{Array, ArrayRef, ArrowPrimitiveType, AsArray};
use datafusion::arrow::datatypes::{
    DataType, Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type,
    DecimalType, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, TimeUnit,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType,
    UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use jiff::{Span, Timestamp, civil};

/// A value that no text stands for: a time too far away for the calendar.
#[derive(Debug, Clone, Copy)]
pub(super) struct NoText;

/// Whether values of this type have a text.
pub(super) fn has(kind: &DataType) -> bool {
    match kind {
        DataType::Dictionary(_, values) => has(values),
        DataType::Null
        | DataType::Utf8
        | DataType::LargeUtf8
        | DataType::Utf8View
        | DataType::Boolean
        | DataType::Float32
        | DataType::Float64
        | DataType::Date32
        | DataType::Date64
        | DataType::Timestamp(..) => true,
        kind => kind.is_integer() || kind.is_decimal(),
    }
}

/// Writes a value that is not null; nothing for what is no number.
pub(super) fn write(column: &ArrayRef, row: usize, to: &mut Vec<u8>) -> Result<(), NoText> {
    match column.data_type() {
        DataType::Utf8 => to.extend_from_slice(column.as_string::<i32>().value(row).as_bytes()),
        DataType::LargeUtf8 => to.extend_from_slice(column.as_string::<i64>().value(row).as_bytes()),
        DataType::Utf8View => to.extend_from_slice(column.as_string_view().value(row).as_bytes()),
        DataType::Boolean => put(to, column.as_boolean().value(row)),
        DataType::Int8 => put(to, value::<Int8Type>(column, row)),
        DataType::Int16 => put(to, value::<Int16Type>(column, row)),
        DataType::Int32 => put(to, value::<Int32Type>(column, row)),
        DataType::Int64 => put(to, value::<Int64Type>(column, row)),
        DataType::UInt8 => put(to, value::<UInt8Type>(column, row)),
        DataType::UInt16 => put(to, value::<UInt16Type>(column, row)),
        DataType::UInt32 => put(to, value::<UInt32Type>(column, row)),
        DataType::UInt64 => put(to, value::<UInt64Type>(column, row)),
        DataType::Float32 => {
            let number = value::<Float32Type>(column, row);
            if !number.is_nan() {
                put(to, format_args!("{number:?}"));
            }
        }
        DataType::Float64 => {
            let number = value::<Float64Type>(column, row);
            if !number.is_nan() {
                put(to, format_args!("{number:?}"));
            }
        }
        DataType::Decimal32(..) => put(to, decimal::<Decimal32Type>(column, row)),
        DataType::Decimal64(..) => put(to, decimal::<Decimal64Type>(column, row)),
        DataType::Decimal128(..) => put(to, decimal::<Decimal128Type>(column, row)),
        DataType::Decimal256(..) => put(to, decimal::<Decimal256Type>(column, row)),
        DataType::Date32 => put(to, day(value::<Date32Type>(column, row).into())?),
        DataType::Date64 => put(to, day(value::<Date64Type>(column, row).div_euclid(86_400_000))?),
        DataType::Timestamp(unit, _) => put(to, moment(column, *unit, row)?),
        _ => {}
    }
    Ok(())
}

fn put(to: &mut Vec<u8>, value: impl std::fmt::Display) {
    // A vector takes whatever is written to it.
    if write!(to, "{value}").is_err() {
        to.clear();
    }
}

fn value<T: ArrowPrimitiveType>(column: &ArrayRef, row: usize) -> T::Native {
    column.as_primitive::<T>().value(row)
}

fn decimal<T: DecimalType>(column: &ArrayRef, row: usize) -> String {
    column.as_primitive::<T>().value_as_string(row)
}

fn day(since_1970: i64) -> Result<civil::Date, NoText> {
    let days = Span::new().try_days(since_1970).map_err(|_| NoText)?;
    civil::date(1970, 1, 1).checked_add(days).map_err(|_| NoText)
}

/// A moment; one without a zone is taken as UTC, as everywhere.
fn moment(column: &ArrayRef, unit: TimeUnit, row: usize) -> Result<Timestamp, NoText> {
    let moment = match unit {
        TimeUnit::Second => Timestamp::from_second(value::<TimestampSecondType>(column, row)),
        TimeUnit::Millisecond => Timestamp::from_millisecond(value::<TimestampMillisecondType>(column, row)),
        TimeUnit::Microsecond => Timestamp::from_microsecond(value::<TimestampMicrosecondType>(column, row)),
        TimeUnit::Nanosecond => {
            Timestamp::from_nanosecond(i128::from(value::<TimestampNanosecondType>(column, row)))
        }
    };
    moment.map_err(|_| NoText)
}
