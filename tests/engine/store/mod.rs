//! The database: opening, writing together, and the tables.

#![allow(clippy::unwrap_used)]

mod commit;
mod diagnostics;
mod opening;
mod pacing;
mod pages;
mod settings;
mod tables;

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use segue_engine::clock::{BootTime, Clock};
use segue_engine::store::Store;

/// A clock that stands still.
pub(crate) struct Still;

impl Clock for Still {
    fn now(&self) -> Timestamp {
        "2026-03-01T12:00:00Z".parse().unwrap()
    }

    fn boot_time(&self) -> BootTime {
        BootTime { boot: "boot".to_owned(), millis: 1_000_000 }
    }
}

/// Opens the store in this folder.
pub(crate) fn open(dir: &Path) -> segue_engine::error::Result<Store> {
    Store::open(dir, Arc::new(Still))
}
