-- Which slot of which other run has called this one.
ALTER TABLE run ADD COLUMN parent TEXT;
ALTER TABLE run ADD COLUMN parent_task TEXT;
ALTER TABLE run ADD COLUMN parent_visit INTEGER;
ALTER TABLE run ADD COLUMN parent_item INTEGER;
ALTER TABLE run ADD COLUMN parent_attempt INTEGER;

CREATE INDEX run_by_parent ON run (parent, started_at DESC, id DESC) WHERE parent IS NOT NULL;
