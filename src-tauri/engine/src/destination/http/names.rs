//! Names: the addresses that a host name may stand for.
//!
//! A public name that answers with an address of this computer or of the inner network is refused
//! before the key is sent (reliability.md N03, 6.3); the loopback name is never looked up at all.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::Origin;

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

/// Whether an address is of this computer, this link, or an inner network.
fn is_inner(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, ..] = v4.octets();
            v4.is_loopback()
                || v4.is_private()
                || v4.is_link_local()
                || v4.is_broadcast()
                || v4.is_multicast()
                || a == 0
                || (a == 100 && (64..128).contains(&b))
        }
        IpAddr::V6(v6) => {
            v6.is_loopback()
                || v6.is_unspecified()
                || v6.is_multicast()
                || v6.is_unique_local()
                || v6.is_unicast_link_local()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_inner;

    #[test]
    fn inner_addresses_are_known() {
        for inner in [
            "127.0.0.1",
            "127.9.9.9",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "::ffff:10.0.0.1",
        ] {
            assert!(is_inner(inner.parse().unwrap()), "{inner}");
        }
        for outer in ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111"] {
            assert!(!is_inner(outer.parse().unwrap()), "{outer}");
        }
    }
}
