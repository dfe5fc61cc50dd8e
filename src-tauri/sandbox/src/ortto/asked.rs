//! A request to Ortto as it was read: which call, and its body.

use serde_json::Value;

use super::note::Noted;
use crate::record::Request;

/// 2 MB a payload (`destination-api.md` 3.3).
const MOST_BYTES: usize = 2_000_000;

/// The calls that are there (`destination-api.md` 3.1); all are POST.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Call {
    Merge,
    Get,
    ByIds,
    Subscriptions,
    CustomFields,
    CreateField,
    Tags,
}

/// The body, read once.
#[derive(Debug)]
pub(super) enum Body {
    Missing,
    TooLarge,
    Malformed(String),
    Json(Value),
}

/// A request.
#[derive(Debug)]
pub(crate) struct Asked {
    /// `None` for a path that is not there.
    pub(super) call: Option<Call>,
    pub(super) body: Body,
    noted: Noted,
}

/// Whether a path belongs to Ortto's entities (`destination-api.md` 3.1), there or not.
pub(crate) fn is_path(path: &str) -> bool {
    let entity = path.strip_prefix("/v1/").and_then(|rest| rest.split('/').next());
    let entities =
        ["person", "tags", "audience", "audiences", "organizations", "suppression-list", "instance-schema"];
    entity.is_some_and(|entity| entities.contains(&entity))
}

impl Call {
    pub(super) fn of_path(path: &str) -> Option<Call> {
        Some(match path.strip_prefix("/v1/")? {
            "person/merge" => Call::Merge,
            "person/get" => Call::Get,
            "person/get-by-ids" => Call::ByIds,
            "person/subscriptions" => Call::Subscriptions,
            "person/custom-field/get" => Call::CustomFields,
            "person/custom-field/create" => Call::CreateField,
            "tags/get" => Call::Tags,
            _ => return None,
        })
    }
}

impl Asked {
    pub(crate) fn read(path: &str, body: &[u8]) -> Asked {
        let call = Call::of_path(path);
        let body = if body.trim_ascii().is_empty() {
            Body::Missing
        } else if body.len() > MOST_BYTES {
            Body::TooLarge
        } else {
            match serde_json::from_slice(body) {
                Ok(body) => Body::Json(body),
                Err(error) => Body::Malformed(format!("The body is malformed: {error}")),
            }
        };
        let noted = match &body {
            Body::Json(body) => Noted::read(body, call == Some(Call::Merge)),
            _ => Noted::default(),
        };
        Asked { call, body, noted }
    }

    pub(crate) fn note(&self, request: &mut Request) {
        self.noted.enter(request);
    }

    pub(crate) fn emails(&self) -> &[String] {
        &self.noted.emails
    }

    pub(crate) fn is_merge(&self) -> bool {
        self.call == Some(Call::Merge)
    }

    pub(crate) fn is_async(&self) -> bool {
        self.noted.is_async()
    }

    /// Whether it is a merge of the kind that many at once are too much of (`destination-api.md`
    /// 3.3).
    pub(crate) fn is_sync_by_key(&self) -> bool {
        self.is_merge() && !self.noted.is_async() && !self.noted.is_by_id()
    }
}
