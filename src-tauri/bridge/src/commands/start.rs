//! The start of the window, its settings, the sample, Home, and the search over everything.

mod home;
mod sample;
mod settings;

use std::sync::PoisonError;

use segue_engine::error::Result;

use crate::views::{FindRequest, Hit, Nothing, Start};
use crate::{Desk, Facts};

pub(crate) use home::home;
pub(crate) use sample::{sample_add, sample_remove};
pub(crate) use settings::settings_set;

/// The most that a search shows.
const HITS: u32 = 20;

pub(crate) async fn app_start(desk: &Desk, _: Nothing) -> Result<Start> {
    let totals = desk.engine.totals().await?;
    let Facts { data_dir, user, key_store, .. } = desk.facts.clone();
    let key_store = key_store.lock().unwrap_or_else(PoisonError::into_inner).clone();
    Ok(Start {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        data_dir: data_dir.display().to_string(),
        user,
        key_store,
        empty: totals.audiences == 0 && totals.connections == 0 && totals.exports == 0,
        sample: sample::shown(desk).await?,
        settings: settings::read(desk).await?,
    })
}

pub(crate) async fn find(desk: &Desk, request: FindRequest) -> Result<Vec<Hit>> {
    desk.engine.find(&request.search, HITS).await
}
