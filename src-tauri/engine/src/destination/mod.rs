//! Destinations: what Segue says to an account and how it reads the answers.
//!
//! A destination is pure: it makes requests and reads replies. Sending them - pace, ledger, retries -
//! is the run's, the same for every destination; the wire is [`http`].

pub mod autopilot;
pub mod http;
pub mod limiter;
pub mod retry;

use bytes::Bytes;

use crate::error::Result;
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
    /// JSON object `{target: value}` as `stage::matching` makes it; `None`: only the list.
    pub fields: Option<&'a str>,
    /// Vendor id of the list to be put on.
    pub list: Option<&'a str>,
}

/// What the account said of one row of an accepted bulk call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowAnswer {
    /// Taken; the vendor's id, if it gave one.
    Taken(Option<String>),
    /// Not confirmed, or refused by name; the vendor's words.
    Refused(String),
}

/// A list of the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// Vendor id.
    pub id: String,
    /// Title.
    pub title: String,
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

/// A product that people can be sent to. Pure: requests out, answers in.
pub trait Destination: Send + Sync {
    /// People in one bulk call, at the most.
    fn batch_size(&self) -> usize;
    /// Requests open at a time, at the most.
    fn in_flight(&self) -> usize;
    /// The header that carries the key.
    fn key_header(&self) -> &'static str;

    /// The cheapest authorised read: tests the key and lists the lists.
    fn lists(&self) -> Request;
    /// Reads [`Destination::lists`].
    fn read_lists(&self, reply: &Reply) -> Answer<Vec<List>>;

    /// Asks for the custom fields.
    fn fields(&self) -> Request;
    /// Reads [`Destination::fields`]: standard and custom fields.
    fn read_fields(&self, reply: &Reply) -> Answer<Vec<AccountField>>;

    /// Makes a list. Not repeatable: after an unknown outcome the lists are read again.
    fn make_list(&self, title: &str) -> Request;
    /// Reads [`Destination::make_list`].
    fn read_made(&self, title: &str, reply: &Reply) -> Answer<Made>;

    /// Asks for a page of a list.
    fn roster(&self, list: &str, bookmark: Option<&str>) -> Request;
    /// Reads [`Destination::roster`].
    fn read_roster(&self, reply: &Reply) -> Answer<Roster>;

    /// Asks whether a person is on a list.
    fn member(&self, list: &str, email: &str) -> Request;
    /// Reads [`Destination::member`].
    fn read_member(&self, reply: &Reply) -> Answer<bool>;

    /// A bulk call of at most [`Destination::batch_size`] rows, no address twice.
    ///
    /// # Errors
    /// `internal` if a row's fields are not what `stage::matching` makes.
    fn upsert(&self, rows: &[Row<'_>], fields: &[AccountField]) -> Result<Request>;
    /// Reads [`Destination::upsert`]: one answer for each address, in the order sent.
    fn read_upsert(&self, emails: &[&str], reply: &Reply) -> Answer<Vec<RowAnswer>>;

    /// Puts one person on a list (where bulk calls do not).
    fn join(&self, list: &str, email: &str) -> Request;
    /// Reads [`Destination::join`]: whether anything changed.
    fn read_join(&self, reply: &Reply) -> Answer<bool>;

    /// Takes one person off a list.
    fn leave(&self, list: &str, email: &str) -> Request;
    /// Reads [`Destination::leave`]: whether anything changed.
    fn read_leave(&self, reply: &Reply) -> Answer<bool>;

    /// Asks for one contact.
    fn contact(&self, email: &str) -> Request;
    /// Reads [`Destination::contact`]: the fields of the account, `None` where there is no contact.
    fn read_contact(&self, reply: &Reply) -> Answer<Option<Contact>>;

    /// Contacts in the account: the first page of all.
    fn contacts(&self) -> Request;
    /// Reads [`Destination::contacts`]: how many there are.
    fn read_contacts(&self, reply: &Reply) -> Answer<u64>;

    /// The JSON value to send for a cell that is not blank, as JSON text, or why it does not fit.
    ///
    /// # Errors
    /// The reason code and words; the value itself is not in it.
    fn value(&self, cell: &str, kind: FieldType) -> std::result::Result<Box<str>, Misfit>;
    /// The JSON value that clears a field of this type.
    fn blank(&self, kind: FieldType) -> &'static str;
    /// Why a field cannot be matched at all, before the account is asked: for example `--` in a
    /// custom name (T13). `None` if it can.
    fn unusable(&self, target: &Target) -> Option<String>;
}

/// A value that does not fit its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Misfit {
    /// Reason code, for example `not_an_integer`, `too_long`.
    pub reason: &'static str,
}

/// A contact as the account has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Vendor id.
    pub id: String,
    /// Whether the person opted out of mail.
    pub unsubscribed: bool,
    /// First name, if any.
    pub first_name: Option<String>,
    /// Last name, if any.
    pub last_name: Option<String>,
}
