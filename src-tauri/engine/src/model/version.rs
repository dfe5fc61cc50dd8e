//! Version: what tells whoever saves an object that nobody else has changed it meanwhile (U02).

use serde::Serialize;

/// Changes whenever the object does. Objects are plain text and ids, which always have a JSON.
pub(super) fn version_of(object: &impl Serialize) -> String {
    let text = serde_json::to_vec(object).unwrap_or_default();
    blake3::hash(&text).to_hex().to_string()
}
