//! Tags of people (`destination-api.md` 3.1).

use super::{Account, Person};

/// A tag; its id is its place in the account, from 1.
#[derive(Debug, Clone)]
pub(crate) struct Tag {
    pub(crate) id: usize,
    /// As first written.
    pub(crate) name: String,
}

/// The name of the tag of organizations that every account has. Its id is 1, as that of the first
/// tag of people: recorded so, ids are unique only within a type (`destination-api.md` 3.1).
pub(crate) const ORGANIZATION_TAG: &str = "My organization";

/// The form in which names of tags are compared; case rules are open (`destination-api.md` 5.2).
pub(crate) fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

impl Account {
    pub(crate) fn tags(&self) -> &[Tag] {
        &self.tags
    }

    /// The id of the tag of this name.
    pub(crate) fn find_tag(&self, name: &str) -> Option<usize> {
        let name = folded(name);
        self.tags.iter().find(|tag| folded(&tag.name) == name).map(|tag| tag.id)
    }

    /// The same; a tag is made on first use.
    pub(crate) fn tag(&mut self, name: &str) -> usize {
        self.find_tag(name).unwrap_or_else(|| {
            let id = self.tags.len() + 1;
            self.tags.push(Tag { id, name: name.trim().to_owned() });
            id
        })
    }

    /// How many people have each tag, and how many of them are subscribed; by the tag's place.
    pub(crate) fn tag_counts(&self) -> Vec<(u64, u64)> {
        let mut counts = vec![(0, 0); self.tags.len()];
        for Person { tags, email_permission, .. } in self.live() {
            for tag in tags {
                if let Some(count) = tag.checked_sub(1).and_then(|place| counts.get_mut(place)) {
                    count.0 += 1;
                    count.1 += u64::from(*email_permission);
                }
            }
        }
        counts
    }
}
