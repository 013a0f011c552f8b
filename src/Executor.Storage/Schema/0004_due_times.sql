CREATE TABLE due (
    run    TEXT NOT NULL PRIMARY KEY,
    due_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX due_earliest ON due (due_at, run);
