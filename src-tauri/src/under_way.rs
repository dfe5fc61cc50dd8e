//! Which runs are under way in the engine of this window: what closing it depends on.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use serde_json::Value;

use crate::engine::GONE;

/// Ids of runs that were heard of and have not ended.
#[derive(Default)]
pub(crate) struct UnderWay(Mutex<HashSet<String>>);

impl UnderWay {
    /// Takes notice of an event `{event, data}`; says whether the number is another now.
    pub(crate) fn hear(&self, event: &Value) -> bool {
        let mut runs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = runs.len();
        match event.get("event").and_then(Value::as_str) {
            Some("run_progress") => {
                if let Some(id) = event.pointer("/data/run").and_then(Value::as_str) {
                    runs.insert(id.to_owned());
                }
            }
            Some("run_ended") => {
                if let Some(id) = event.pointer("/data/id").and_then(Value::as_str) {
                    runs.remove(id);
                }
            }
            // Runs end with the engine that they are in.
            Some(GONE) => runs.clear(),
            _ => {}
        }
        runs.len() != before
    }

    /// How many.
    pub(crate) fn count(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}
