//! The sample audience: made-up people, always the same ones, with the troubles of real data.

use std::io::{Error, Result};
use std::path::Path;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::names::{CITIES, DOMAINS, FIRST, LAST, letters};

/// The segments: name and predicate, overlapping.
pub(crate) const SEGMENTS: [(&str, &str); 3] =
    [("Stockholm", "City = 'Stockholm'"), ("Regulars", "Orders >= 5"), ("Big spenders", "Spent >= 5000")];

/// The columns of the file.
const COLUMNS: [&str; 9] =
    ["CustomerId", "FirstName", "LastName", "Email", "Phone", "City", "Orders", "Spent", "Unsubscribed"];

/// What is the matter with a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Nothing.
    None,
    /// No address.
    Blank,
    /// An address that is none.
    Malformed,
    /// The address of the profile at this place, in other letters.
    Duplicate(usize),
    /// Said no.
    Unsubscribed,
}

/// A person who does not exist.
#[derive(Debug, Clone)]
pub(super) struct Profile {
    first: &'static str,
    last: &'static str,
    pub(super) email: String,
    pub(super) phone: String,
    city: &'static str,
    orders: u32,
    spent: u32,
    pub(super) trouble: Trouble,
}

/// The audience.
pub(crate) struct Sample {
    pub(super) profiles: Vec<Profile>,
    random: StdRng,
}

/// Who was changed between two runs: addresses.
#[derive(Debug, Default)]
pub(super) struct Change {
    /// Have a new telephone number.
    pub(super) changed: Vec<String>,
    /// Are in no segment any more.
    pub(super) left: Vec<String>,
    /// Are new.
    pub(super) joined: Vec<String>,
}

impl Profile {
    /// Which of [`SEGMENTS`] the person is in.
    pub(super) fn segments(&self) -> [bool; 3] {
        [self.city == CITIES[0], self.orders >= 5, self.spent >= 5_000]
    }

    /// Whether the person is in any.
    pub(super) fn is_selected(&self) -> bool {
        self.segments().contains(&true)
    }
}

impl Sample {
    /// So many people.
    pub(crate) fn new(size: u32) -> Self {
        let mut sample = Self { profiles: Vec::new(), random: StdRng::seed_from_u64(2026) };
        for place in 0..size as usize {
            let profile = sample.person(place);
            sample.profiles.push(profile);
        }
        sample
    }

    /// Changes about one profile in a hundred: some have a new number, some leave, some join.
    pub(super) fn change(&mut self) -> Change {
        let size = self.profiles.len();
        let each = (size / 300).max(2);
        let mut change = Change::default();
        for place in self.free_to_change(each * 2) {
            let changes = change.changed.len() < each;
            let phone = format!("08{:07}", self.random.random_range(0..10_000_000));
            let Some(profile) = self.profiles.get_mut(place) else { continue };
            if changes {
                profile.phone = phone;
                change.changed.push(profile.email.clone());
            } else {
                (profile.city, profile.orders, profile.spent) = ("Kiruna", 0, 0);
                change.left.push(profile.email.clone());
            }
        }
        for place in size..size + each {
            let mut profile = self.sound(place);
            profile.orders = 5;
            change.joined.push(profile.email.clone());
            self.profiles.push(profile);
        }
        change
    }

    /// Writes the file.
    pub(crate) fn write(&self, file: &Path) -> Result<()> {
        let mut csv = csv::Writer::from_path(file).map_err(Error::other)?;
        csv.write_record(COLUMNS).map_err(Error::other)?;
        for (place, profile) in self.profiles.iter().enumerate() {
            let Profile { first, last, email, phone, city, orders, spent, trouble } = profile;
            let id = format!("C{:07}", place + 1);
            let (orders, spent) = (orders.to_string(), spent.to_string());
            let unsubscribed = if *trouble == Trouble::Unsubscribed { "yes" } else { "no" };
            csv.write_record([&id, *first, last, email, phone, city, &orders, &spent, unsubscribed])
                .map_err(Error::other)?;
        }
        csv.flush()
    }

    fn person(&mut self, place: usize) -> Profile {
        let mut profile = self.sound(place);
        match place % 50 {
            7 => (profile.trouble, profile.email) = (Trouble::Blank, String::new()),
            19 => {
                let broken = if place % 100 == 19 { "@" } else { " at " };
                let (name, _) = profile.email.split_once('@').unwrap_or_default();
                (profile.trouble, profile.email) = (Trouble::Malformed, format!("{name}{broken}"));
            }
            31 => {
                let twin = self.profiles.iter().rposition(|p| p.trouble == Trouble::None && p.is_selected());
                if let Some((twin, email)) =
                    twin.and_then(|at| Some((at, self.profiles.get(at)?.email.to_uppercase())))
                {
                    (profile.trouble, profile.email) = (Trouble::Duplicate(twin), email);
                }
            }
            11 | 41 => profile.trouble = Trouble::Unsubscribed,
            _ => {}
        }
        profile
    }

    /// A person without any trouble.
    fn sound(&mut self, place: usize) -> Profile {
        let first = self.pick(FIRST);
        let last = self.pick(LAST);
        let email = format!("{}.{}{}@{}", letters(first), letters(last), place + 1, self.pick(DOMAINS));
        let digits = self.random.random_range(0..10_000_000);
        // The leading zero is part of a number at home, and abroad a zero in it stays.
        let phone =
            if place.is_multiple_of(2) { format!("070{digits:07}") } else { format!("+46 70 {digits:07}") };
        Profile {
            first,
            last,
            email,
            phone,
            city: self.pick(CITIES),
            orders: self.random.random_range(0..9),
            spent: self.random.random_range(0..8_000),
            trouble: Trouble::None,
        }
    }

    fn pick(&mut self, words: &[&'static str]) -> &'static str {
        let place = self.random.random_range(0..words.len());
        words.get(place).copied().unwrap_or_default()
    }

    /// Places of people who are sent and are nobody's twin, spread over the file.
    fn free_to_change(&self, wanted: usize) -> Vec<usize> {
        let mut is_twin = vec![false; self.profiles.len()];
        for profile in &self.profiles {
            if let Trouble::Duplicate(twin) = profile.trouble
                && let Some(mark) = is_twin.get_mut(twin)
            {
                *mark = true;
            }
        }
        let free: Vec<usize> = self
            .profiles
            .iter()
            .zip(is_twin)
            .enumerate()
            .filter(|(_, (profile, twin))| !twin && profile.trouble == Trouble::None && profile.is_selected())
            .map(|(place, _)| place)
            .collect();
        let step = (free.len() / wanted.max(1)).max(1);
        free.into_iter().step_by(step).take(wanted).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_people_every_time() {
        let emails = |sample: &Sample| sample.profiles.iter().map(|p| p.email.clone()).collect::<Vec<_>>();
        assert_eq!(emails(&Sample::new(500)), emails(&Sample::new(500)), "seeded");
    }

    #[test]
    fn about_one_in_a_hundred_changes_and_nobody_twice() {
        let mut sample = Sample::new(2_000);
        let Change { changed, left, joined } = sample.change();
        assert_eq!((changed.len(), left.len(), joined.len()), (6, 6, 6), "a third each");
        let mut all = [changed, left, joined].concat();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 18, "all different");
    }
}
