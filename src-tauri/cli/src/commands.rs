//! The commands, one file for each noun: its words for clap, the operation it calls, the answer.

pub(crate) mod audience;
pub(crate) mod audit;
pub(crate) mod completions;
pub(crate) mod config;
pub(crate) mod connection;
pub(crate) mod diagnostics;
pub(crate) mod engine;
pub(crate) mod export;
pub(crate) mod man;
pub(crate) mod person;
pub(crate) mod run;
pub(crate) mod sandbox;
pub(crate) mod schedule;
pub(crate) mod segment;
pub(crate) mod tick;
