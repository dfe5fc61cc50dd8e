//! Forecast: *if you ran it now*, kept until data, settings or receipts are others.

use std::collections::HashMap;

use jiff::SignedDuration;

use crate::error::Result;
use crate::model::{Export, ExportId, Forecast, SegmentRule};
use crate::store::forecast::Known;
use crate::{Engine, store};

use super::preview::Preview;

/// A forecast that is older is outdated whatever has changed: a rule may reckon from now.
const AGE: SignedDuration = SignedDuration::from_hours(24);

impl Engine {
    /// Reckons what a run of this export would do now, and keeps it.
    ///
    /// # Errors
    /// As [`Engine::preview`].
    pub async fn forecast(&self, export: &str) -> Result<Forecast> {
        let export = self.export(export).await?;
        let made = self.make(&export.id.to_string(), false).await?;
        self.keep_forecast(&export, made.version, &made.preview).await
    }

    /// What was last reckoned of each of these exports, and whether it is outdated; nothing of those that
    /// never were. Reads no data.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn forecasts(&self, exports: &[Export]) -> Result<HashMap<ExportId, (Forecast, bool)>> {
        let mut known = self.store.read(store::forecast::all).await?;
        let mut forecasts = HashMap::new();
        for export in exports {
            let Some(known) = known.remove(&export.id) else { continue };
            let old = self.clock.now().duration_since(known.forecast.at) > AGE;
            let outdated = old || self.forecast_version(export).await? != Some(known.version);
            forecasts.insert(export.id, (known.forecast, outdated));
        }
        Ok(forecasts)
    }

    /// Keeps the numbers of a preview as the forecast; not where it cannot be told what they are true for.
    pub(super) async fn keep_forecast(
        &self,
        export: &Export,
        version: Option<[u8; 32]>,
        preview: &Preview,
    ) -> Result<Forecast> {
        let forecast = Forecast {
            new: preview.new,
            changed: preview.changed + preview.retry,
            leaving: preview.leaving,
            invalid: preview.invalid,
            at: self.clock.now(),
        };
        if let Some(version) = version {
            let known = Known { export: export.id, version, forecast };
            self.store.write(move |tx| store::forecast::put(tx, &known)).await?;
        }
        Ok(forecast)
    }

    /// Digest of what a forecast depends on, found without reading data; `None` where a file is gone.
    pub(super) async fn forecast_version(&self, export: &Export) -> Result<Option<[u8; 32]>> {
        let (id, audience) = (export.id, export.audience);
        let chosen: Vec<_> = export.segments.iter().map(|chosen| chosen.segment).collect();
        let (audience, rules, receipts) = self
            .store
            .read(move |conn| {
                let audience = store::audience::by_name_or_id(conn, &audience.to_string())?;
                let rules = chosen
                    .iter()
                    .map(|id| Ok(store::segment::by_name_or_id(conn, &id.to_string())?.rule))
                    .collect::<Result<Vec<SegmentRule>>>()?;
                Ok((audience, rules, store::forecast::receipts_version(conn, id)?))
            })
            .await?;
        let versions: Option<Vec<String>> =
            self.audiences.versions(&audience, &rules).await.into_iter().collect();
        let Some(versions) = versions else { return Ok(None) };
        let whole = (export.version(), versions, rules, receipts);
        Ok(Some(*blake3::hash(store::to_json(&whole)?.as_bytes()).as_bytes()))
    }
}
