-- The tables of Akka.Persistence.Sql, which makes them without any key when its settings are incomplete, and does not
-- say so. Its indexes on ordering, created and sequence_number alone serve no query of ours and would cost three of four
-- index writes of each entry.
CREATE TABLE journal (
    ordering        BIGINT GENERATED ALWAYS AS IDENTITY,
    created         BIGINT NOT NULL,
    deleted         BOOLEAN NOT NULL,
    persistence_id  TEXT COLLATE "C" NOT NULL,
    sequence_number BIGINT NOT NULL,
    message         BYTEA NOT NULL,
    manifest        TEXT,
    identifier      INTEGER,
    writer_uuid     TEXT,
    -- The fence: of two incarnations of a run only one can write entry n.
    CONSTRAINT journal_key PRIMARY KEY (persistence_id, sequence_number)
);

CREATE TABLE tags (
    ordering_id    BIGINT NOT NULL,
    tag            TEXT COLLATE "C" NOT NULL,
    sequence_nr    BIGINT NOT NULL,
    persistence_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (ordering_id, tag)
);

CREATE TABLE snapshot (
    persistence_id  TEXT COLLATE "C" NOT NULL,
    sequence_number BIGINT NOT NULL,
    created         BIGINT NOT NULL,
    snapshot        BYTEA,
    manifest        TEXT,
    serializer_id   INTEGER,
    PRIMARY KEY (persistence_id, sequence_number)
);
