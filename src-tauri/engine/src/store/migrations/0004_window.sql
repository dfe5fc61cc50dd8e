-- What pages show of a run beside its numbers: who began it, what the guard held, and how far above the
-- limit it was. JSON of model::RunFacts.
ALTER TABLE run ADD COLUMN facts TEXT NOT NULL DEFAULT '{}';

-- What a run would do, as it was last reckoned. A cache: one of another version is shown as outdated.
CREATE TABLE forecast (
  export_id TEXT PRIMARY KEY REFERENCES export (id) ON DELETE CASCADE,
  version   BLOB NOT NULL,             -- digest of data, settings and receipts
  new       INTEGER NOT NULL,
  changed   INTEGER NOT NULL,
  leaving   INTEGER NOT NULL,
  invalid   INTEGER NOT NULL,
  at        TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Segments that an export gave up and whose lists its next run empties.
CREATE TABLE emptying (
  export_id  TEXT NOT NULL REFERENCES export (id) ON DELETE CASCADE,
  segment_id TEXT NOT NULL,
  PRIMARY KEY (export_id, segment_id)
) STRICT, WITHOUT ROWID;
