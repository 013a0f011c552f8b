-- Results that are too large for the journal, by the SHA-256 of their JSON, with the run that has
-- stored each first. Journals refer to them.
CREATE TABLE result (
    id        TEXT NOT NULL PRIMARY KEY,
    run       TEXT NOT NULL,
    stored_at INTEGER NOT NULL,
    content   BLOB NOT NULL
) STRICT;
