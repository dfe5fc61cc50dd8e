//! Settings of the window, kept as a note of the engine.

use segue_engine::error::{Error, Result};
use serde_json::{Map, Value};

use crate::views::Settings;
use crate::{Desk, Noun};

const NOTE: &str = "window_settings";

pub(crate) async fn settings_set(desk: &Desk, settings: Settings) -> Result<Settings> {
    let mut kept = kept(desk).await?;
    kept.extend(object(&settings)?);
    desk.engine.set_note(NOTE, &Value::Object(kept).to_string()).await?;
    desk.events.changed(&[Noun::Settings]);
    Ok(settings)
}

/// The settings as they were kept. What another version kept and this one does not know is passed over,
/// each by itself, so that no setting keeps the window from starting.
pub(super) async fn read(desk: &Desk) -> Result<Settings> {
    let mut known = object(&Settings::default())?;
    let read = |known: &Map<String, Value>| serde_json::from_value(Value::Object(known.clone())).ok();
    let mut settings = Settings::default();
    for (name, value) in kept(desk).await? {
        let Some(before) = known.get(&name).cloned() else { continue };
        known.insert(name.clone(), value);
        match read(&known) {
            Some(with) => settings = with,
            None => drop(known.insert(name, before)),
        }
    }
    Ok(settings)
}

/// What is kept, whoever wrote it; nothing where that is no object.
async fn kept(desk: &Desk) -> Result<Map<String, Value>> {
    let text = desk.engine.note(NOTE).await?.unwrap_or_default();
    Ok(serde_json::from_str(&text).unwrap_or_default())
}

fn object(settings: &Settings) -> Result<Map<String, Value>> {
    match serde_json::to_value(settings) {
        Ok(Value::Object(object)) => Ok(object),
        _ => Err(Error::internal("settings have no JSON")),
    }
}
