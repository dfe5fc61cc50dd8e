//! Webhook: one POST of JSON to an address that the user gave. The address often is a secret itself, so that it is
//! in no error, no `Debug` and no log; its host may be named.

use std::error::Error as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use url::Url;

use crate::error::{Code, Error, Result};

use super::host::{Host, refused};

const WHAT: &str = "The webhook's address";

/// From the first byte to the answer.
const TOTAL: Duration = Duration::from_secs(10);

/// The longest address that is taken, in octets.
const MOST: usize = 2_048;

/// Where a webhook goes.
#[derive(Clone)]
pub struct Webhook {
    url: Url,
    host: Host,
}

impl Webhook {
    /// Reads an address: `https`, or `http` to this computer; a host that may be spoken to; no user name.
    ///
    /// # Errors
    /// `bad_url` with one sentence on what is wrong, without the address.
    pub fn parse(address: &SecretString) -> Result<Self> {
        let text = address.expose_secret().trim();
        let url = Url::parse(text)
            .ok()
            .filter(|_| text.len() <= MOST)
            .ok_or_else(|| refused(WHAT, "is no address of the form https://host/path"))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refused(WHAT, "has a user name or a password before its host"));
        }
        let found = url.host().filter(|_| matches!(url.scheme(), "https" | "http"));
        let host = Host::of(WHAT, &found.ok_or_else(|| refused(WHAT, "does not begin with https://"))?)?;
        if url.scheme() == "http" && !host.is_loopback() {
            return Err(refused(
                WHAT,
                "begins with http://, which is taken only for this computer: use https://",
            ));
        }
        // Ports below 1024 are other services': a notice must not speak to a mail or shell server.
        if !host.is_loopback() && url.port().is_some_and(|port| port < 1024) {
            return Err(refused(
                WHAT,
                "has the port of another service: https is on 443, or on a port from 1024",
            ));
        }
        Ok(Self { url, host })
    }

    /// The host, for people.
    #[must_use]
    pub fn host(&self) -> &str {
        self.host.name()
    }

    /// Sends this, once. What is answered beside the status is not read.
    ///
    /// # Errors
    /// `bad_url` where the host may not be spoken to, `unreachable` where no answer came, `destination` where it
    /// was refused; `retryable` where that may pass.
    pub async fn send(&self, body: &Value) -> Result<()> {
        let mut request = reqwest::Request::new(reqwest::Method::POST, self.url.clone());
        request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        *request.body_mut() = Some(body.to_string().into());
        let client = client(&self.host).map_err(|error| {
            Error::internal(format_args!("no HTTP client can be made: {}", error.without_url()))
        })?;
        let answer = client.execute(request).await.map_err(|error| self.unheard(&error))?;
        self.judged(answer.status())
    }

    fn judged(&self, status: StatusCode) -> Result<()> {
        let (host, number) = (self.host(), status.as_u16());
        let passes = status.is_server_error()
            || matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT);
        let error = match status {
            _ if status.is_success() => return Ok(()),
            _ if status.is_redirection() => Error::new(
                Code::Destination,
                format!("{host} sent the notice on to another address ({number}), which Segue never follows; it did not arrive."),
            )
            .help("Copy the webhook's address again, in its final form."),
            _ if passes => {
                let words = format!("{host} could not take the notice just now ({number}); it did not arrive.");
                Error::new(Code::Destination, words).retryable()
            }
            _ => Error::new(Code::Destination, format!("{host} refused the notice ({number}); it did not arrive."))
                .help("Check that the webhook is still there, and copy its address again."),
        };
        Err(error)
    }

    /// Why there is no answer. The client's own words hold the address, so that none of them is passed on.
    fn unheard(&self, error: &reqwest::Error) -> Error {
        let mut cause = error.source();
        while let Some(inner) = cause {
            if let Some(ours) = inner.downcast_ref::<Error>() {
                return ours.clone();
            }
            // What rustls says of a host that it does not trust; its type is not handed out.
            if inner.to_string().contains("invalid peer certificate") {
                let words = format!("{} cannot prove who it is, so no notice was sent.", self.host());
                return Error::new(Code::Unreachable, words)
                    .help("Its certificate is not for this host, has run out, or is from nobody whom this computer trusts.");
            }
            cause = inner.source();
        }
        let why = if error.is_timeout() { "did not answer in time" } else { "was not reached" };
        Error::new(Code::Unreachable, format!("{} {why}; the notice may not have arrived.", self.host()))
            .help("Check the network, then try again.")
            .retryable()
    }
}

impl std::fmt::Debug for Webhook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Webhook").field("host", &self.host).finish_non_exhaustive()
    }
}

/// Looks names up, and lets the checked addresses be those that are used.
struct Names(Host);

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let host = self.0.clone();
        let asked = name.as_str().to_owned();
        Box::pin(async move {
            let found = if asked.eq_ignore_ascii_case(host.name()) {
                host.addresses(0).await?
            } else {
                // Another name is the proxy's, which may well be inside.
                tokio::net::lookup_host((asked.as_str(), 0)).await?.collect::<Vec<SocketAddr>>()
            };
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "of the two places that make clients, this is the one for notices"
)]
fn client(host: &Host) -> reqwest::Result<reqwest::Client> {
    let builder = reqwest::Client::builder()
        .user_agent(concat!("Segue/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .timeout(TOTAL)
        .pool_max_idle_per_host(0)
        .http1_only()
        .referer(false)
        .tls_version_min(reqwest::tls::Version::TLS_1_2)
        .https_only(!host.is_loopback())
        .dns_resolver(Arc::new(Names(host.clone())));
    // A proxy never sees what is meant for this computer.
    if host.is_loopback() { builder.no_proxy() } else { builder }.build()
}
