//! `abs`, `floor`, `ceil` and `round`: the only mathematics that conditions need.

use std::sync::{Arc, LazyLock};

use datafusion::arrow::array::{AsArray, Float64Array};
use datafusion::arrow::datatypes::{DataType, Float64Type, Int64Type};
use datafusion::common::{Result, exec_datafusion_err};
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};

/// `abs(number)`.
pub(super) fn abs() -> Arc<ScalarUDF> {
    static FUNCTION: LazyLock<Arc<ScalarUDF>> = LazyLock::new(|| Rounding::udf(Way::Abs));
    Arc::clone(&FUNCTION)
}

/// `floor(number)`.
pub(super) fn floor() -> Arc<ScalarUDF> {
    static FUNCTION: LazyLock<Arc<ScalarUDF>> = LazyLock::new(|| Rounding::udf(Way::Floor));
    Arc::clone(&FUNCTION)
}

/// `ceil(number)`.
pub(super) fn ceil() -> Arc<ScalarUDF> {
    static FUNCTION: LazyLock<Arc<ScalarUDF>> = LazyLock::new(|| Rounding::udf(Way::Ceil));
    Arc::clone(&FUNCTION)
}

/// `round(number, decimals)`.
pub(super) fn round() -> Arc<ScalarUDF> {
    static FUNCTION: LazyLock<Arc<ScalarUDF>> = LazyLock::new(|| Rounding::udf(Way::Round));
    Arc::clone(&FUNCTION)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Way {
    Abs,
    Floor,
    Ceil,
    Round,
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Rounding {
    way: Way,
    signature: Signature,
}

impl Rounding {
    fn udf(way: Way) -> Arc<ScalarUDF> {
        let takes = match way {
            Way::Abs | Way::Floor | Way::Ceil => vec![DataType::Float64],
            Way::Round => vec![DataType::Float64, DataType::Int64],
        };
        let signature = Signature::exact(takes, Volatility::Immutable);
        Arc::new(ScalarUDF::new_from_impl(Self { way, signature }))
    }
}

impl ScalarUDFImpl for Rounding {
    fn name(&self) -> &str {
        match self.way {
            Way::Abs => "abs",
            Way::Floor => "floor",
            Way::Ceil => "ceil",
            Way::Round => "round",
        }
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Float64)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let arrays = ColumnarValue::values_to_arrays(&args.args)?;
        let wrong = || exec_datafusion_err!("{} of something that is no number", self.name());
        let numbers =
            arrays.first().and_then(|array| array.as_primitive_opt::<Float64Type>()).ok_or_else(wrong)?;
        let rounded: Float64Array = match self.way {
            Way::Abs => numbers.unary(f64::abs),
            Way::Floor => numbers.unary(f64::floor),
            Way::Ceil => numbers.unary(f64::ceil),
            Way::Round => {
                let places = arrays
                    .get(1)
                    .and_then(|array| array.as_primitive_opt::<Int64Type>())
                    .ok_or_else(wrong)?;
                numbers.iter().zip(places).map(|(number, places)| Some(to_places(number?, places?))).collect()
            }
        };
        Ok(ColumnarValue::Array(Arc::new(rounded)))
    }
}

fn to_places(number: f64, places: i64) -> f64 {
    let factor = 10_f64.powi(i32::try_from(places.clamp(-20, 20)).unwrap_or_default());
    let rounded = (number * factor).round() / factor;
    if rounded.is_finite() { rounded } else { number }
}
