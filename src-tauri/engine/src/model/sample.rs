//! Sample: made-up customers and everything that belongs to them, known by ids so that it can be taken
//! away again whatever it is called by then.

use serde::{Deserialize, Serialize};

use super::{AudienceId, ConnectionId, ExportId, SegmentId};

/// What the sample is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    /// The customers.
    pub audience: AudienceId,
    /// Its segments.
    pub segments: Vec<SegmentId>,
    /// The practice account.
    pub connection: ConnectionId,
    /// The export.
    pub export: ExportId,
}
