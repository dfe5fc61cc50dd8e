//! Run: one execution of an export, from reading the audience to the last receipt.

pub mod account;
mod attribution;
mod awake;
mod books;
mod confirm;
mod cost;
mod deliver;
mod digest;
mod emptying;
mod ending;
mod freeze;
mod in_flight;
mod known;
mod learned;
mod lists;
mod moved;
mod observer;
mod opt_outs;
mod options;
mod pace;
mod places;
pub mod plan;
mod prepare;
mod reading;
mod record;
mod runner;
mod stopped;
mod turn;
mod under_way;
mod verify;

pub use observer::{Observer, Watch};
pub use options::{Emptying, RunOptions};
pub use runner::{Context, cancel, execute, resume};

pub(crate) use cost::requests;
pub(crate) use digest::of as plan_digest;
pub(crate) use freeze::{beyond_contract, held_words, within_limit};
pub(crate) use moved::opted_out;
pub(crate) use opt_outs::{among as opted_out_among, error as opt_out_undone};
pub(crate) use plan::{Draft, Group, LeaverFate, Limits, compare, decide};
pub(crate) use prepare::{
    Prepared, accepted, check_column, check_columns, check_targets, destination, keep_survey, key_of,
    list_sizes, prepare, rows,
};
pub(crate) use reading::{once_more, read_people};
pub(crate) use runner::expire;
pub(crate) use turn::Turn;
