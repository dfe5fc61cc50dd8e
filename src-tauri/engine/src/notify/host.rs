//! Host: whom a notice may be sent to (reliability.md 6.3): a name that leads out of this computer and out of the
//! inner network, or this computer itself.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use url::Host as Parsed;

use crate::error::{Code, Error, Result};
use crate::model::is_inner;

/// A host that may be spoken to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    name: String,
    /// This computer, by these addresses; `None`: the name is looked up.
    own: Option<Vec<IpAddr>>,
}

impl Host {
    /// Reads a host as it was typed. `what` says whose it is, for example `The mail server`.
    ///
    /// # Errors
    /// `bad_url` with one sentence on what is wrong.
    pub fn parse(what: &str, text: &str) -> Result<Self> {
        // An address of IPv6 is taken with brackets and without.
        let bare = text.parse::<Ipv6Addr>().map(|ip| format!("[{ip}]"));
        let parsed = Parsed::parse(bare.as_deref().unwrap_or(text))
            .map_err(|_| refused(what, "is no name of a host, such as mail.example.com"))?;
        Self::of(what, &parsed)
    }

    /// The host of a URL.
    ///
    /// # Errors
    /// As [`Host::parse`].
    pub fn of<S: AsRef<str>>(what: &str, host: &Parsed<S>) -> Result<Self> {
        let own = match host {
            Parsed::Domain(name) if name.as_ref() == "localhost" => {
                Some(vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()])
            }
            Parsed::Domain(name) if name.as_ref().is_empty() || name.as_ref().len() > 253 => {
                return Err(refused(what, "is no name of a host, such as mail.example.com"));
            }
            Parsed::Domain(_) => None,
            Parsed::Ipv4(ip) if ip.is_loopback() => Some(vec![(*ip).into()]),
            Parsed::Ipv6(ip) if ip.is_loopback() => Some(vec![(*ip).into()]),
            Parsed::Ipv4(_) | Parsed::Ipv6(_) => {
                return Err(refused(what, "is an IP address, which is taken only for this computer"));
            }
        };
        let name = match host {
            Parsed::Domain(name) => name.as_ref().to_owned(),
            Parsed::Ipv4(ip) => ip.to_string(),
            Parsed::Ipv6(ip) => ip.to_string(),
        };
        Ok(Self { name, own })
    }

    /// The name, or the address of this computer.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it is this computer.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.own.is_some()
    }

    /// The addresses that a connection may go to; whoever connects takes these and asks nobody again.
    ///
    /// # Errors
    /// `unreachable` where the name is not found, which may pass; `bad_url` where it leads to this computer or
    /// into an inner network.
    pub async fn addresses(&self, port: u16) -> Result<Vec<SocketAddr>> {
        if let Some(own) = &self.own {
            return Ok(own.iter().map(|ip| SocketAddr::new(*ip, port)).collect());
        }
        let found = tokio::net::lookup_host((self.name.as_str(), port)).await;
        self.checked(found.into_iter().flatten().collect())
    }

    /// The same of addresses that were looked up: all of them must lead out.
    ///
    /// # Errors
    /// As [`Host::addresses`].
    pub fn checked(&self, found: Vec<SocketAddr>) -> Result<Vec<SocketAddr>> {
        let name = &self.name;
        if found.is_empty() {
            return Err(Error::new(
                Code::Unreachable,
                format!("The host {name} was not found; nothing was sent."),
            )
            .help("Check its name, and that this computer is online.")
            .retryable());
        }
        if found.iter().any(|address| is_inner(address.ip())) {
            return Err(Error::new(
                Code::BadUrl,
                format!("The host {name} leads to an address of an inner network; nothing was sent."),
            )
            .help("Notices go to public hosts, or to this computer as localhost."));
        }
        Ok(found)
    }
}

/// The refusal of a host, a port or an address: `what` and what is wrong with it.
pub(super) fn refused(what: &str, why: &str) -> Error {
    Error::new(Code::BadUrl, format!("{what} {why}; nothing was changed and nothing was sent."))
}
