-- Whether the account keeps opt-outs when people are sent who opted out: unknown, kept, undone. After undone
-- nothing is sent until somebody agrees anew.
ALTER TABLE connection ADD COLUMN opt_outs TEXT NOT NULL DEFAULT 'unknown';

-- Who was looked at while the first call with them was under way: JSON {"run": run.no, "people": [person.seq]}.
ALTER TABLE connection ADD COLUMN watched TEXT;
