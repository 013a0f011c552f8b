-- Whose workers a slot is for. Not known of rows from before, and of those that were withdrawn before they were reserved.
ALTER TABLE guard ADD COLUMN pool TEXT;
