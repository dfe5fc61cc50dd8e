//! What should come out of the sample, worked out from how it was made and not by the engine.

use std::collections::BTreeMap;

use super::sample::{Sample, Trouble};

/// The numbers of a run over a sample, and what the account should hold of it.
#[derive(Debug, Default)]
pub(super) struct Expected {
    /// Profiles in the segments.
    pub(super) source: u64,
    /// Without a usable address.
    pub(super) invalid: u64,
    /// With somebody else's address.
    pub(super) duplicate: u64,
    /// Who said no.
    pub(super) excluded: u64,
    /// Everybody who is to be in the account, by address: the segments and the telephone number.
    pub(super) people: BTreeMap<String, ([bool; 3], String)>,
}

impl Expected {
    /// Works it out.
    pub(super) fn of(sample: &Sample) -> Self {
        let mut expected = Self::default();
        for profile in sample.profiles.iter().filter(|profile| profile.is_selected()) {
            expected.source += 1;
            match profile.trouble {
                Trouble::Blank | Trouble::Malformed => expected.invalid += 1,
                Trouble::Unsubscribed => expected.excluded += 1,
                Trouble::Duplicate(_) => {
                    expected.duplicate += 1;
                    // The one person is in the segments of both profiles.
                    if let Some((segments, _)) = expected.people.get_mut(&profile.email.to_lowercase()) {
                        for (has, also) in segments.iter_mut().zip(profile.segments()) {
                            *has |= also;
                        }
                    }
                }
                Trouble::None => {
                    let value = (profile.segments(), profile.phone.clone());
                    expected.people.insert(profile.email.clone(), value);
                }
            }
        }
        expected
    }

    /// People on the list of the segment at this place.
    pub(super) fn on_list(&self, place: usize) -> u64 {
        let is_on = |(segments, _): &&([bool; 3], String)| segments.get(place).copied().unwrap_or_default();
        self.people.values().filter(is_on).count() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_in_the_segments_is_in_one_class() {
        let expected = Expected::of(&Sample::new(2_000));
        let sent = expected.people.len() as u64;
        assert_eq!(expected.source, sent + expected.invalid + expected.duplicate + expected.excluded);
        assert!(
            [expected.invalid, expected.duplicate, expected.excluded].iter().all(|n| *n > 10),
            "all are shown"
        );
        assert!((0..3).all(|place| expected.on_list(place) > 100), "segments worth a list");
    }
}
