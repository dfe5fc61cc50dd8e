//! The two APIs that one sandbox serves, and what tells them apart on the wire.

use crate::wire::{Head, Reply};
use crate::{ortto, vendor};

/// An API; each has its own account (`destination-api.md` 1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Api {
    /// `autopilotapikey`, `destination-api.md` 2.
    Classic,
    /// `X-Api-Key`, `destination-api.md` 3.
    Ortto,
}

/// What came in the key's header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    Missing,
    Wrong,
    Right,
}

impl Api {
    /// By the path; where that is neither's, by the key's header, so that a client is refused in
    /// the form that it knows.
    pub(crate) fn of(head: &Head) -> Api {
        let x_api_key = head.header("x-api-key").is_some() && head.header("autopilotapikey").is_none();
        if x_api_key { Api::Ortto } else { Api::of_path(&head.path) }
    }

    pub(crate) fn of_path(path: &str) -> Api {
        if ortto::is_path(path) { Api::Ortto } else { Api::Classic }
    }

    /// What the request has in the key's header of this API.
    pub(crate) fn key(self, head: &Head, right: &str) -> Key {
        let name = match self {
            Api::Classic => "autopilotapikey",
            Api::Ortto => "x-api-key",
        };
        match head.header(name) {
            None => Key::Missing,
            Some(key) if key == right => Key::Right,
            Some(_) => Key::Wrong,
        }
    }
}

/// How one request is refused: the forms of the two APIs differ (`destination-api.md` 2.5, 3.4).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Refuser {
    pub(crate) api: Api,
    /// The request's number, from which Ortto's `request_id` is made.
    pub(crate) seq: u64,
    /// `try-in-seconds` of Ortto's 429.
    pub(crate) seconds: u64,
}

impl Refuser {
    pub(crate) fn refuse(self, status: u16, message: &str) -> Reply {
        match self.api {
            Api::Classic => vendor::refuse(status, message).reply,
            Api::Ortto if status == 429 => ortto::too_fast(self.seconds),
            Api::Ortto => ortto::Refusal::new(status, message).reply(self.seq),
        }
    }
}
