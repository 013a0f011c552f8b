-- Questions to people. Never read to decide.
CREATE TABLE inquiry (
    id           TEXT NOT NULL PRIMARY KEY,
    run          TEXT NOT NULL,
    task         TEXT NOT NULL,
    visit        INTEGER NOT NULL,
    item         INTEGER NOT NULL,
    attempt      INTEGER NOT NULL,
    sequence     INTEGER NOT NULL,
    workflow     TEXT NOT NULL,
    status       TEXT NOT NULL,
    closed       INTEGER NOT NULL,
    input        TEXT NOT NULL,
    opened_at    INTEGER NOT NULL,
    due_at       INTEGER,
    closed_at    INTEGER,
    response     TEXT,
    responded_by TEXT
) STRICT;

CREATE INDEX inquiry_newest ON inquiry (opened_at DESC, id DESC);
CREATE INDEX inquiry_open ON inquiry (opened_at DESC, id DESC) WHERE closed = 0;
CREATE INDEX inquiry_by_run ON inquiry (run, opened_at DESC, id DESC);

-- Answers that another process than that of the run has given, and what the run said to them.
CREATE TABLE offer (
    number       INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    run          TEXT NOT NULL,
    task         TEXT NOT NULL,
    visit        INTEGER NOT NULL,
    item         INTEGER NOT NULL,
    attempt      INTEGER NOT NULL,
    response     TEXT NOT NULL,
    responded_by TEXT,
    at           INTEGER NOT NULL,
    code         TEXT,
    message      TEXT
) STRICT;

CREATE INDEX offer_undecided ON offer (number) WHERE code IS NULL;
