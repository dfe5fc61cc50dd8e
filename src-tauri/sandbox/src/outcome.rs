//! What came of a request, before a fault bends it.

use crate::wire::Reply;

/// What came of a request.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) reply: Reply,
    /// Whether the account stored something of it.
    pub(crate) applied: bool,
    pub(crate) form: Form,
    /// The addresses as sent that the reply names, with their ids.
    pub(crate) named: Vec<(String, String)>,
    /// Addresses not stored.
    pub(crate) refused: Vec<String>,
}

/// The forms of reply that some faults are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// None of the others.
    Plain,
    /// Classic's, with `email_contact_map`.
    Map,
    /// Ortto's, with `people`.
    People,
}

impl Outcome {
    /// An answer to something that stores nothing.
    pub(crate) fn told(reply: Reply) -> Outcome {
        let (named, refused) = (Vec::new(), Vec::new());
        Outcome { reply, applied: false, form: Form::Plain, named, refused }
    }

    /// An answer to a write that was carried out.
    pub(crate) fn stored(reply: Reply) -> Outcome {
        Outcome { applied: true, ..Outcome::told(reply) }
    }
}
