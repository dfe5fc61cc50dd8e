//! Ids of contacts and lists, in the recorded form and from a counter.

use crate::mix::uuid;

/// `prefix` and the form of a UUID in capitals, as in the recorded replies. Made from the number,
/// so that the same requests give the same account.
pub(super) fn id(prefix: &str, number: usize) -> String {
    let number = u64::try_from(number).unwrap_or(u64::MAX);
    format!("{prefix}_{}", uuid(number).to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_the_recorded_form_and_differ() {
        let one = id("person", 0);
        assert_eq!(one.len(), "person_8172F2D1-AF73-46CB-ADB1-35FDE21D98EA".len());
        assert_ne!(one, id("person", 1));
        assert_eq!(one, id("person", 0));
    }
}
