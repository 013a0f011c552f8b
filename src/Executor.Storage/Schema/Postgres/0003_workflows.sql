CREATE TABLE workflow (
    hash      TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    reference TEXT NOT NULL,
    source    TEXT NOT NULL,
    stored_at BIGINT NOT NULL
);
