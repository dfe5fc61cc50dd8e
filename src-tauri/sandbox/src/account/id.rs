//! Ids of contacts and lists, in the recorded form and from a counter.

/// `prefix` and the form of a UUID in capitals, as in the recorded replies. Made from the number,
/// so that the same requests give the same account.
pub(super) fn id(prefix: &str, number: usize) -> String {
    let number = u64::try_from(number).unwrap_or(u64::MAX);
    let (high, low) = (mix(number.wrapping_mul(2)), mix(number.wrapping_mul(2).wrapping_add(1)));
    format!(
        "{prefix}_{:08X}-{:04X}-{:04X}-{:04X}-{:012X}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xffff,
        low >> 48,
        low & 0xffff_ffff_ffff
    )
}

/// A one-to-one scrambling of 64 bits (the finish of splitmix64), so that ids do not sort by age.
fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
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
