//! Which runs are under way in the engine of this window: what closing it depends on.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use serde_json::Value;

/// Ids of runs that were heard of and have not ended.
#[derive(Default)]
pub(crate) struct UnderWay(Mutex<HashSet<String>>);

impl UnderWay {
    /// Takes notice of an event `{event, data}`.
    pub(crate) fn hear(&self, event: &Value) {
        let mut runs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
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
            _ => {}
        }
    }

    /// How many.
    pub(crate) fn count(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}
