//! Notices: who is told when an export changes its state. Secrets come in and never go out.

use schemars::JsonSchema;
use segue_engine::model::{MailSettings, NoticeLanguage, NoticeTries};
use serde::{Deserialize, Serialize};

use super::Key;

/// Who is told, and how the last tries went.
#[derive(Debug, Clone, JsonSchema, Serialize)]
pub struct NoticesView {
    /// Whether the operating system shows notices.
    pub desktop: bool,
    /// The host that the webhook goes to; `None`: none.
    pub webhook_host: Option<String>,
    /// The mail server and who writes to whom; `None`: no mail.
    pub mail: Option<MailSettings>,
    /// Whether a password of the mail server is stored.
    pub mail_password: bool,
    /// The language of webhooks and mail.
    pub language: NoticeLanguage,
    /// How the last tries went.
    pub tries: NoticeTries,
}

/// Who is to be told.
#[derive(Debug, Clone, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticesDraft {
    /// Whether the operating system shows notices.
    pub desktop: bool,
    /// Whether a webhook goes out.
    pub webhook: bool,
    /// The webhook's address; `None`: the one that is stored.
    pub webhook_url: Option<Key>,
    /// The mail server and who writes to whom; `None`: no mail.
    pub mail: Option<MailSettings>,
    /// The password of the mail server; `None`: the one that is stored.
    pub mail_password: Option<Key>,
    /// The language of webhooks and mail.
    pub language: NoticeLanguage,
}

/// Sends a notice that says that it is a trial, by what is stored.
#[derive(Debug, Clone, Copy, JsonSchema, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticesTestRequest {
    /// By which way.
    pub way: NoticeWay,
}

/// A way to tell somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeWay {
    /// The webhook.
    Webhook,
    /// Mail.
    Mail,
}
