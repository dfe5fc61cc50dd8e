//! What the sandbox saw and did, one entry a vendor request (`reliability.md` 3.2).

use serde::{Serialize, Serializer};

use crate::ortto::MergeNote;

/// One vendor request. It is in the record from the moment its head was read, and filled in as it
/// goes on; a referee sees which are open by `t_reply_ms` being null and `ended` being false.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Request {
    /// Its place in the order of arrival, from 1; clearing the record does not set it back.
    pub seq: u64,
    /// The connection it came on, from 1.
    pub conn: u64,
    /// Monotonic milliseconds since the start, stamped when the head had been read.
    pub t_ms: f64,
    /// The method.
    pub method: String,
    /// The path as sent, without the query.
    pub path: String,
    /// The addresses in the body, in order as sent, or the decoded address or contact id of the
    /// path. Of an Ortto row without an address its `str::person_id` or `str::ei`.
    pub emails: Vec<String>,
    /// The list of the path, or `_autopilot_list` when it is one for all rows.
    pub list_id: Option<String>,
    /// The union of the field names of the rows, sorted; of `custom` its keys as sent.
    pub fields: Vec<String>,
    /// How many rows said `unsubscribed: false`, or of Ortto `bol::p` or `bol::sp` true
    /// (`destination-api.md` 2.3, 4.9: never to be sent).
    pub opt_ins: usize,
    /// A hash of the body as sent; equal bodies have equal ones.
    #[serde(serialize_with = "hex")]
    pub body_hash: u64,
    /// The same of each row of a bulk call, to compare the halves of a bisected batch.
    #[serde(serialize_with = "hexes")]
    pub row_hashes: Vec<u64>,
    /// Bytes of the body.
    pub body_len: usize,
    /// Whether the request was read to its end.
    pub complete: bool,
    /// The act of the fault rule that fired, or `rate` for a 429 of the door, `ban` for one of
    /// Ortto's ban, `busy` for a merge too many.
    pub fault: Option<String>,
    /// Whether the account stored something of it, also when nobody waited for the answer.
    pub applied: bool,
    /// Addresses that the account refused or was told to drop.
    pub refused: Vec<String>,
    /// Addresses that the written reply does not name as taken.
    pub unnamed: Vec<String>,
    /// The status written; `None` when none was.
    pub status: Option<u16>,
    /// Whether a whole reply was handed over to a client that was still there.
    pub reply_written: bool,
    /// Whether the key was the right one.
    pub key_ok: bool,
    /// When the reply was ready to be written; of a slow one, when its end was.
    pub t_reply_ms: Option<f64>,
    /// Whether the sandbox is done with it.
    pub ended: bool,
    /// Of a `person/merge` of Ortto, how it was to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merge: Option<MergeNote>,
}

/// The requests since the start, or since the record was cleared.
#[derive(Debug, Default)]
pub(crate) struct Record {
    requests: Vec<Request>,
    /// How many were cleared away.
    cleared: u64,
}

impl Record {
    /// Enters a request and returns its number.
    pub(crate) fn enter(&mut self, mut request: Request) -> u64 {
        let seq = self.last() + 1;
        request.seq = seq;
        self.requests.push(request);
        seq
    }

    /// The request of that number, unless it was cleared away.
    pub(crate) fn at(&mut self, seq: u64) -> Option<&mut Request> {
        let index = seq.checked_sub(self.cleared + 1)?;
        self.requests.get_mut(usize::try_from(index).ok()?)
    }

    /// The number of the last request.
    pub(crate) fn last(&self) -> u64 {
        self.cleared + u64::try_from(self.requests.len()).unwrap_or(u64::MAX)
    }

    pub(crate) fn all(&self) -> Vec<Request> {
        self.requests.clone()
    }

    pub(crate) fn len(&self) -> usize {
        self.requests.len()
    }

    pub(crate) fn clear(&mut self) {
        self.cleared = self.last();
        self.requests.clear();
    }
}

/// A hash that is the same on each run and machine: FNV-1a's mixing over words of eight bytes.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut words = bytes.chunks_exact(8);
    for word in &mut words {
        let word = word.try_into().map(u64::from_le_bytes).unwrap_or_default();
        hash = (hash ^ word).wrapping_mul(PRIME).rotate_left(29);
    }
    for &byte in words.remainder() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(PRIME);
    }
    // The length, so that trailing zero bytes tell.
    hash ^= u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    (hash ^ (hash >> 32)).wrapping_mul(PRIME)
}

fn hex<S: Serializer>(hash: &u64, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(&format_args!("{hash:016x}"))
}

fn hexes<S: Serializer>(hashes: &[u64], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(hashes.iter().map(|hash| format!("{hash:016x}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cleared_request_is_gone_and_numbers_go_on() {
        let mut record = Record::default();
        assert_eq!(record.enter(Request::default()), 1);
        record.clear();
        assert!(record.at(1).is_none());
        assert_eq!(record.enter(Request::default()), 2);
        assert!(record.at(2).is_some());
        assert!(record.at(3).is_none());
    }

    #[test]
    fn hashes_tell_bodies_apart() {
        let bodies: [&[u8]; 6] = [b"", b"\0", b"12345678", b"12345678\0", b"1234567", b"x2345678"];
        let mut hashes: Vec<u64> = bodies.iter().map(|body| hash(body)).collect();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), bodies.len());
    }
}
