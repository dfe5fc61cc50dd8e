//! The stages between source and wire: pure and synchronous. A bad row is not an error: stages put
//! it among the left out, with its reason (architecture.md decision 5).

mod batch;
mod compare;
mod fingerprint;
mod matching;
mod unique;

pub use batch::{Batching, Planned, batches, requests_for};
pub use compare::{Comparison, Delta, Holding, LeaverFound, Verdict, Wanted, changed_fields, dropped_fields};
pub use fingerprint::{Digest, Fingerprints, IdentityHash};
pub use matching::{FieldPlan, Matcher, OnlyIfPlan};
pub use unique::{LeftOut, People, PersonView};
