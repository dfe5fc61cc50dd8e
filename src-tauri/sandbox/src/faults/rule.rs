//! When a fault is played.

use serde::{Deserialize, Serialize};

use super::Act;
use crate::wire::{Head, Length};

/// One fault: on which requests, and what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The requests it is about; absent or `{}` for all.
    #[serde(default)]
    pub on: On,
    /// What happens to them.
    #[serde(rename = "do")]
    pub act: Act,
}

/// Which requests a rule is about. `method`, `path` and `longer` choose the requests that are
/// counted, from 1; `nth`, `from`, `every` and `times` choose among the counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct On {
    /// The method, in capitals; all when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// The path as it is on the wire, exact, or a prefix when it ends with `*`; `/v1` may be left
    /// out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// A body, by its `Content-Length`, of more than so many bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longer: Option<usize>,
    /// These by number.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nth: Vec<u64>,
    /// From this number on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<u64>,
    /// Each so many, counted from `from`, or the multiples when there is no `from`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub every: Option<u64>,
    /// At most so often.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<u64>,
}

impl On {
    pub(super) fn is_about(&self, head: &Head) -> bool {
        self.method.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(&head.method))
            && self.path.as_ref().is_none_or(|wanted| is_path(wanted, &head.path))
            && self
                .longer
                .is_none_or(|most| matches!(head.length(), Ok(Length::Known(bytes)) if bytes > most))
    }

    /// Whether the `n`-th request that it is about is one of the chosen.
    pub(super) fn chooses(&self, n: u64) -> bool {
        if self.nth.is_empty() && self.from.is_none() && self.every.is_none() {
            return true;
        }
        if self.nth.contains(&n) {
            return true;
        }
        match (self.from, self.every) {
            (None, None) => false,
            (Some(from), None) => n >= from,
            (from, Some(every)) => {
                let every = every.max(1);
                let from = from.unwrap_or(every);
                n.checked_sub(from).is_some_and(|since| since % every == 0)
            }
        }
    }
}

fn is_path(wanted: &str, path: &str) -> bool {
    let wanted = wanted.strip_prefix("/v1").unwrap_or(wanted);
    let path = path.strip_prefix("/v1").unwrap_or(path);
    match wanted.strip_suffix('*') {
        Some(prefix) => path.starts_with(prefix),
        None => path == wanted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(on: &On) -> Vec<u64> {
        (1..=10).filter(|&n| on.chooses(n)).collect()
    }

    #[test]
    fn numbers_are_chosen() {
        let all = On::default();
        assert_eq!(chosen(&all).len(), 10);
        assert_eq!(chosen(&On { nth: vec![1, 4], ..all.clone() }), [1, 4]);
        assert_eq!(chosen(&On { from: Some(9), ..all.clone() }), [9, 10]);
        assert_eq!(chosen(&On { every: Some(4), ..all.clone() }), [4, 8]);
        assert_eq!(chosen(&On { from: Some(2), every: Some(3), ..all.clone() }), [2, 5, 8]);
        assert_eq!(chosen(&On { nth: vec![1], from: Some(10), ..all }), [1, 10]);
    }

    #[test]
    fn paths_are_exact_or_prefixes() {
        assert!(is_path("/v1/contacts", "/v1/contacts"));
        assert!(is_path("/contacts", "/v1/contacts"));
        assert!(!is_path("/contact", "/v1/contacts"));
        assert!(is_path("/contact*", "/v1/contacts"));
        assert!(is_path("*", "/elsewhere"));
    }
}
