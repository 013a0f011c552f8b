CREATE TABLE due (
    run    TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    due_at BIGINT NOT NULL
);

CREATE INDEX due_earliest ON due (due_at, run);
