//! What a fault does to one request.

mod form;
mod kind;

pub use kind::{Kind, Pick, Texts};

/// A kind of fault, and whether the account carries the request out all the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    /// The kind, with its parameters.
    pub kind: Kind,
    /// Whether the request is carried out; `None` leaves it to the kind.
    pub applied: Option<bool>,
}

impl Act {
    /// Whether the account carries the request out.
    pub(crate) fn applies(&self) -> bool {
        match (&self.kind, self.applied) {
            (Kind::ResetBefore {}, _) => false, // the body is never read
            (_, Some(told)) => told,
            (Kind::Answer { status, .. }, None) => *status < 300,
            (Kind::Redirect { .. } | Kind::Html {}, None) => false, // these never reach the vendor
            (Kind::Limit507 {} | Kind::Forbidden403 {}, None) => false,
            // The vendor: a request that timed out is still carried out (destination-api.md 2.4).
            (_, None) => true,
        }
    }
}

impl From<Kind> for Act {
    fn from(kind: Kind) -> Act {
        Act { kind, applied: None }
    }
}
