//! Post: every call of Ortto is a POST of JSON below `/v1`, also what only reads (destination-api.md 3).

use bytes::Bytes;

use super::super::path;
use super::super::{Method, Request};

/// A call to `/v1` and these segments. All can be repeated: reads change nothing, and a merge of the same
/// people with the same values, tags included, leaves them as they are (destination-api.md 4.3).
pub(super) fn post(segments: &[&str], body: impl Into<Bytes>) -> Request {
    Request { method: Method::Post, path: path::join(segments), body: Some(body.into()), repeatable: true }
}
