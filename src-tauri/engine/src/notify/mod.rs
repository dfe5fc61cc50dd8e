//! Notify: what somebody outside is told of an export that changed its state, by webhook and by mail. Names of
//! exports and counts go out, never people (product.md rule 12); where to is checked as reliability.md 6.3 asks.
//!
//! `change` decides, `words` says it, `webhook` and `mail` carry it to a `host` that may be spoken to, `tries`
//! repeats what may pass by itself. Nothing here reads the store or the keychain.

pub mod change;
pub mod host;
pub mod mail;
pub mod tries;
pub mod webhook;
pub mod words;

/// Under what the keychain keeps the webhook's address, whole: it often is a secret itself.
pub const WEBHOOK_KEY: &str = "notice-webhook";

/// Under what the keychain keeps the password of the mail server.
pub const MAIL_KEY: &str = "notice-mail";

/// A way to tell somebody outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The webhook.
    Webhook,
    /// Mail.
    Mail,
}
