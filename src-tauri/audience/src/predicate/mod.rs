//! A segment's condition: text becomes an expression over the table. What is not on the list of things
//! allowed is refused, in words of its own and with its place; every name and type is settled here, so
//! that nothing is converted behind anybody's back while profiles are read.

mod arithmetic;
mod calls;
mod compare;
mod functions;
mod literal;
mod names;
mod parse;
mod refuse;
mod rounding;
mod typed;
mod walk;

use datafusion::logical_expr::Expr;
use jiff::Timestamp;
use segue_engine::error::{Error, Result};
use segue_engine::model::Column;

use self::walk::Walk;

pub(crate) use self::names::{Missing, Names};
pub(crate) use self::typed::{Kind, Typed, timestamp};
pub(crate) use self::walk::balanced;

/// Room for the recursion of the parser at the greatest depth that it allows.
const STACK: usize = 16 << 20;

/// Compiles the condition `text` over these columns.
pub(crate) fn compile(text: &str, columns: &[Column], as_of: Timestamp) -> Result<Expr> {
    let work = || {
        let tree = parse::parse(text)?;
        let names = Names::of(columns);
        Walk { names: &names, as_of }.condition(&tree)
    };
    // The tree is walked, and dropped, by recursion.
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, work)
            .map_err(|_| Error::internal("no thread could be started"))?
            .join()
            .map_err(|_| Error::internal("a condition could not be read"))?
    })
}
