-- How many were in a segment when it was last counted. A cache: what is missing or of older data is
-- counted anew.
CREATE TABLE segment_count (
  segment_id      TEXT PRIMARY KEY REFERENCES segment (id) ON DELETE CASCADE,
  rule            TEXT NOT NULL,       -- JSON of model::SegmentRule, as it was counted
  version         BLOB NOT NULL,       -- digest of the version of the data
  dated           INTEGER NOT NULL,    -- the rule reckons from now
  members         INTEGER NOT NULL,
  not_in_audience INTEGER,             -- ids that no profile has; NULL: the rule names no ids
  counted_at      TEXT NOT NULL
) STRICT, WITHOUT ROWID;
