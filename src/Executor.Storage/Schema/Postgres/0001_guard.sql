-- Times are microseconds since 1970 in UTC, by this function and no other clock. Texts are ordered by their bytes, as in
-- every other database of ours, whatever the locale of this one.
CREATE FUNCTION executor_now() RETURNS BIGINT LANGUAGE sql STABLE PARALLEL SAFE
    AS 'SELECT (extract(epoch FROM now()) * 1000000)::BIGINT';

CREATE TABLE guard (
    dispatch_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    run         TEXT COLLATE "C" NOT NULL,
    task        TEXT COLLATE "C" NOT NULL,
    visit       INTEGER NOT NULL,
    item        INTEGER NOT NULL,
    attempt     INTEGER NOT NULL,
    entry       BIGINT NOT NULL,
    status      TEXT COLLATE "C" NOT NULL
        CHECK (status IN ('scheduled', 'running', 'completed', 'failed', 'cancelled', 'timeout', 'abandoned')),
    news_at     BIGINT NOT NULL,
    patience    INTEGER NOT NULL DEFAULT 1,
    sent_at     BIGINT,
    worker      TEXT,
    claim_id    TEXT COLLATE "C",
    lease_until BIGINT,
    ended_at    BIGINT,
    closed_at   BIGINT,
    CHECK ((ended_at IS NULL) = (status IN ('scheduled', 'running'))),
    CHECK (closed_at IS NULL OR ended_at IS NOT NULL)
);

-- The second layer against double dispatch: one row per slot, for ever.
CREATE UNIQUE INDEX guard_slot ON guard (run, task, visit, item, attempt);

-- What the reconciler looks for; each holds only the rows that are in that state.
CREATE INDEX guard_unclaimed ON guard (news_at) WHERE status = 'scheduled';
CREATE INDEX guard_leased ON guard (lease_until) WHERE status = 'running';
CREATE INDEX guard_unclosed ON guard (ended_at) WHERE ended_at IS NOT NULL AND closed_at IS NULL;
