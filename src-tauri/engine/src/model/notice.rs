//! Notice: what somebody is told of an export that changed its state. Names of exports and counts, never people.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ExportId, RunId};

/// What somebody is told.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct Notice {
    /// What happened.
    pub kind: NoticeKind,
    /// The export's id.
    pub export_id: ExportId,
    /// The export's name.
    pub export: String,
    /// The run.
    pub run: RunId,
    /// When it ended.
    pub at: Timestamp,
    /// Profiles in the chosen segments.
    pub people: u64,
    /// People in the mean of the runs before, where that is what it is about; else 0.
    pub before: u64,
    /// People rejected, not attempted, held or not removed.
    pub not_done: u64,
}

/// A change of state that is worth a word; one for a run at most, the first that is true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// It failed, and had not before.
    Failed,
    /// It was skipped, as its data could not be read, and had not been before.
    Skipped,
    /// People who leave are held until somebody decides, and were not before.
    Waiting,
    /// It was completed with errors, and had not been before.
    Errors,
    /// The number of people is more than 50 % off the mean of the last five runs.
    PeopleChanged,
    /// All is well again.
    Recovered,
}

/// Who is told, and how. Secrets are in the keychain and never here.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NoticeSettings {
    /// Whether the operating system shows notices while Segue is open or in the tray.
    pub desktop: bool,
    /// Where a webhook goes; `None`: none.
    pub webhook: Option<WebhookSettings>,
    /// Where mail goes; `None`: none.
    pub mail: Option<MailSettings>,
    /// The language of webhooks and mail.
    pub language: NoticeLanguage,
}

impl Default for NoticeSettings {
    fn default() -> Self {
        Self { desktop: true, webhook: None, mail: None, language: NoticeLanguage::En }
    }
}

/// A language of webhooks and mail.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeLanguage {
    /// English.
    #[default]
    En,
    /// Swedish.
    Sv,
}

/// A webhook. Its address often is a secret itself, so only its host is kept here.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebhookSettings {
    /// The host, for people.
    pub host: String,
}

/// A mail server and who writes to whom.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailSettings {
    /// The server's name.
    pub server: String,
    /// Its port.
    pub port: u16,
    /// How the connection is made safe.
    pub security: MailSecurity,
    /// The user name; empty: the server asks for none.
    pub user: String,
    /// The sender's address.
    pub from: String,
    /// The receivers' addresses: 1 to 10.
    pub to: Vec<String>,
}

/// How a connection to a mail server is made safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailSecurity {
    /// TLS from the first byte, usually port 465.
    Tls,
    /// TLS after `STARTTLS`, usually port 587; never without.
    StartTls,
    /// None; only to this computer.
    None,
}

/// How the last notices went, for whoever set them up.
#[derive(Debug, Clone, Default, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
#[serde(default)]
pub struct NoticeTries {
    /// The webhook's last try.
    pub webhook: Option<NoticeTry>,
    /// The mail's last try.
    pub mail: Option<NoticeTry>,
}

/// A try to tell somebody.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema, Serialize, Deserialize)]
pub struct NoticeTry {
    /// When.
    pub at: Timestamp,
    /// Why it did not go, as a sentence; empty where it went.
    pub trouble: String,
}
