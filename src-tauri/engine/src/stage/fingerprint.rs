//! Keyed fingerprints: of addresses, so that people are found without their address, and of what
//! was sent, so that it can be compared after the values are dropped (product.md, *Receipt*).

use std::hash::{BuildHasherDefault, Hasher};

/// A keyed fingerprint: the first 16 bytes of keyed BLAKE3.
pub type Digest = [u8; 16];

/// Makes fingerprints under the key of this installation.
#[derive(Clone)]
pub struct Fingerprints {
    key: [u8; 32],
}

impl Fingerprints {
    /// Fingerprints under this key.
    #[must_use]
    pub fn new(key: [u8; 32]) -> Self {
        Self { key }
    }

    /// The fingerprint of a canonical address or of a JSON text.
    #[must_use]
    pub fn of(&self, text: &str) -> Digest {
        let full = blake3::keyed_hash(&self.key, text.as_bytes());
        let mut digest = Digest::default();
        digest.copy_from_slice(full.as_bytes().split_at(16).0);
        digest
    }

    /// The fingerprint that stands in a receipt for a value that was dropped.
    #[must_use]
    pub fn of_field(&self, target: &str, json: &str) -> String {
        blake3::keyed_hash(&self.key, format!("{target}\n{json}").as_bytes())
            .to_hex()
            .chars()
            .take(32)
            .collect()
    }
}

impl std::fmt::Debug for Fingerprints {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fingerprints(***)")
    }
}

/// Hashes a [`Digest`] by itself: it is random already.
pub type IdentityHash = BuildHasherDefault<FirstBytes>;

/// Takes the first eight bytes as the hash.
#[derive(Debug, Default)]
pub struct FirstBytes(u64);

impl Hasher for FirstBytes {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        let mut first = [0; 8];
        for (to, from) in first.iter_mut().zip(bytes) {
            *to = *from;
        }
        self.0 = u64::from_le_bytes(first);
    }

    // A fixed array hashes its length first; it says nothing.
    fn write_usize(&mut self, _length: usize) {}
}
