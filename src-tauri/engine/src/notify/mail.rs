//! Mail: one letter by SMTP to a server that the user gave. The password and the addresses are in no error and no
//! log; what the server says is not passed on, for it repeats addresses.

use std::error::Error as _;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use lettre::address::{Address, Envelope};
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use secrecy::{ExposeSecret as _, SecretString};

use crate::error::{Code, Error, Result};
use crate::model::{MailSecurity, MailSettings};

use super::host::{Host, refused};
use super::words;

const WHAT: &str = "The mail server";

/// For each step with the server, as for a webhook.
const STEP: Duration = Duration::from_secs(10);

/// From the first step to the last.
const TOTAL: Duration = Duration::from_secs(30);

/// For saying good-bye.
const FAREWELL: Duration = Duration::from_secs(1);

/// The most receivers.
const MOST: usize = 10;

/// A letter.
#[derive(Debug, Clone)]
pub struct Letter {
    /// What tells it from others; the same for a letter that is sent again, so that mailboxes show it once.
    pub id: String,
    /// When it was written.
    pub at: Timestamp,
    /// What it says.
    pub message: words::Message,
}

/// Settings of mail in their plain form, checked.
///
/// # Errors
/// `usage` or `bad_url` with a sentence that names the field.
pub fn check(settings: &MailSettings) -> Result<MailSettings> {
    let mut settings = settings.clone();
    settings.server = settings.server.trim().to_owned();
    settings.user = settings.user.trim().to_owned();
    let host = Host::parse(WHAT, &settings.server)?;
    host.name().clone_into(&mut settings.server);
    if settings.port == 0 {
        return Err(usage("The port of the mail server is 1 to 65,535, usually 465 or 587"));
    }
    if settings.security == MailSecurity::None && !host.is_loopback() {
        return Err(refused(
            WHAT,
            "is on another computer, so that mail goes there only with TLS or STARTTLS",
        ));
    }
    if settings.user.chars().any(char::is_control) {
        return Err(usage("The user name of the mail server has a line break"));
    }
    settings.from = address("The sender's address", &settings.from)?.to_string();
    if settings.to.is_empty() || settings.to.len() > MOST {
        return Err(usage("Mail goes to 1 to 10 receivers"));
    }
    for to in &mut settings.to {
        *to = address("A receiver's address", to)?.to_string();
    }
    Ok(settings)
}

/// Sends a letter, once.
///
/// # Errors
/// `bad_url` where the server may not be spoken to, `unreachable` where it does not answer, `key_refused` where it
/// refuses the user name or the password, `destination` where it refuses the letter; `retryable` where that may
/// pass.
pub async fn send(settings: &MailSettings, password: Option<&SecretString>, letter: &Letter) -> Result<()> {
    let settings = check(settings)?;
    let sent = tokio::time::timeout(TOTAL, send_to(&settings, password, letter)).await;
    sent.unwrap_or_else(|_| Err(unheard(&settings.server)))
}

async fn send_to(settings: &MailSettings, password: Option<&SecretString>, letter: &Letter) -> Result<()> {
    let server = settings.server.as_str();
    let host = Host::parse(WHAT, server)?;
    let message = written(settings, letter)?;
    let addresses = host.addresses(settings.port).await?;
    let said = |error: smtp::Error| of(&error, server);
    // The name is what a certificate is held to; the connection goes to the addresses that were checked.
    let tls = || TlsParameters::new(server.to_owned()).map_err(said);
    let wrapped = if settings.security == MailSecurity::Tls { Some(tls()?) } else { None };
    let hello = ClientId::default();
    let mut connection =
        AsyncSmtpConnection::connect_tokio1(addresses.as_slice(), Some(STEP), &hello, wrapped, None)
            .await
            .map_err(said)?;
    let done = async {
        if settings.security == MailSecurity::StartTls {
            if !connection.can_starttls() {
                return Err(refused_by(server, "offers no STARTTLS")
                    .help("Choose TLS, usually on port 465; without either nothing is sent."));
            }
            connection.starttls(tls()?, &hello).await.map_err(said)?;
        }
        if !settings.user.is_empty() {
            let password = password.map(|password| password.expose_secret().to_owned());
            let password =
                password.ok_or_else(|| refused_by(server, "needs a password, and none is stored"))?;
            let credentials = Credentials::new(settings.user.clone(), password);
            connection
                .auth(&[Mechanism::Plain, Mechanism::Login], &credentials)
                .await
                .map_err(|error| sign_in(&error, server))?;
        }
        connection.send(message.envelope(), &message.formatted()).await.map_err(said)
    };
    let done = done.await;
    // A server that took the letter and then hangs has taken it.
    drop(tokio::time::timeout(FAREWELL, connection.abort()).await);
    done.map(|_| ())
}

/// The letter as it goes out. Every header is one of a type that knows no line breaks.
fn written(settings: &MailSettings, letter: &Letter) -> Result<Message> {
    let from = address("The sender's address", &settings.from)?;
    let domain = idna::domain_to_ascii(from.domain()).unwrap_or_else(|_| "localhost".to_owned());
    let mut builder = Message::builder()
        .from(Mailbox::new(Some("Segue".to_owned()), from.clone()))
        .subject(letter.message.subject.clone())
        .date(SystemTime::from(letter.at))
        .message_id(Some(format!("<{}@{domain}>", letter.id)))
        .header(ContentType::TEXT_PLAIN)
        // Nobody's answering machine is to answer (RFC 3834).
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ));
    let mut receivers = Vec::with_capacity(settings.to.len());
    for to in &settings.to {
        let to = address("A receiver's address", to)?;
        builder = builder.to(Mailbox::new(None, to.clone()));
        receivers.push(to);
    }
    let envelope =
        Envelope::new(Some(from), receivers).map_err(|_| usage("Mail goes to 1 to 10 receivers"))?;
    builder
        .envelope(envelope)
        .body(letter.message.text.clone())
        .map_err(|_| Error::internal("a letter cannot be written"))
}

/// A bare address; the error does not repeat it.
fn address(what: &str, text: &str) -> Result<Address> {
    text.trim().parse().map_err(|_| usage(&format!("{what} is no e-mail address, such as anna@example.com")))
}

fn usage(sentence: &str) -> Error {
    Error::new(Code::Usage, format!("{sentence}; nothing was changed and nothing was sent."))
}

fn refused_by(server: &str, why: &str) -> Error {
    Error::new(Code::Destination, format!("The mail server {server} {why}; no mail was sent."))
}

fn unheard(server: &str) -> Error {
    Error::new(Code::Unreachable, format!("The mail server {server} was not reached, or did not answer in time; the mail may not have arrived."))
        .help("Check its name and port, and the network.")
        .retryable()
}

/// What a server that refuses to sign in means.
fn sign_in(error: &smtp::Error, server: &str) -> Error {
    if !error.is_permanent() {
        return of(error, server);
    }
    Error::new(
        Code::KeyRefused,
        format!("The mail server {server} refused the user name or the password; no mail was sent."),
    )
    .help("Type both again; some providers want a password for apps in place of your own.")
}

/// Whether the other side spoke no TLS, or cannot be trusted: rustls calls both invalid data, and no connection
/// that just broke is that.
fn is_distrust(error: &smtp::Error) -> bool {
    let mut cause = error.source();
    while let Some(inner) = cause {
        let io = inner.downcast_ref::<std::io::Error>();
        if io.is_some_and(|io| io.kind() == std::io::ErrorKind::InvalidData) {
            return true;
        }
        cause = inner.source();
    }
    false
}

fn of(error: &smtp::Error, server: &str) -> Error {
    if let Some(code) = error.status() {
        let refusal = refused_by(server, &format!("refused the mail ({code})"));
        return if error.is_transient() { refusal.retryable() } else { refusal };
    }
    if error.is_tls() || is_distrust(error) {
        return Error::new(
            Code::Unreachable,
            format!(
                "The mail server {server} cannot prove who it is, or speaks no TLS there; no mail was sent."
            ),
        )
        .help(
            "Check its name, and whether its port is for TLS (usually 465) or for STARTTLS (usually 587).",
        );
    }
    if error.is_response() || error.is_client() {
        return refused_by(server, "answered something that is no SMTP that Segue speaks");
    }
    unheard(server)
}
