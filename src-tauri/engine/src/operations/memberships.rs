//! Segments that the memberships file of an audience gives: each name in it is one.

use std::collections::HashSet;

use crate::error::{Code, Error, Result};
use crate::model::{Audience, AudienceKind, Segment, SegmentId, SegmentRule};
use crate::store;

/// What happens where another segment has the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// Nothing is stored, and the error names it.
    Refuse,
    /// The new one is called `NAME (AUDIENCE)`.
    Rename,
}

/// Stores a segment for each name in the memberships file that has none yet.
pub(super) fn add(tx: &store::Transaction<'_>, audience: &Audience, taken: Taken) -> Result<()> {
    if audience.survey.segments.is_empty() {
        return Ok(());
    }
    let all = store::segment::all(tx)?;
    let mut given: HashSet<&str> = HashSet::new();
    for segment in all.iter().filter(|segment| segment.audience == audience.id) {
        if let SegmentRule::Membership { name } = &segment.rule {
            given.insert(name);
        }
    }
    let mut names: HashSet<String> = all.iter().map(|segment| segment.name.clone()).collect();
    for name in audience.survey.segments.iter().filter(|name| !given.contains(name.as_str())) {
        let free = match taken {
            Taken::Rename => free_name(name, &audience.name, &names),
            Taken::Refuse => name.clone(),
        };
        let segment = Segment {
            id: SegmentId::new(),
            name: free.clone(),
            audience: audience.id,
            rule: SegmentRule::membership(name.as_str()),
            created_at: audience.refreshed_at,
        };
        store::segment::insert(tx, &segment).map_err(|error| match error.code {
            Code::NameTaken => error.help(
                "The memberships file has a segment of this name too: rename the other with `segue segment rename`, or this one in the file.",
            ),
            _ => error,
        })?;
        names.insert(free);
    }
    Ok(())
}

/// A name that nobody has: this one, else with what it belongs to beside it, else with a number.
pub(super) fn free_name(name: &str, audience: &str, taken: &HashSet<String>) -> String {
    let beside = format!("{name} ({audience})");
    let numbered = (2_u64..).map(|number| format!("{beside} {number}"));
    let mut free = [name.to_owned(), beside.clone()].into_iter().chain(numbered);
    free.find(|name| !taken.contains(name)).unwrap_or(beside)
}

/// Refuses to change who is in a segment that the memberships file gives.
pub(super) fn may_edit(segment: &Segment, audience: &Audience) -> Result<()> {
    let (SegmentRule::Membership { .. }, AudienceKind::Files(files)) = (&segment.rule, &audience.kind) else {
        return Ok(());
    };
    let file = files.memberships.as_deref().unwrap_or_default();
    Err(Error::new(
        Code::Usage,
        format!("Who is in “{}” is said by {file}; nothing was changed.", segment.name),
    )
    .help("Change the file, or add another segment."))
}

/// Refuses to remove a segment that the memberships file names: it would come back.
pub(super) fn may_remove(segment: &Segment, audience: &Audience) -> Result<()> {
    match &segment.rule {
        SegmentRule::Membership { name } if audience.survey.segments.contains(name) => Err(Error::new(
            Code::InUse,
            format!(
                "The memberships file of “{}” names the segment “{}”; nothing was removed.",
                audience.name, segment.name
            ),
        )
        .help("Take it out of the file and read the audience again with `segue audience refresh`.")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::free_name;

    #[test]
    fn a_taken_name_gets_that_of_the_audience_beside() {
        let taken = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(free_name("A", "B", &taken(&[])), "A");
        assert_eq!(free_name("A", "B", &taken(&["A"])), "A (B)");
        assert_eq!(free_name("A", "B", &taken(&["A", "A (B)", "A (B) 2"])), "A (B) 3");
    }
}
