-- Works with 4
-- Every text that was stored under a name, in the order in which it was.
CREATE TABLE workflow_version (
    reference TEXT NOT NULL,
    number    INTEGER NOT NULL,
    version   TEXT,
    hash      TEXT NOT NULL,
    stored_at INTEGER NOT NULL,
    stored_by TEXT,
    PRIMARY KEY (reference, number)
) STRICT;

CREATE INDEX workflow_version_own ON workflow_version (reference, version) WHERE version IS NOT NULL;

-- Keys of the HTTP API; the key itself is nowhere.
CREATE TABLE api_key (
    id         TEXT NOT NULL PRIMARY KEY,
    hash       TEXT NOT NULL,
    name       TEXT NOT NULL,
    role       TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;

-- Only ever added to.
CREATE TABLE audit (
    number     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at         INTEGER NOT NULL,
    principal  TEXT NOT NULL,
    address    TEXT NOT NULL,
    request_id TEXT NOT NULL,
    action     TEXT NOT NULL,
    object     TEXT NOT NULL,
    outcome    TEXT NOT NULL
) STRICT;

CREATE INDEX run_by_workflow ON run (workflow, started_at DESC, id DESC);
CREATE INDEX run_by_status ON run (status, started_at DESC, id DESC);
