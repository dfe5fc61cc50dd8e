//! The Ortto account, as a test holds it.

use serde_json::Value;

use super::Sandbox;
use crate::Error;
use crate::ortto::{NewField, OrttoView};

impl Sandbox {
    /// What the Ortto account holds now.
    #[must_use]
    pub fn ortto(&self) -> OrttoView {
        let state = self.shared.lock();
        state.accounts.ortto.view(state.ban.begun())
    }

    /// Puts people in the Ortto account, as rows of `person/merge` with or without `archived`, and
    /// returns their ids.
    ///
    /// # Errors
    /// When the form of one is wrong; those before it are in.
    pub fn seed_ortto(&self, people: Vec<Value>) -> Result<Vec<String>, Error> {
        self.shared.lock().accounts.ortto.seed(people)
    }

    /// Defines a custom field of the Ortto account and returns its id; `None` when there is one of
    /// its name already, or when it could not be one.
    pub fn define_ortto(&self, field: NewField) -> Option<String> {
        self.shared.lock().accounts.ortto.define(field).ok().map(|field| field.id.clone())
    }

    /// Puts an address on the suppression list of the Ortto account.
    pub fn suppress_ortto(&self, email: &str) {
        self.shared.lock().accounts.ortto.suppress(email);
    }

    /// Deletes the person of this id or address from the Ortto account; false when there is none.
    pub fn delete_ortto(&self, who: &str) -> bool {
        self.shared.lock().accounts.ortto.remove(who)
    }
}
