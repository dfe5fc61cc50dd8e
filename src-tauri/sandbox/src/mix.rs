//! Scrambling of numbers, for ids that do not sort by age and orders that are the same on each run.

/// A one-to-one scrambling of 64 bits (the finish of splitmix64).
pub(crate) fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The form of a UUID, made from the number.
pub(crate) fn uuid(number: u64) -> String {
    let (high, low) = (mix(number.wrapping_mul(2)), mix(number.wrapping_mul(2).wrapping_add(1)));
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xffff,
        low >> 48,
        low & 0xffff_ffff_ffff
    )
}
