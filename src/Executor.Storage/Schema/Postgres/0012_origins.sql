-- Which run this one repeats.
-- Works with 8
ALTER TABLE run ADD COLUMN origin TEXT COLLATE "C";
