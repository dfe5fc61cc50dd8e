//! Ids of people: 24 hex digits as recorded, which do not sort by age (`destination-api.md` 4.6).

use crate::mix::mix;

/// The id of the person at this place. The recorded ones begin and end with `00`.
pub(super) fn person(at: usize) -> String {
    let at = u64::try_from(at).unwrap_or(u64::MAX);
    format!("00{:016x}{:04x}00", mix(at), mix(!at) & 0xffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_the_recorded_form_and_do_not_sort_by_age() {
        let ids: Vec<String> = (0..20).map(person).collect();
        assert!(ids.iter().all(|id| id.len() == 24 && id.bytes().all(|b| b.is_ascii_hexdigit())));
        assert!(!ids.is_sorted());
        assert_eq!(ids, (0..20).map(person).collect::<Vec<_>>());
    }
}
