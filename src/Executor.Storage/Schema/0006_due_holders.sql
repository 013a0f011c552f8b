-- Which incarnation of the run has taken on to look after it, and how long the journal was when the last one let go.
ALTER TABLE due ADD COLUMN holder TEXT;
ALTER TABLE due ADD COLUMN entries INTEGER NOT NULL DEFAULT 0;
