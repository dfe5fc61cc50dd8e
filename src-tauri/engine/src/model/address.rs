//! Address: the identity of a person (product.md, rule 1).
//!
//! The rules stand in `docs/rules/email.json`, which the sandbox and the tests read too. Plain ASCII
//! takes a path of one look at each octet; everything else is normalised first.

use std::sync::OnceLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

/// An address that can be sent to.
#[derive(Clone, PartialEq, Eq)]
pub struct Address {
    /// The address as the source has it, trimmed: what is sent.
    pub sent: String,
    /// The canonical form: what is compared.
    pub key: String,
}

/// Why a cell is no address (reliability.md T01-T06).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AddressProblem {
    /// Nothing there.
    Blank,
    /// More than one address.
    TwoAddresses,
    /// A control, invisible or unassigned character.
    ForbiddenCharacter,
    /// Not the form of an address.
    Malformed,
    /// Longer than addresses can be.
    TooLong,
}

impl AddressProblem {
    /// Every problem, in the order of the checks.
    pub const ALL: [Self; 5] =
        [Self::Blank, Self::TwoAddresses, Self::ForbiddenCharacter, Self::Malformed, Self::TooLong];

    /// The reason code of the closed list (product.md, rule 2).
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Blank => "missing_identity",
            Self::TwoAddresses => "two_addresses",
            Self::ForbiddenCharacter => "forbidden_character",
            Self::Malformed => "malformed_email",
            Self::TooLong => "too_long",
        }
    }

    /// The reason in words, as the rules have it; the address itself is not in it.
    #[must_use]
    pub fn words(self) -> &'static str {
        let code = self.code();
        rules().reasons.iter().find(|(reason, _)| reason == code).map_or(code, |(_, words)| words)
    }
}

impl Address {
    /// Reads a cell.
    ///
    /// # Errors
    /// Why it is no address.
    pub fn parse(raw: &str) -> Result<Self, AddressProblem> {
        let mut key = String::new();
        let sent = Self::parse_into(raw, &mut key)?.to_owned();
        Ok(Self { sent, key })
    }

    /// Reads a cell without keeping it: the canonical form goes to `key`, which the caller uses
    /// again for the next one; the trimmed text comes back. After an error `key` is not usable.
    ///
    /// # Errors
    /// Why it is no address.
    pub fn parse_into<'a>(raw: &'a str, key: &mut String) -> Result<&'a str, AddressProblem> {
        let rules = rules();
        let text = raw.trim();
        key.clear();
        if rules.plain(text.as_bytes()) {
            key.push_str(text);
            key.make_ascii_lowercase();
            return Ok(text);
        }
        rules.canonical(text, key)?;
        Ok(text)
    }

    /// What may be an address in a cell that is none as a whole: of two in one cell, or of one among
    /// other words, each by itself.
    pub fn parts(cell: &str) -> impl Iterator<Item = &str> {
        cell.split(|c: char| c.is_whitespace() || ",;<>()[]\"'|/:=".contains(c))
            .filter(|part| part.contains('@'))
    }
}

// An address is personal data: it is not for logs (reliability.md 6.7).
impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Address(***)")
    }
}

/// The file, and what is made of it once.
#[derive(Debug, Deserialize)]
struct Rules {
    limits: Limits,
    local_punctuation: String,
    separators: String,
    forbidden: Vec<(String, String, String)>,
    reasons: Vec<(String, String)>,
    #[serde(skip)]
    ranges: Vec<(u32, u32)>,
    /// For each ASCII octet, whether a local part can have it.
    #[serde(skip)]
    local: Vec<bool>,
}

#[derive(Debug, Default, Deserialize)]
struct Limits {
    cell: usize,
    local: usize,
    address: usize,
    label: usize,
    last_label_minimum: usize,
}

fn rules() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(|| Rules::read(include_str!("../../../../docs/rules/email.json")))
}

impl Rules {
    /// Reads the file. It is part of the program, so a broken one is seen by the tests; here it
    /// would mean that no address is accepted.
    fn read(text: &str) -> Self {
        let mut rules = serde_json::from_str(text).unwrap_or_else(|_| Self {
            limits: Limits::default(),
            local_punctuation: String::new(),
            separators: String::new(),
            forbidden: Vec::new(),
            reasons: Vec::new(),
            ranges: Vec::new(),
            local: Vec::new(),
        });
        let number = |hex: &str| u32::from_str_radix(hex, 16).unwrap_or(0);
        rules.ranges = rules.forbidden.iter().map(|(from, to, _)| (number(from), number(to))).collect();
        rules.local = (0..256_usize)
            .map(|octet| {
                u8::try_from(octet).is_ok_and(|octet| {
                    octet.is_ascii_alphanumeric() || rules.local_punctuation.as_bytes().contains(&octet)
                })
            })
            .collect();
        rules
    }

    /// Whether this is an address whose canonical form is itself in small letters: ASCII, every
    /// rule kept, nothing for IDNA to do. `false` only sends it to [`Rules::canonical`].
    fn plain(&self, text: &[u8]) -> bool {
        let Some(at) = text.iter().position(|&octet| octet == b'@') else { return false };
        let (Some(local), Some(domain)) = (text.get(..at), text.get(at + 1..)) else { return false };
        text.len() <= self.limits.address
            && at <= self.limits.local
            && self.local_octets(local)
            && self.domain(domain).is_ok()
            && !domain.windows(4).any(|four| four.eq_ignore_ascii_case(b"xn--"))
    }

    /// Atoms with single dots between them; other than ASCII is not looked at here.
    fn local_octets(&self, local: &[u8]) -> bool {
        let mut after_dot = true;
        for &octet in local {
            if octet == b'.' {
                if after_dot {
                    return false;
                }
                after_dot = true;
            } else if self.local.get(usize::from(octet)).is_some_and(|&may| may) {
                after_dot = false;
            } else {
                return false;
            }
        }
        !after_dot
    }

    /// Labels of letters, digits and inner hyphens; at least two; the last neither short nor a number.
    fn domain(&self, domain: &[u8]) -> Result<(), AddressProblem> {
        let (mut length, mut labels, mut digits) = (0, 0, true);
        let mut before = b'.';
        for &octet in domain {
            if octet == b'.' {
                self.label(length, before)?;
                (length, digits, labels) = (0, true, labels + 1);
            } else if octet.is_ascii_alphanumeric() || (octet == b'-' && length > 0) {
                length += 1;
                digits &= octet.is_ascii_digit();
            } else {
                return Err(AddressProblem::Malformed);
            }
            before = octet;
        }
        self.label(length, before)?;
        if labels == 0 || digits || length < self.limits.last_label_minimum {
            return Err(AddressProblem::Malformed);
        }
        Ok(())
    }

    fn label(&self, length: usize, last: u8) -> Result<(), AddressProblem> {
        match length {
            0 => Err(AddressProblem::Malformed),
            _ if last == b'-' => Err(AddressProblem::Malformed),
            _ if length > self.limits.label => Err(AddressProblem::TooLong),
            _ => Ok(()),
        }
    }

    /// Every rule, in the order of the file, for any text.
    fn canonical(&self, text: &str, key: &mut String) -> Result<(), AddressProblem> {
        if text.is_empty() {
            return Err(AddressProblem::Blank);
        }
        // Before any work that grows with the cell (T07).
        if text.len() > self.limits.cell {
            return Err(AddressProblem::TooLong);
        }
        if self.two(text) {
            return Err(AddressProblem::TwoAddresses);
        }
        if text.chars().any(|letter| self.forbids(letter)) {
            return Err(AddressProblem::ForbiddenCharacter);
        }
        // Composed once more at the end: small letters of composed text need not be composed.
        let composed: String = text.nfc().collect();
        let small: String = composed.to_lowercase().nfc().collect();
        let (local, domain) = small.split_once('@').ok_or(AddressProblem::Malformed)?;
        self.local_text(local)?;
        let ascii = idna::uts46::Uts46::new()
            .to_ascii(
                domain.as_bytes(),
                idna::AsciiDenyList::STD3,
                idna::uts46::Hyphens::CheckFirstLast,
                idna::uts46::DnsLength::Ignore,
            )
            .map_err(|_| AddressProblem::Malformed)?;
        self.domain(ascii.as_bytes())?;
        if local.len() > self.limits.local || local.len() + 1 + ascii.len() > self.limits.address {
            return Err(AddressProblem::TooLong);
        }
        key.push_str(local);
        key.push('@');
        key.push_str(&ascii);
        Ok(())
    }

    /// Two parts between separators that each look like an address.
    fn two(&self, text: &str) -> bool {
        let parts = text.split(|letter: char| self.separators.contains(letter) || letter.is_whitespace());
        parts.filter(|part| part.chars().any(|letter| letter == '@') && part.len() > 1).count() > 1
    }

    fn forbids(&self, letter: char) -> bool {
        let number = u32::from(letter);
        self.ranges.iter().any(|&(from, to)| (from..=to).contains(&number))
    }

    /// As [`Rules::local_octets`], with letters of every script.
    fn local_text(&self, local: &str) -> Result<(), AddressProblem> {
        let dots = local.starts_with('.') || local.ends_with('.') || local.contains("..");
        let may = |letter: char| {
            if letter.is_ascii() {
                letter == '.'
                    || u8::try_from(letter).is_ok_and(|o| self.local.get(usize::from(o)) == Some(&true))
            } else {
                !letter.is_whitespace()
            }
        };
        if local.is_empty() || dots || !local.chars().all(may) {
            return Err(AddressProblem::Malformed);
        }
        Ok(())
    }
}
