//! Host: whom a notice may be sent to (reliability.md 6.3): a name that leads out of this computer and out of the
//! inner network, or this computer itself.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use url::Host as Parsed;

use crate::error::{Code, Error, Result};

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

/// Whether an address is of this computer, this link, or an inner network, also where it is wrapped in one of
/// IPv6 that a gateway unwraps (NAT64, 6to4).
fn is_inner(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(v4) => is_inner_v4(v4),
        IpAddr::V6(v6) => {
            let [a, b, c, .., y, z] = v6.segments();
            let wrapped = match (a, b) {
                (0x64, 0xff9b) => Some((y, z)),
                (0x2002, _) => Some((b, c)),
                // IPv4-compatible, long out of use.
                (0, 0) if v6.octets().iter().take(12).all(|octet| *octet == 0) => Some((y, z)),
                _ => None,
            };
            v6.is_loopback()
                || v6.is_unspecified()
                || v6.is_multicast()
                || v6.is_unique_local()
                || v6.is_unicast_link_local()
                || wrapped.is_some_and(|(high, low)| {
                    is_inner_v4(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)))
                })
        }
    }
}

fn is_inner_v4(v4: Ipv4Addr) -> bool {
    let [a, b, ..] = v4.octets();
    v4.is_loopback()
        || v4.is_private()
        || v4.is_link_local()
        || v4.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
}
