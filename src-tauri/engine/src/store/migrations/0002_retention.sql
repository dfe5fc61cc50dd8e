-- Values older than the retention time are dropped (docs/decisions/0012-what-retention-drops.md).

-- When the people, requests and answers of a run were dropped; NULL: they are kept.
ALTER TABLE run ADD COLUMN details_dropped_at TEXT;

-- Whether a receipt has a value beside fingerprints of dropped ones, so that those without are passed by.
ALTER TABLE receipt ADD COLUMN has_values INTEGER NOT NULL DEFAULT 1;
