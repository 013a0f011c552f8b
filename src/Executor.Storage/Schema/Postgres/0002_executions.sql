-- Rows for people. Never read to decide.
CREATE TABLE run (
    id              TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    sequence        BIGINT NOT NULL,
    workflow        TEXT NOT NULL,
    definition_hash TEXT NOT NULL,
    status          TEXT NOT NULL,
    ended           INTEGER NOT NULL,
    current_tasks   TEXT NOT NULL,
    completed_tasks TEXT NOT NULL,
    failed_tasks    TEXT NOT NULL,
    skipped_tasks   TEXT NOT NULL,
    output          TEXT NOT NULL,
    error           TEXT,
    request_key     TEXT,
    started_at      BIGINT NOT NULL,
    ended_at        BIGINT
);

CREATE INDEX run_newest ON run (started_at DESC, id DESC);
CREATE INDEX run_open ON run (started_at DESC, id DESC) WHERE ended = 0;

CREATE TABLE execution (
    dispatch_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    run         TEXT COLLATE "C" NOT NULL,
    task        TEXT COLLATE "C" NOT NULL,
    visit       INTEGER NOT NULL,
    item        INTEGER NOT NULL,
    attempt     INTEGER NOT NULL,
    sequence    BIGINT NOT NULL,
    status      TEXT NOT NULL,
    ended       INTEGER NOT NULL,
    action      TEXT NOT NULL,
    worker      TEXT,
    created_at  BIGINT NOT NULL,
    ended_at    BIGINT,
    error       TEXT
);

CREATE UNIQUE INDEX execution_slot ON execution (run, task, visit, item, attempt);
