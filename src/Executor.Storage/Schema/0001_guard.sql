-- Times are microseconds since 1970 in UTC, by the clock of the connection (executor_now).
CREATE TABLE guard (
    dispatch_id TEXT NOT NULL PRIMARY KEY,
    run         TEXT NOT NULL,
    task        TEXT NOT NULL,
    visit       INTEGER NOT NULL,
    item        INTEGER NOT NULL,
    attempt     INTEGER NOT NULL,
    entry       INTEGER NOT NULL,
    status      TEXT NOT NULL
        CHECK (status IN ('scheduled', 'running', 'completed', 'failed', 'cancelled', 'timeout', 'abandoned')),
    news_at     INTEGER NOT NULL,
    patience    INTEGER NOT NULL DEFAULT 1,
    sent_at     INTEGER,
    worker      TEXT,
    claim_id    TEXT,
    lease_until INTEGER,
    ended_at    INTEGER,
    closed_at   INTEGER,
    CHECK ((ended_at IS NULL) = (status IN ('scheduled', 'running'))),
    CHECK (closed_at IS NULL OR ended_at IS NOT NULL)
) STRICT;

-- The second layer against double dispatch: one row per slot, for ever.
CREATE UNIQUE INDEX guard_slot ON guard (run, task, visit, item, attempt);

-- What the reconciler looks for; each holds only the rows that are in that state.
CREATE INDEX guard_unclaimed ON guard (news_at) WHERE status = 'scheduled';
CREATE INDEX guard_leased ON guard (lease_until) WHERE status = 'running';
CREATE INDEX guard_unclosed ON guard (ended_at) WHERE ended_at IS NOT NULL AND closed_at IS NULL;
