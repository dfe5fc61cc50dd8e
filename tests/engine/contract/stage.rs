//! Stage: an account of one product, as the suite holds it. It is told what is in the account and how the account
//! answers, and it says what the account holds; what goes over the wire is the destination's.

use std::collections::{BTreeMap, BTreeSet};

use segue_engine::destination::Destination;
use serde_json::Value;

/// An account with nobody in it, that lives as long as it is held.
pub(crate) trait Stage: Send + Sync {
    /// The product.
    fn destination(&self) -> &dyn Destination;
    /// `http://127.0.0.1:PORT`.
    fn origin(&self) -> String;
    /// The key that it takes.
    fn key(&self) -> String;

    /// Makes a custom field of each type that the product has, and returns their names.
    fn define(&self) -> Vec<String>;
    /// Puts somebody in the account.
    fn seed(&self, email: &str, may_be_mailed: bool);
    /// Keeps an address from being mailed and from being made a contact; false where the product cannot.
    fn suppress(&self, email: &str) -> bool;
    /// The name by which the product's own calls permit mail.
    fn permission(&self) -> &'static str;

    /// Who is in the account, sorted by address.
    fn people(&self) -> Vec<Person>;

    /// From now on this fault alone; false where the product cannot fail so.
    fn play(&self, fault: Fault) -> bool;
    /// From now on no fault.
    fn rest(&self);
}

/// Somebody in the account.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Person {
    /// The account's own id.
    pub(crate) id: String,
    pub(crate) email: String,
    /// Values by the key of their field, without the address.
    pub(crate) fields: BTreeMap<String, Value>,
    /// Titles of lists.
    pub(crate) lists: BTreeSet<String>,
    pub(crate) may_be_mailed: bool,
}

/// How an account fails, or does what its vendor's documents leave open.
#[derive(Debug, Clone)]
pub(crate) enum Fault {
    /// Every request is answered so, and none is carried out.
    Answer { status: u16, headers: Vec<(&'static str, String)>, body: String },
    /// Requests are carried out, and the connection breaks before the answer.
    Cut,
    /// What a bulk call is answered comes in another order.
    OtherOrder,
    /// A bulk call with this address is a bad one.
    BadRow(String, Mixed),
    /// The answer to a bulk call does not name this address, which is stored.
    Unnamed(String),
    /// Bulk calls put nobody on a list.
    ListsIgnored,
    /// Bulk calls permit mail to everybody in them.
    PermitsMail,
}

impl Fault {
    /// An answer of JSON or of anything else.
    pub(crate) fn answer(status: u16, body: impl Into<String>) -> Self {
        Self::Answer { status, headers: Vec::new(), body: body.into() }
    }
}

/// What becomes of a bulk call with one bad row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mixed {
    /// Nothing is stored.
    Whole,
    /// The good rows are stored, and something is said of the bad one.
    Part,
    /// The good rows are stored, and nothing is said of the bad one.
    Silent,
}
