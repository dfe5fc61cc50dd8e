//! The wire: the only place that makes HTTP clients, with the settings of reliability.md 6.1.
//!
//! One request in, one whole reply or one [`Failure`] out. Nothing is followed, decompressed or
//! repeated here; the key is in no error and no `Debug`.

mod failure;
mod names;
mod origin;
#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, DATE, HeaderMap, HeaderName,
    HeaderValue, RETRY_AFTER,
};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

pub use self::failure::Failure;
pub use self::origin::Origin;
use super::{Method, Reply, Request};
use crate::error::{Code, Error, Result};

/// The longest body that is read, in octets.
pub const BODY_CAP: usize = 4 * 1024 * 1024;

/// How much is read of the body of a refusal: its status says what it is, the body only why (A24).
const REFUSAL_CAP: usize = 64 * 1024;

const CONNECT: Duration = Duration::from_secs(10);
const TOTAL: Duration = Duration::from_secs(60);
const READ: Duration = Duration::from_secs(15);
const POOL_IDLE: Duration = Duration::from_secs(5);

/// An account's wire: an origin, a key, and the connections kept open to it.
pub struct Http {
    client: Mutex<reqwest::Client>,
    in_flight: usize,
    origin: Origin,
    key_name: HeaderName,
    key: SecretString,
}

impl Http {
    /// A wire to `origin` that sends `key` in the header `key_header` and keeps at most `in_flight`
    /// connections open between requests.
    ///
    /// # Errors
    /// `key_refused` for a key that cannot be a header; `internal` if no client can be made.
    pub fn new(
        origin: Origin,
        key_header: &'static str,
        key: SecretString,
        in_flight: usize,
    ) -> Result<Self> {
        let bare = key.expose_secret();
        if bare.is_empty() || !bare.chars().all(|letter| letter.is_ascii_graphic()) {
            return Err(Error::new(
                Code::KeyRefused,
                "The API key is empty, or has a blank, a line break or a letter in it that no key has; nothing was sent.",
            )
            .help("Copy the key again from the account's settings."));
        }
        let key_name = HeaderName::from_bytes(key_header.as_bytes())
            .map_err(|_| Error::internal("the key's header has no valid name"))?;
        let client = client(&origin, in_flight).map_err(|error| {
            Error::internal(format_args!("no HTTP client can be made: {}", error.without_url()))
        })?;
        Ok(Self { client: Mutex::new(client), in_flight, origin, key_name, key })
    }

    /// Where requests go.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Forgets the connections that are kept open: after a sleep nobody is at their other end (C02).
    pub fn renew(&self) {
        match client(&self.origin, self.in_flight) {
            Ok(new) => *self.client() = new,
            // The old one tries them, and then opens others.
            Err(_) => tracing::warn!("Connections that were open during a sleep are kept."),
        }
    }

    fn client(&self) -> MutexGuard<'_, reqwest::Client> {
        self.client.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends one request, once, and reads the whole reply, whatever its status.
    ///
    /// # Errors
    /// Why there is no whole reply, and whether the request may have been carried out.
    pub async fn send(&self, request: &Request) -> std::result::Result<Reply, Failure> {
        let request = self.build(request)?;
        let client = self.client().clone();
        let response = client.execute(request).await.map_err(|error| failure::of(error, false))?;
        self.read(response).await
    }

    fn build(&self, request: &Request) -> std::result::Result<reqwest::Request, Failure> {
        let url = self.url(&request.path)?;
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut wire = reqwest::Request::new(method, url);
        let mut key = HeaderValue::from_str(self.key.expose_secret())
            .map_err(|_| Failure::NotSent { why: "the key cannot be sent".to_owned() })?;
        key.set_sensitive(true);
        let headers = wire.headers_mut();
        headers.insert(self.key_name.clone(), key);
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        match &request.body {
            Some(body) => {
                headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
                *wire.body_mut() = Some(body.clone().into());
            }
            // A POST without a length is refused with 411 by some servers (A08).
            None if request.method == Method::Post => {
                headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
            }
            None => {}
        }
        Ok(wire)
    }

    /// The URL of a path. The parser must leave the path as it is: it would resolve `..`, and then
    /// another call would be made than the one meant.
    fn url(&self, path: &str) -> std::result::Result<Url, Failure> {
        let whole = format!("{}{path}", self.origin);
        match Url::parse(&whole) {
            Ok(url) if url.as_str() == whole => Ok(url),
            _ => Err(Failure::NotSent { why: "the path of the request is not in its final form".to_owned() }),
        }
    }

    async fn read(&self, mut response: reqwest::Response) -> std::result::Result<Reply, Failure> {
        let status = response.status();
        let success = status.is_success();
        let mut reply = Reply {
            status: status.as_u16(),
            body: Bytes::new(),
            retry_after: texts(response.headers(), &RETRY_AFTER),
            date: texts(response.headers(), &DATE).into_iter().next(),
        };
        if texts(response.headers(), &CONTENT_ENCODING)
            .iter()
            .any(|coding| !coding.eq_ignore_ascii_case("identity"))
        {
            return match success {
                true => Err(unknown("the reply is compressed, which was not asked for")),
                false => Ok(reply),
            };
        }
        let cap = if success { BODY_CAP } else { REFUSAL_CAP };
        let mut body = BytesMut::new();
        loop {
            match response.chunk().await {
                Ok(None) => break,
                Ok(Some(chunk)) if body.len() + chunk.len() <= cap => body.extend_from_slice(&chunk),
                Ok(Some(_)) if success => return Err(unknown("the reply is longer than 4 MiB")),
                Err(error) if success => return Err(failure::of(error, true)),
                // The status is known and stands; what was read of the reason is enough.
                Ok(Some(_)) | Err(_) => break,
            }
        }
        reply.body = self.redacted(body.freeze());
        Ok(reply)
    }

    /// The body without the key, should the other side echo it (A24).
    fn redacted(&self, body: Bytes) -> Bytes {
        let key = self.key.expose_secret();
        let text = String::from_utf8_lossy(&body);
        if text.contains(key) { Bytes::from(text.replace(key, "[key]")) } else { body }
    }
}

impl std::fmt::Debug for Http {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Http").field("origin", &self.origin).finish_non_exhaustive()
    }
}

fn unknown(why: &str) -> Failure {
    Failure::Unknown { why: why.to_owned() }
}

fn texts(headers: &HeaderMap, name: &HeaderName) -> Vec<String> {
    headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).map(str::to_owned).collect()
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that makes clients")]
fn client(origin: &Origin, in_flight: usize) -> reqwest::Result<reqwest::Client> {
    let builder = reqwest::Client::builder()
        .user_agent(concat!("Segue/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .connect_timeout(CONNECT)
        .timeout(TOTAL)
        .read_timeout(READ)
        .pool_idle_timeout(POOL_IDLE)
        .pool_max_idle_per_host(in_flight)
        .http1_only()
        .tcp_nodelay(true)
        .referer(false)
        .tls_version_min(reqwest::tls::Version::TLS_1_2)
        .https_only(!origin.is_loopback())
        .dns_resolver(Arc::new(names::Names::of(origin)));
    // A proxy never sees what is meant for this computer.
    if origin.is_loopback() { builder.no_proxy() } else { builder }.build()
}
