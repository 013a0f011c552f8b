-- Results that are too large for the journal, by the SHA-256 of their JSON, with the run that has
-- stored each first. Journals refer to them, and programs
-- that do not know this would take a reference for a result: nothing works with less.
CREATE TABLE result (
    id        TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    run       TEXT COLLATE "C" NOT NULL,
    stored_at BIGINT NOT NULL,
    content   BYTEA NOT NULL
);
