-- The whole schema of the first release. Never edit a released migration; add the next one.

-- Small facts of this installation: install_key (32 random bytes that key every fingerprint).
CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audience (
  id           TEXT PRIMARY KEY,
  name         TEXT NOT NULL UNIQUE,
  kind         TEXT NOT NULL,          -- JSON of model::AudienceKind
  survey       TEXT NOT NULL,          -- JSON of model::Survey
  created_at   TEXT NOT NULL,
  refreshed_at TEXT NOT NULL
) STRICT;

CREATE TABLE segment (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL UNIQUE,
  audience_id TEXT NOT NULL REFERENCES audience (id),
  predicate   TEXT NOT NULL,           -- JSON of model::SegmentRule
  created_at  TEXT NOT NULL
) STRICT;

CREATE TABLE connection (
  id              TEXT PRIMARY KEY,
  name            TEXT NOT NULL UNIQUE,
  product         TEXT NOT NULL,
  origin          TEXT NOT NULL,
  rate            INTEGER NOT NULL CHECK (rate >= 0),
  contract_size   INTEGER,
  key_fingerprint TEXT NOT NULL UNIQUE,
  consent         TEXT,                -- JSON of model::Consent
  export_user     TEXT NOT NULL,
  membership      TEXT NOT NULL,
  account_id      INTEGER NOT NULL REFERENCES account (id),
  created_at      TEXT NOT NULL
) STRICT;

-- An account at a destination. A connection that turns out to hold the key of another account gets
-- another row, so that no receipt of the old one is ever taken for one of the new.
CREATE TABLE account (
  id         INTEGER PRIMARY KEY,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE export (
  id            TEXT PRIMARY KEY,
  name          TEXT NOT NULL UNIQUE,
  connection_id TEXT REFERENCES connection (id),
  audience_id   TEXT NOT NULL REFERENCES audience (id),
  matching      TEXT NOT NULL,         -- JSON of [model::Match]
  only_if       TEXT,                  -- JSON of model::OnlyIf
  leavers       TEXT NOT NULL,
  profile_limit INTEGER NOT NULL CHECK (profile_limit > 0),
  max_loss      INTEGER NOT NULL CHECK (max_loss BETWEEN 0 AND 100),
  created_at    TEXT NOT NULL
) STRICT;

CREATE TABLE export_segment (
  export_id  TEXT NOT NULL REFERENCES export (id) ON DELETE CASCADE,
  place      INTEGER NOT NULL,
  segment_id TEXT NOT NULL REFERENCES segment (id),
  title      TEXT,
  PRIMARY KEY (export_id, place),
  UNIQUE (export_id, segment_id)
) STRICT, WITHOUT ROWID;

-- A list of an account and the segment that it belongs to (product.md rule 4).
CREATE TABLE list (
  id         INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account (id),
  segment_id TEXT NOT NULL,
  vendor_id  TEXT,                     -- NULL until the account has it
  title      TEXT NOT NULL,
  made_by_us INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  UNIQUE (account_id, segment_id),
  UNIQUE (account_id, vendor_id)
) STRICT;

-- The receipts of one export in one account.
CREATE TABLE book (
  id         INTEGER PRIMARY KEY,
  export_id  TEXT NOT NULL,
  account_id INTEGER NOT NULL REFERENCES account (id),
  UNIQUE (export_id, account_id)
) STRICT;

-- What the account last accepted, per person (product.md, *Receipt*).
CREATE TABLE receipt (
  id          INTEGER PRIMARY KEY,
  book        INTEGER NOT NULL REFERENCES book (id),
  address_key BLOB NOT NULL,           -- 16 bytes: keyed hash of the canonical address
  email       TEXT NOT NULL,           -- as it was sent
  customer_id TEXT NOT NULL,
  vendor_id   TEXT NOT NULL,           -- empty while not known
  lists       TEXT NOT NULL,           -- JSON array of list.id, ascending
  fields      TEXT NOT NULL,           -- JSON object: target -> value as sent, or {"fp": hex} once dropped
  fingerprint BLOB NOT NULL,           -- 16 bytes: keyed hash of `fields` as sent
  accepted_at TEXT NOT NULL,
  run_id      TEXT NOT NULL,
  UNIQUE (book, address_key)
) STRICT;

-- People whom the account refused by name, and how often with the same contents (rule 10).
CREATE TABLE refusal (
  book        INTEGER NOT NULL REFERENCES book (id),
  address_key BLOB NOT NULL,
  contents    BLOB NOT NULL,           -- fingerprint of what was refused
  times       INTEGER NOT NULL,
  last_at     TEXT NOT NULL,
  answer      TEXT NOT NULL,
  PRIMARY KEY (book, address_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
  no             INTEGER PRIMARY KEY,
  id             TEXT NOT NULL UNIQUE,
  export_id      TEXT NOT NULL,
  export_name    TEXT NOT NULL,
  account_id     INTEGER NOT NULL,
  book           INTEGER NOT NULL REFERENCES book (id),
  status         TEXT NOT NULL CHECK (status IN ('queued', 'processing', 'successful',
                   'completed_with_errors', 'skipped', 'failed', 'canceled', 'not_started')),
  reason         TEXT NOT NULL DEFAULT '',
  trigger        TEXT NOT NULL,
  full           INTEGER NOT NULL,
  late           INTEGER NOT NULL DEFAULT 0,
  resumable      INTEGER NOT NULL DEFAULT 0,
  stage          TEXT NOT NULL,
  started_at     TEXT NOT NULL,
  planned_at     TEXT,                 -- when the plan was committed; NULL: nothing was sent yet
  finished_at    TEXT,
  requests       INTEGER NOT NULL DEFAULT 0,
  retries        INTEGER NOT NULL DEFAULT 0,
  verified       INTEGER,
  counts         TEXT NOT NULL,        -- JSON of model::Counts
  options        TEXT NOT NULL,        -- JSON of run::RunOptions: what it was told
  plan           TEXT NOT NULL DEFAULT '{}', -- JSON of run::plan::Frozen
  source_version TEXT NOT NULL DEFAULT '',
  cancel         INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX run_by_export ON run (export_id, no);

-- The frozen plan and the fate of every profile that was not unchanged, and of every leaver.
CREATE TABLE person (
  run         INTEGER NOT NULL REFERENCES run (no),
  seq         INTEGER NOT NULL,
  batch       INTEGER,                 -- bulk call that carries the fields; NULL: none
  customer_id TEXT NOT NULL,
  email       TEXT NOT NULL,
  address_key BLOB NOT NULL,           -- empty where there is no address
  outcome     TEXT NOT NULL,
  reason      TEXT NOT NULL,
  answer      TEXT NOT NULL,
  known       INTEGER NOT NULL,        -- had a receipt when planned
  fields      TEXT,                    -- JSON object to send; NULL: fields are as accepted
  joins       TEXT NOT NULL,           -- JSON array of list.id to be put on
  joined      TEXT NOT NULL,           -- those confirmed or refused so far
  leaves      TEXT NOT NULL,           -- JSON array of list.id to be taken off
  gone        TEXT NOT NULL,           -- those confirmed or refused so far
  follows     INTEGER,                 -- seq of the person whose old address this is
  PRIMARY KEY (run, seq)
) STRICT, WITHOUT ROWID;

-- Unchanged people of a run, by receipt: little-endian differences as LEB128, ascending ids.
CREATE TABLE unchanged (
  run      INTEGER NOT NULL REFERENCES run (no),
  part     INTEGER NOT NULL,
  people   INTEGER NOT NULL,
  receipts BLOB NOT NULL,
  PRIMARY KEY (run, part)
) STRICT, WITHOUT ROWID;

-- The ledger: one row for each request that carries people, committed before it is sent
-- (reliability.md I18). An open attempt after a crash has an unknown outcome.
CREATE TABLE attempt (
  run       INTEGER NOT NULL REFERENCES run (no),
  seq       INTEGER NOT NULL,
  kind      TEXT NOT NULL CHECK (kind IN ('upsert', 'join', 'leave')),
  list      INTEGER,
  people    TEXT NOT NULL,             -- JSON array of person.seq
  bulk      INTEGER NOT NULL,          -- a bulk call, or one person in the path
  body_hash BLOB NOT NULL,
  outcome   TEXT NOT NULL DEFAULT 'open',
  status    INTEGER,
  answer    TEXT NOT NULL DEFAULT '',
  begun_at  TEXT NOT NULL,
  ended_at  TEXT,
  PRIMARY KEY (run, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX attempt_open ON attempt (run) WHERE outcome = 'open';

-- List sizes before a run and after, and the three people who show whether bulk membership holds.
CREATE TABLE run_list (
  run     INTEGER NOT NULL REFERENCES run (no),
  list    INTEGER NOT NULL,
  before  INTEGER,
  after   INTEGER,
  present TEXT NOT NULL DEFAULT '[]',  -- address keys (hex) of joiners who were already on it
  exact   INTEGER NOT NULL DEFAULT 1,  -- 0: the overlap is not known, so it is not verified
  PRIMARY KEY (run, list)
) STRICT, WITHOUT ROWID;

-- When requests were sent to an account, by the boot-time clock (architecture.md decision 6).
CREATE TABLE stamp (
  account_id INTEGER NOT NULL,
  boot       TEXT NOT NULL,
  millis     INTEGER NOT NULL,
  pid        INTEGER NOT NULL
) STRICT;
CREATE INDEX stamp_by_account ON stamp (account_id, millis);

-- One run of an account at a time, and who waits for it, in order (decision 7).
CREATE TABLE lease (
  no          INTEGER PRIMARY KEY,
  account_id  INTEGER NOT NULL,
  run_id      TEXT NOT NULL UNIQUE,
  export_id   TEXT NOT NULL,
  held        INTEGER NOT NULL,        -- 0: waits
  pid         INTEGER NOT NULL,
  pid_started TEXT NOT NULL,
  boot        TEXT NOT NULL,
  heartbeat   INTEGER NOT NULL         -- boot-time milliseconds
) STRICT;
CREATE UNIQUE INDEX lease_held ON lease (account_id) WHERE held = 1;

-- Every change and every run, in order; never changed.
CREATE TABLE audit (
  no      INTEGER PRIMARY KEY,
  at      TEXT NOT NULL,
  actor   TEXT NOT NULL,
  action  TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail  TEXT NOT NULL,
  hash    TEXT NOT NULL                -- over this entry and the hash of the one before
) STRICT;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is not changed'); END;
CREATE TRIGGER audit_is_not_cut BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is not cut'); END;

-- People who asked to be forgotten: the keyed hash of their address, which excludes it from then on.
CREATE TABLE forgotten (
  address_key BLOB PRIMARY KEY,
  at          TEXT NOT NULL
) STRICT, WITHOUT ROWID;
