//! Names: the addresses that a host name may stand for.
//!
//! A public name that answers with an address of this computer or of the inner network is refused
//! before the key is sent (reliability.md N03, 6.3); the loopback name is never looked up at all.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::Origin;
use crate::model::is_inner;

/// Looks names up for one origin.
#[derive(Debug)]
pub(super) struct Names {
    host: String,
    loopback: bool,
}

impl Names {
    pub(super) fn of(origin: &Origin) -> Self {
        Self { host: origin.host().to_owned(), loopback: origin.is_loopback() }
    }
}

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let asked = name.as_str().to_owned();
        let ours = asked.eq_ignore_ascii_case(&self.host);
        if self.loopback {
            return Box::pin(async move {
                if !ours {
                    return Err("another host than the origin's".into());
                }
                let both = [IpAddr::from(Ipv4Addr::LOCALHOST), IpAddr::from(Ipv6Addr::LOCALHOST)];
                Ok(Box::new(both.map(|ip| SocketAddr::new(ip, 0)).into_iter()) as Addrs)
            });
        }
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((asked.as_str(), 0)).await?.collect();
            // Another name is the proxy's, which may well be inside.
            if ours && found.iter().any(|address| is_inner(address.ip())) {
                return Err("the host's name leads to an inner address".into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}
