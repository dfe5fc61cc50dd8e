//! Mistyped domains of mail: `gamil.com` for `gmail.com`. A suggestion for a person to look at; the
//! domains stand in `docs/rules/domains.json`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde::Deserialize;

use crate::model::Address;

/// A shorter domain has too many neighbours that are real.
const SHORTEST: usize = 9;

/// The file.
#[derive(Debug, Default, Deserialize)]
struct Domains {
    /// Where much mail goes: what a slip is mended to.
    common: BTreeSet<String>,
    /// Domains that are real though they look like a slip.
    real: BTreeSet<String>,
    /// Slips that no rule finds.
    slips: BTreeMap<String, String>,
}

/// The address as it may have been meant, where its domain is a slip away from a common one.
#[must_use]
pub fn mended_address(cell: &str) -> Option<String> {
    let (local, domain) = cell.trim().split_once('@')?;
    let written = domain.to_lowercase();
    let domain = written.trim_end_matches(['.', ',', ';']);
    let meant = match domains().is_real(domain) {
        true if domain == written => return None,
        true => domain,
        false => domains().mended(domain)?,
    };
    let mended = format!("{local}@{meant}");
    // Where more is wrong with it, another domain is no help.
    Address::parse(&mended).is_ok().then_some(mended)
}

fn domains() -> &'static Domains {
    static DOMAINS: OnceLock<Domains> = OnceLock::new();
    // It is part of the program: the tests see a broken one, and here nothing would be suggested.
    DOMAINS.get_or_init(|| {
        serde_json::from_str(include_str!("../../../../docs/rules/domains.json")).unwrap_or_default()
    })
}

impl Domains {
    fn is_real(&self, domain: &str) -> bool {
        self.common.contains(domain) || self.real.contains(domain)
    }

    /// What a domain that is not real may be.
    fn mended(&self, domain: &str) -> Option<&str> {
        if let Some(meant) = self.slips.get(domain) {
            return Some(meant);
        }
        let mut near = self.common.iter().filter(|meant| {
            meant.len() >= SHORTEST
                && !other_country(domain, meant)
                && one_slip(domain.as_bytes(), meant.as_bytes())
        });
        let first = near.next()?;
        near.next().is_none().then_some(first)
    }
}

/// Whether both end in a country, and not in the same: either may be meant.
fn other_country(a: &str, b: &str) -> bool {
    let country = |domain: &str| {
        domain.rsplit_once('.').map(|(_, ending)| ending.to_owned()).filter(|ending| ending.len() == 2)
    };
    matches!((country(a), country(b)), (Some(a), Some(b)) if a != b)
}

/// Whether one becomes the other by a letter too many, too few or wrong, or by two that changed places.
fn one_slip<'a>(a: &'a [u8], b: &'a [u8]) -> bool {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (a.get(same..).unwrap_or_default(), b.get(same..).unwrap_or_default());
    let same = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let middle = |text: &'a [u8]| text.get(..text.len() - same).unwrap_or_default();
    match (middle(a), middle(b)) {
        ([], [_]) | ([_], [] | [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_and_does_not_contradict_itself() {
        let domains: Domains =
            serde_json::from_str(include_str!("../../../../docs/rules/domains.json")).unwrap();
        assert!(domains.common.len() > 50 && domains.real.len() > 20 && domains.slips.len() > 10);
        for domain in domains.common.iter().chain(&domains.real) {
            assert_eq!(mended_address(&format!("anna@{domain}")), None, "{domain} is real");
            assert!(!domains.slips.contains_key(domain), "{domain} is no slip");
        }
        for (slip, meant) in &domains.slips {
            assert!(domains.common.contains(meant), "{slip} is mended to a common domain");
        }
        assert_eq!(domains.common.intersection(&domains.real).next(), None);
    }

    #[test]
    fn slips_are_mended_and_real_domains_left_alone() {
        for (cell, meant) in [
            ("anna@gamil.com", Some("anna@gmail.com")),
            (" Anna.B+x@GMIAL.COM ", Some("Anna.B+x@gmail.com")),
            ("anna@gmai.com", Some("anna@gmail.com")),
            ("anna@gmail.co", Some("anna@gmail.com")),
            ("anna@gmail.con", Some("anna@gmail.com")),
            ("anna@gmail,com", Some("anna@gmail.com")),
            ("anna@gmail", Some("anna@gmail.com")),
            ("anna@gmail.com.", Some("anna@gmail.com")),
            ("anna@hotmial.se", Some("anna@hotmail.se")),
            ("anna@outlok.com", Some("anna@outlook.com")),
            ("anna@mail.com", None),
            ("anna@ymail.com", None),
            ("anna@cloud.com", None),
            ("anna@hotmail.sk", None),
            ("anna@example.com", None),
            ("anna@gmail.com", None),
            ("anna@b@gamil.com", None),
            ("an na@gamil.com", None),
            ("@gamil.com", None),
            ("gamil.com", None),
            ("", None),
        ] {
            assert_eq!(mended_address(cell).as_deref(), meant, "{cell}");
        }
    }
}
