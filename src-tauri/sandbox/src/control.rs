//! The end points under `/_sandbox/`, for tests and the referee.

use std::time::Duration;

use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use crate::sandbox::seed;
use crate::shared::Shared;
use crate::wire::{Head, Reply, percent};
use crate::{CustomField, Faults, ortto};

const PREFIX: &str = "/_sandbox/";

/// Whether a path is control and not the vendor's.
pub(crate) fn is_control(path: &str) -> bool {
    path.starts_with(PREFIX)
}

/// `PUT settings`; what is absent stays.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    latency_ms: Option<u64>,
    #[serde(default, deserialize_with = "present")]
    rate: Option<Option<u32>>,
}

/// Tells `null` from absent.
fn present<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<u32>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// Answers a control request.
pub(crate) fn answer(shared: &Shared, head: &Head, body: &[u8]) -> Reply {
    let rest = head.path.strip_prefix(PREFIX).unwrap_or_default();
    if let Some(rest) = rest.strip_prefix("ortto").filter(|rest| rest.is_empty() || rest.starts_with('/')) {
        return ortto::answer(&mut shared.lock(), &head.method, rest, body);
    }
    let mut segments = rest.splitn(2, '/');
    let what = segments.next().unwrap_or_default();
    let which = segments.next().and_then(percent::decode);
    let done = match (head.method.as_str(), what, which.as_deref()) {
        ("GET", "record", None) => Ok(lines(shared)),
        ("DELETE", "record", None) => {
            shared.lock().record.clear();
            Ok(ok())
        }
        ("GET", "open", None) => {
            let (open, writing, seen) =
                (shared.open.now(), shared.writing.now(), shared.lock().record.last());
            Ok(Reply::json(200, &json!({"open": open, "writing": writing, "seen": seen})))
        }
        ("GET", "account", None) => {
            let view = shared.lock().accounts.classic.view();
            Ok(Reply::json(200, &view))
        }
        ("PUT", "faults", None) => read::<Faults>(body).map(|faults| {
            shared.lock().set_faults(faults);
            ok()
        }),
        ("PUT", "settings", None) => read::<Change>(body).map(|change| {
            let mut state = shared.lock();
            if let Some(ms) = change.latency_ms {
                state.latency = Duration::from_millis(ms);
            }
            state.rate = change.rate.unwrap_or(state.rate);
            ok()
        }),
        ("POST", "contacts", None) => read::<Vec<Value>>(body).and_then(|contacts| {
            let ids = seed(&mut shared.lock(), contacts).map_err(|error| error.to_string())?;
            Ok(Reply::json(200, &json!({"contact_ids": ids})))
        }),
        ("POST", "custom_fields", None) => read::<Vec<CustomField>>(body).map(|fields| {
            let mut state = shared.lock();
            fields.into_iter().for_each(|field| state.accounts.classic.define(field));
            ok()
        }),
        ("DELETE", "contacts", Some(email)) => {
            let mut state = shared.lock();
            match state.accounts.classic.find(email) {
                Some(at) => {
                    state.accounts.classic.delete(at);
                    Ok(ok())
                }
                None => return complaint(404, "there is no such contact"),
            }
        }
        ("DELETE", "lists", Some(id)) => match shared.lock().accounts.classic.delete_list(id, &[]) {
            crate::account::Removal::Done => Ok(ok()),
            _ => return complaint(404, "there is no such list"),
        },
        _ => return complaint(404, "there is no such control end point"),
    };
    done.unwrap_or_else(|reason| complaint(400, &reason))
}

pub(crate) fn read<'de, T: Deserialize<'de>>(body: &'de [u8]) -> Result<T, String> {
    serde_json::from_slice(body).map_err(|error| error.to_string())
}

pub(crate) fn ok() -> Reply {
    Reply::json(200, &json!({}))
}

pub(crate) fn complaint(status: u16, reason: &str) -> Reply {
    Reply::json(status, &json!({"error": reason}))
}

fn lines(shared: &Shared) -> Reply {
    // Copied under the lock and written outside of it: requests go on meanwhile.
    let requests = shared.lock().record.all();
    let mut text = Vec::with_capacity(requests.len() * 512);
    for request in &requests {
        if serde_json::to_writer(&mut text, request).is_ok() {
            text.push(b'\n');
        }
    }
    Reply::typed(200, "application/x-ndjson", text)
}
