-- Which run this one repeats.
ALTER TABLE run ADD COLUMN origin TEXT;
