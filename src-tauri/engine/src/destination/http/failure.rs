//! Failure: why there is no whole reply, and whether the request may have been carried out.

use super::super::{Stop, StopKind};

/// Why there is no whole reply (reliability.md 6.1). The words have no address, no key and no URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Surely not carried out: no connection came about.
    NotSent {
        /// Why, in words.
        why: String,
    },
    /// It may have been carried out: the connection broke, or the reply is cut or cannot be read.
    Unknown {
        /// Why, in words.
        why: String,
    },
    /// The other side cannot prove that it is the host, or cannot speak TLS 1.2; nothing was sent.
    Certificate {
        /// Why, in words.
        why: String,
    },
    /// The proxy wants a sign-in (N25); nothing was sent.
    Proxy {
        /// Why, in words.
        why: String,
    },
}

impl Failure {
    /// Why, in words.
    #[must_use]
    pub fn why(&self) -> &str {
        match self {
            Self::NotSent { why }
            | Self::Unknown { why }
            | Self::Certificate { why }
            | Self::Proxy { why } => why,
        }
    }

    /// The stop that it is, if it is one: a repeat would fail the same way.
    #[must_use]
    pub fn stop(&self) -> Option<Stop> {
        let kind = match self {
            Self::NotSent { .. } | Self::Unknown { .. } => return None,
            Self::Certificate { .. } => StopKind::Certificate,
            Self::Proxy { .. } => StopKind::Proxy,
        };
        Some(Stop { kind, status: 0, text: self.why().to_owned() })
    }
}

/// Words of rustls for a peer that must not be trusted (N18, N19). reqwest does not hand out the
/// error's type, so its words are what there is.
const UNTRUSTED: [&str; 6] = [
    "invalid peer certificate",
    "peer is incompatible",
    "peer doesn't support any known protocol",
    "presented no certificates",
    "received fatal alert: protocol",
    "received fatal alert: handshake",
];

/// Reads an error of the client; `replied` when the head of a reply was there.
pub(super) fn of(error: reqwest::Error, replied: bool) -> Failure {
    let error = error.without_url();
    if replied {
        let why = if error.is_timeout() { "the reply did not end in time" } else { "the reply was cut off" };
        return Failure::Unknown { why: why.to_owned() };
    }
    let chain = chain(&error);
    let says = |words: &str| chain.iter().any(|text| text.to_ascii_lowercase().contains(words));
    if error.is_builder() || error.is_redirect() {
        return Failure::NotSent { why: "the request could not be made".to_owned() };
    }
    if !error.is_connect() {
        let why = if error.is_timeout() {
            "no reply came in time"
        } else {
            "the connection broke before a reply came"
        };
        return Failure::Unknown { why: why.to_owned() };
    }
    if UNTRUSTED.iter().any(|words| says(words)) {
        let reason = chain.last().cloned().unwrap_or_default();
        return Failure::Certificate { why: format!("the host cannot be trusted: {reason}") };
    }
    if says("proxy auth") {
        return Failure::Proxy { why: "the proxy wants a sign-in".to_owned() };
    }
    let why = if error.is_timeout() {
        "no connection came about in time"
    } else if says("dns error") {
        "the host was not found"
    } else if says("refused") {
        "the host refused the connection"
    } else {
        "no connection came about"
    };
    Failure::NotSent { why: why.to_owned() }
}

/// The words of an error and of its causes.
fn chain(error: &dyn std::error::Error) -> Vec<String> {
    let mut words = vec![error.to_string()];
    let mut cause = error.source();
    while let Some(inner) = cause {
        words.push(inner.to_string());
        cause = inner.source();
    }
    words
}
