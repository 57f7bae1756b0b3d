-- What learning and searching take. Times are milliseconds.

-- Processor time of admitting, storing, refining and indexing, and the time that searches took.
ALTER TABLE spending ADD COLUMN keeping_millis INTEGER NOT NULL DEFAULT 0;
ALTER TABLE spending ADD COLUMN searching_millis INTEGER NOT NULL DEFAULT 0;
