-- How large a segment was: the last count of each day, in UTC.
CREATE TABLE segment_size (
  segment_id TEXT NOT NULL REFERENCES segment (id) ON DELETE CASCADE,
  day        TEXT NOT NULL,            -- YYYY-MM-DD
  members    INTEGER NOT NULL,
  counted_at TEXT NOT NULL,
  PRIMARY KEY (segment_id, day)
) STRICT, WITHOUT ROWID;

-- Whether the account took the key when it was last asked, and when that was; NULL: not asked since.
ALTER TABLE connection ADD COLUMN key_accepted INTEGER;
ALTER TABLE connection ADD COLUMN tested_at TEXT;

-- What segments are used by is asked for by segment.
CREATE INDEX export_segment_by_segment ON export_segment (segment_id);
