//! A request as its API reads it, up to what comes of it.

use crate::account::Account;
use crate::api::{Api, Key};
use crate::contents::Contents;
use crate::faults::{Faults, Kind};
use crate::outcome::Outcome;
use crate::record::Request;
use crate::route::{Astray, Route};
use crate::{ortto, vendor};

/// The accounts of one sandbox: nobody of one is in the other (`destination-api.md` 1.1).
#[derive(Debug, Default)]
pub(crate) struct Accounts {
    pub(crate) classic: Account,
    pub(crate) ortto: ortto::Account,
}

/// A request, read.
#[derive(Debug)]
pub(crate) enum Asked<'a> {
    Classic { route: Result<Route, Astray>, contents: Contents<'a> },
    Ortto(ortto::Asked),
}

/// What is told along with a request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told<'a> {
    pub(crate) method: &'a str,
    pub(crate) key: Key,
    pub(crate) seq: u64,
    pub(crate) faults: &'a Faults,
    /// The fault that is played on it.
    pub(crate) act: Option<&'a Kind>,
}

impl<'a> Asked<'a> {
    pub(crate) fn read(api: Api, method: &str, path: &str, body: &'a [u8]) -> Asked<'a> {
        match api {
            Api::Classic => {
                let route = Route::parse(path);
                let contents = Contents::read(route.as_ref().ok(), method, body);
                Asked::Classic { route, contents }
            }
            Api::Ortto => Asked::Ortto(ortto::Asked::read(path, body)),
        }
    }

    /// Enters in the record what the body says.
    pub(crate) fn note(&self, request: &mut Request) {
        match self {
            Asked::Classic { contents, .. } => {
                request.emails.clone_from(&contents.emails);
                request.list_id.clone_from(&contents.list_id);
                request.fields.clone_from(&contents.fields);
                request.opt_ins = contents.opt_ins;
                request.row_hashes.clone_from(&contents.row_hashes);
            }
            Asked::Ortto(asked) => asked.note(request),
        }
    }

    /// The addresses in it, in order as sent.
    pub(crate) fn emails(&self) -> &[String] {
        match self {
            Asked::Classic { contents, .. } => &contents.emails,
            Asked::Ortto(asked) => asked.emails(),
        }
    }

    /// Whether it writes the people of its body.
    pub(crate) fn writes_rows(&self) -> bool {
        match self {
            Asked::Classic { route, .. } => matches!(route, Ok(Route::Contact | Route::Contacts(None))),
            Asked::Ortto(asked) => asked.is_merge(),
        }
    }

    pub(crate) fn carry_out(self, accounts: &mut Accounts, told: Told<'_>) -> Outcome {
        match self {
            Asked::Classic { route, contents } => {
                let drop = match told.act {
                    Some(Kind::DropRows(pick)) => Some(pick),
                    _ => None,
                };
                let route = route.as_ref().map_err(|why| *why);
                let call = vendor::Call { method: told.method, route, key: told.key, contents };
                vendor::carry_out(&mut accounts.classic, told.faults, call, drop)
            }
            Asked::Ortto(asked) => ortto::carry_out(&mut accounts.ortto, asked, told),
        }
    }
}
