//! Wire: requests of JSON, and replies of JSON by what their status means for every product.

pub(super) use segue_engine::destination::reply::clean;
use segue_engine::destination::reply::{self, NotFound};
use segue_engine::destination::{Answer, Method, Reply, Request};
use serde_json::Value;

/// A read.
pub(super) fn get(path: String) -> Request {
    Request { method: Method::Get, path, body: None, repeatable: true }
}

/// A write that can be repeated.
pub(super) fn post(path: &str, body: &Value) -> Request {
    let body = Some(body.to_string().into());
    Request { method: Method::Post, path: path.to_owned(), body, repeatable: true }
}

/// Reads a reply by its status, then `schema` over the body of a 200. Every path is always there.
pub(super) fn read<T>(reply: &Reply, schema: impl FnOnce(&Value) -> Option<T>) -> Answer<T> {
    reply::read(reply, NotFound::Stops, |body| schema(&serde_json::from_slice(body).ok()?))
}

/// An array of nothing but texts.
pub(super) fn texts(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|text| text.as_str().map(str::to_owned)).collect()
}
