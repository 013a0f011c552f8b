-- Questions to people. Never read to decide.
-- Works with 8
CREATE TABLE inquiry (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    run          TEXT COLLATE "C" NOT NULL,
    task         TEXT COLLATE "C" NOT NULL,
    visit        INTEGER NOT NULL,
    item         INTEGER NOT NULL,
    attempt      INTEGER NOT NULL,
    sequence     BIGINT NOT NULL,
    workflow     TEXT NOT NULL,
    status       TEXT NOT NULL,
    closed       INTEGER NOT NULL,
    input        TEXT NOT NULL,
    opened_at    BIGINT NOT NULL,
    due_at       BIGINT,
    closed_at    BIGINT,
    response     TEXT,
    responded_by TEXT
);

CREATE INDEX inquiry_newest ON inquiry (opened_at DESC, id DESC);
CREATE INDEX inquiry_open ON inquiry (opened_at DESC, id DESC) WHERE closed = 0;
CREATE INDEX inquiry_by_run ON inquiry (run, opened_at DESC, id DESC);
