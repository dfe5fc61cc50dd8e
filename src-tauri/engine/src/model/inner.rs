//! Inner addresses: where neither a key nor a notice is sent by a public name.

use std::net::{IpAddr, Ipv4Addr};

/// Whether an address is of this computer, this link, or an inner network (reliability.md N03, 6.3), also where it is wrapped in one of
/// IPv6 that a gateway unwraps (NAT64, 6to4).
#[must_use]
pub fn is_inner(ip: IpAddr) -> bool {
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
