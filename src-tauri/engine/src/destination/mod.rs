//! Destinations: what Segue says to an account and how it reads the answers.
//!
//! A destination is pure: it makes requests and reads replies. Sending them - pace, ledger, retries -
//! is the run's, the same for every destination; the wire is [`http`].

pub mod autopilot;
pub mod http;
pub mod limiter;
pub mod ortto;
mod pairs;
mod path;
pub mod reply;
pub mod retry;
pub mod value;

use std::borrow::Cow;
use std::collections::HashMap;

use bytes::Bytes;
use serde_json::value::RawValue;

use crate::error::{Error, Result};
use crate::model::{AccountField, FieldType, Target};

/// A request to an account: everything but origin and key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The HTTP method.
    pub method: Method,
    /// Path below the origin, percent-encoded, for example `/v1/contacts`.
    pub path: String,
    /// JSON body, if any.
    pub body: Option<Bytes>,
    /// Whether the same request can be repeated without harm. Making a list cannot.
    pub repeatable: bool,
}

/// The methods that destinations use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Read.
    Get,
    /// Write.
    Post,
    /// Take a person off a list. No contact is ever deleted.
    Delete,
}

/// A whole reply: status line, the headers that matter, body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// The body, at most [`http::BODY_CAP`] bytes.
    pub body: Bytes,
    /// `Retry-After` headers, as they came.
    pub retry_after: Vec<String>,
    /// The `Date` header, as it came.
    pub date: Option<String>,
}

/// What a reply means (reliability.md 6.1, outcome classes).
#[derive(Debug, Clone, PartialEq)]
pub enum Answer<T> {
    /// The account took it and said so.
    Accepted(T),
    /// The account refused the request as a whole for what is in it (400, 413).
    Refused {
        /// HTTP status.
        status: u16,
        /// The account's words: cleaned, cut at 500 characters, no key in it.
        text: String,
    },
    /// A whole reply that names none of those who were asked for: unknown once, then nobody is
    /// confirmed (N17).
    Unnamed,
    /// No such thing (404 where that is an answer).
    Missing {
        /// The account's words.
        text: String,
    },
    /// Nothing more may be sent in this run.
    Stop(Stop),
    /// Too fast: wait, then the same again.
    Wait(Option<std::time::Duration>),
    /// Nobody knows whether it was carried out: the same again, with the same contents.
    Unknown {
        /// Why, in words.
        why: String,
    },
}

impl<T> Answer<T> {
    /// The same answer with something else for what was accepted.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Answer<U> {
        match self {
            Self::Accepted(value) => Answer::Accepted(change(value)),
            Self::Refused { status, text } => Answer::Refused { status, text },
            Self::Unnamed => Answer::Unnamed,
            Self::Missing { text } => Answer::Missing { text },
            Self::Stop(stop) => Answer::Stop(stop),
            Self::Wait(time) => Answer::Wait(time),
            Self::Unknown { why } => Answer::Unknown { why },
        }
    }
}

/// Why a run stops at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// The class.
    pub kind: StopKind,
    /// HTTP status, 0 where there was none.
    pub status: u16,
    /// The account's words, cleaned.
    pub text: String,
}

/// Classes of [`Stop`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopKind {
    /// 401: the key is refused.
    Key,
    /// 403: the account is expired or the user left.
    Forbidden,
    /// 402, 507 or quota words: the contract's limit.
    Contract,
    /// 404 on a path that must exist: retired service or wrong origin.
    Retired,
    /// 3xx: a redirect, never followed.
    Redirect,
    /// 407: the proxy wants a sign-in.
    Proxy,
    /// A certificate that is not valid for the host.
    Certificate,
    /// Any other final status.
    Other,
}

/// One person in a bulk call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row<'a> {
    /// The address as the source has it, trimmed.
    pub email: &'a str,
    /// The account's id of the person; in calls [`By::Id`] every row has one.
    pub id: Option<&'a str>,
    /// JSON object `{target: value}` as `stage::matching` makes it; `None`: only lists.
    pub fields: Option<&'a str>,
    /// Lists to be put on: one at the most, unless [`Abilities::all_lists`].
    pub joins: &'a [&'a List],
    /// Lists to be taken off: none, unless [`Abilities::all_lists`]. No list is in both.
    pub leaves: &'a [&'a List],
}

impl<'a> Row<'a> {
    /// The values to send in the order of the matching, each with its target as text; not the address, which is
    /// the row's own.
    ///
    /// # Errors
    /// `internal` if they are not what `stage::matching` makes; it says nothing of the row, which would be
    /// personal data.
    pub fn values(&self) -> Result<Vec<(Cow<'a, str>, &'a RawValue)>> {
        let pairs::Pairs(mut values) = match self.fields {
            None => return Ok(Vec::new()),
            Some(text) => serde_json::from_str(text).map_err(|_| broken())?,
        };
        values.retain(|(target, _)| target != Target::EMAIL);
        Ok(values)
    }
}

/// The error of a row that cannot be written; it says nothing of the row, which would be personal data.
#[must_use]
pub fn broken() -> Error {
    Error::internal("the fields of a row are not what the matching makes")
}

/// By what an account finds the people of a bulk call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Their addresses.
    Address,
    /// Its own ids of them; their addresses stay as they are there.
    Id,
}

/// A bulk call of at most [`Abilities::batch`] rows, nobody twice.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// The people.
    pub rows: &'a [Row<'a>],
    /// By what they are found.
    pub by: By,
    /// Whether those who are not there are passed over and not created.
    pub only_existing: bool,
    /// Whether the account may carry it out later, and answers before.
    pub later: bool,
}

/// What the account said of one row of an accepted bulk call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowAnswer {
    /// Taken.
    Taken {
        /// The vendor's id, if it gave one.
        id: Option<String>,
        /// The account's own word for what it did, for example `merged`; empty where it has none.
        word: &'static str,
    },
    /// It will be carried out later; nothing is said of the person yet.
    Later,
    /// Not confirmed, or refused by name; the vendor's words.
    Refused(String),
    /// The account keeps the address from being mailed and makes no contact of it; the vendor's words.
    Suppressed(String),
    /// Passed over: there is no such person.
    Absent,
}

impl RowAnswer {
    /// Taken, and nothing else is known.
    #[must_use]
    pub fn taken() -> Self {
        Self::Taken { id: None, word: "" }
    }

    /// What is said of somebody whom the answer does not name.
    #[must_use]
    pub fn not_confirmed() -> Self {
        Self::Refused("not confirmed by the account".to_owned())
    }
}

/// A list of the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// Vendor id.
    pub id: String,
    /// Title.
    pub title: String,
    /// People on it, where the account says so along with it.
    pub members: Option<u64>,
}

/// One page of a list's people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roster {
    /// People on the list.
    pub total: u64,
    /// Addresses on this page.
    pub emails: Vec<String>,
    /// Where the next page begins; `None` on the last.
    pub bookmark: Option<String>,
}

/// What an account says when a list is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// Made.
    List(List),
    /// A list of that title is there already: read the lists again.
    Exists,
}

/// What a product can do: the plan of a run depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Abilities {
    /// People in one bulk call, at the most.
    pub batch: usize,
    /// About so many bytes of one bulk call, at the most.
    pub bytes: usize,
    /// Requests open at a time, at the most.
    pub in_flight: usize,
    /// People on a page of [`Destination::roster`].
    pub page: u64,
    /// People in one [`Destination::opted_out`], at the most.
    pub asked: usize,
    /// Whether a row of a bulk call names every list that its person joins and leaves. Otherwise it may name
    /// one that they join, and [`Destination::singly`] does the rest.
    pub all_lists: bool,
    /// Whether the lists come with the number of people on each.
    pub sized_lists: bool,
    /// Whether a bulk call may be carried out later, as [`Call::later`] asks.
    pub later: bool,
    /// Whether the vendor's documents leave open that a bulk call undoes opt-outs, so that a run looks whether it
    /// did (destination-api.md 5.2).
    pub may_undo_opt_outs: bool,
}

/// A product that people can be sent to. Pure: requests out, answers in.
pub trait Destination: Send + Sync {
    /// What people call the product.
    fn name(&self) -> &'static str;
    /// Where its accounts are, the word of each region with its origin; the first where nothing else is said.
    fn origins(&self) -> &'static [(&'static str, &'static str)];
    /// Requests a second, where nothing else is said (destination-api.md 4.2).
    fn rate(&self) -> u32;
    /// What it can do.
    fn abilities(&self) -> Abilities;
    /// The header that carries the key.
    fn key_header(&self) -> &'static str;

    /// The cheapest authorised read.
    fn test(&self) -> Request {
        self.contacts()
    }
    /// Reads [`Destination::test`].
    fn read_test(&self, reply: &Reply) -> Answer<()> {
        self.read_contacts(reply).map(drop)
    }

    /// Asks for the lists.
    fn lists(&self) -> Request;
    /// Reads [`Destination::lists`].
    fn read_lists(&self, reply: &Reply) -> Answer<Vec<List>>;
    /// Whether two titles are the same to the account.
    fn same_title(&self, one: &str, other: &str) -> bool {
        one == other
    }
    /// Why a list cannot be called so; `None` if it can.
    fn unusable_title(&self, title: &str) -> Option<String> {
        let _ = title;
        None
    }
    /// Makes a list; `None`: it makes itself once somebody is put on it. Not repeatable: after an unknown
    /// outcome the lists are read again.
    fn make_list(&self, title: &str) -> Option<Request> {
        let _ = title;
        None
    }
    /// Reads [`Destination::make_list`].
    fn read_made(&self, title: &str, reply: &Reply) -> Answer<Made> {
        let _ = (title, reply);
        Answer::Unknown { why: "nothing was asked for".to_owned() }
    }

    /// Asks for the fields.
    fn fields(&self) -> Request;
    /// Reads [`Destination::fields`]: standard and custom fields.
    fn read_fields(&self, reply: &Reply) -> Answer<Vec<AccountField>>;

    /// Asks for a page of the people on a list.
    fn roster(&self, list: &List, bookmark: Option<&str>) -> Request;
    /// Reads [`Destination::roster`].
    fn read_roster(&self, reply: &Reply) -> Answer<Roster>;

    /// A bulk call.
    ///
    /// # Errors
    /// `internal` if a row's fields are not what `stage::matching` makes.
    fn upsert(&self, call: &Call<'_>, fields: &[AccountField]) -> Result<Request>;
    /// Reads [`Destination::upsert`]: one answer for each row, in the order sent. Where [`Destination::by_id`] can
    /// tell whose ids are named, their number and order may be others.
    fn read_upsert(&self, call: &Call<'_>, reply: &Reply) -> Answer<Vec<RowAnswer>>;

    /// Asks who of at most [`Abilities::asked`] people opted out of mail.
    fn opted_out(&self, emails: &[&str]) -> Request;
    /// Reads [`Destination::opted_out`]: for each in the order asked; whoever is not there did not.
    fn read_opted_out(&self, emails: &[&str], reply: &Reply) -> Answer<Vec<bool>>;

    /// Asks how many contacts are in the account.
    fn contacts(&self) -> Request;
    /// Reads [`Destination::contacts`].
    fn read_contacts(&self, reply: &Reply) -> Answer<u64>;

    /// The JSON value to send for a cell that is not blank, as JSON text, or why it does not fit.
    ///
    /// # Errors
    /// The reason code; the value itself is not in it.
    fn value(&self, cell: &str, field: &AccountField) -> std::result::Result<Box<str>, Misfit>;
    /// The JSON value that clears a field of this type.
    fn blank(&self, kind: FieldType) -> &'static str {
        let _ = kind;
        "null"
    }
    /// Why a field cannot be matched at all, before the account is asked: for example `--` in a
    /// custom name (T13). `None` if it can.
    fn unusable(&self, target: &Target) -> Option<String>;

    /// Calls for one person and one list, where bulk calls do not do it all.
    fn singly(&self) -> Option<&dyn Singly> {
        None
    }
    /// Calls by the account's own ids, where it has them.
    fn by_id(&self) -> Option<&dyn ById> {
        None
    }
}

/// Calls for one person and one list. All are repeatable.
pub trait Singly: Send + Sync {
    /// Asks whether a person is on a list.
    fn member(&self, list: &str, email: &str) -> Request;
    /// Reads [`Singly::member`].
    fn read_member(&self, reply: &Reply) -> Answer<bool>;
    /// Puts one person on a list.
    fn join(&self, list: &str, email: &str) -> Request;
    /// Reads [`Singly::join`]: whether anything changed.
    fn read_join(&self, reply: &Reply) -> Answer<bool>;
    /// Takes one person off a list.
    fn leave(&self, list: &str, email: &str) -> Request;
    /// Reads [`Singly::leave`]: whether anything changed.
    fn read_leave(&self, reply: &Reply) -> Answer<bool>;
}

/// Calls by the account's own ids of people.
pub trait ById: Send + Sync {
    /// Asks whose ids these are, at most [`Abilities::batch`].
    fn owners(&self, ids: &[&str]) -> Request;
    /// Reads [`ById::owners`]: address by id, empty where a person has none; ids that the account does not know are
    /// not in it.
    fn read_owners(&self, reply: &Reply) -> Answer<HashMap<String, String>>;
}

/// A value that does not fit its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Misfit {
    /// Reason code, for example `not_an_integer`, `too_long`.
    pub reason: &'static str,
}
