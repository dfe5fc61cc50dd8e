//! The start of the window, its settings, the sample, Home, and the search over everything.

mod home;
mod sample;
mod settings;

use segue_engine::error::Result;
use segue_engine::model::FoundKind;

use crate::views::{FindRequest, Hit, HitKind, Named, Nothing, Start};
use crate::{Desk, Facts};

pub(crate) use home::home;
pub(crate) use sample::{sample_add, sample_remove};
pub(crate) use settings::settings_set;

/// The most that a search shows.
const HITS: u32 = 20;

pub(crate) async fn app_start(desk: &Desk, _: Nothing) -> Result<Start> {
    let totals = desk.engine.totals().await?;
    let Facts { data_dir, user, key_store } = desk.facts.clone();
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
    let found = desk.engine.find(&request.search, HITS).await?;
    let hits = found.into_iter().map(|found| Hit {
        kind: match found.kind {
            FoundKind::Export => HitKind::Export,
            FoundKind::Segment => HitKind::Segment,
            FoundKind::Audience => HitKind::Audience,
            FoundKind::Connection => HitKind::Connection,
            FoundKind::Run => HitKind::Run,
        },
        object: Named { id: found.id, name: found.name },
        at: found.at,
    });
    Ok(hits.collect())
}
