-- Which nodes are the cluster of this schema: at most one row. Nodes of before do not keep it, and a new node would found
-- a second cluster beside them: all are stopped before this step.
CREATE TABLE cluster_charter (
    only_one BOOLEAN NOT NULL PRIMARY KEY DEFAULT true CHECK (only_one),
    id       TEXT COLLATE "C" NOT NULL,
    beat     BIGINT NOT NULL,
    alone    TEXT
);
