-- When an export runs by itself: JSON of model::Schedule. As the mirrored page has it: with the system refresh,
-- which is off until somebody switches it on.
ALTER TABLE export ADD COLUMN schedule TEXT NOT NULL DEFAULT '{"mode":"system","recurrence":null}';
-- Until when its own recurrence was looked through; NULL: from now on.
ALTER TABLE export ADD COLUMN looked_at TEXT;

-- The due time that a run was begun for; NULL: somebody began it.
ALTER TABLE run ADD COLUMN due_at TEXT;
CREATE INDEX run_by_due ON run (export_id, due_at) WHERE due_at IS NOT NULL;

-- What was due: each time of each owner once (reliability.md I27).
CREATE TABLE due (
  no          INTEGER PRIMARY KEY,
  owner       TEXT NOT NULL,           -- 'system', or export.id
  at          TEXT NOT NULL,
  late        INTEGER NOT NULL,
  system      INTEGER NOT NULL,        -- of an export: 1 where the system refresh asks for it
  asked       INTEGER NOT NULL,        -- of the system: 1 where somebody asked for it
  state       TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'done', 'merged')),
  pid         INTEGER NOT NULL DEFAULT 0,   -- who took it
  pid_started TEXT NOT NULL DEFAULT '',
  boot        TEXT NOT NULL DEFAULT '',
  beat        INTEGER NOT NULL DEFAULT 0,   -- boot-time clock, ms: when whoever has it last said so
  UNIQUE (owner, at)
) STRICT;
CREATE INDEX due_open ON due (owner) WHERE state IN ('waiting', 'taken');

-- What was last told of an export, so that nobody is told twice.
CREATE TABLE noticed (
  export_id TEXT PRIMARY KEY REFERENCES export (id) ON DELETE CASCADE,
  run_id    TEXT NOT NULL,
  state     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
