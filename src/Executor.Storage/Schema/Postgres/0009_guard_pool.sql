-- Whose workers a slot is for. Not known of rows that a node of before reserves, which any worker may claim, and of those
-- that were withdrawn before they were reserved.
-- Works with 8
ALTER TABLE guard ADD COLUMN pool TEXT COLLATE "C";
