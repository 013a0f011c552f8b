CREATE TABLE workflow (
    hash      TEXT NOT NULL PRIMARY KEY,
    reference TEXT NOT NULL,
    source    TEXT NOT NULL,
    stored_at INTEGER NOT NULL
) STRICT;
