-- derived.db: copies that have a speaker of their own.

-- 1: the first of the pair has one, 2: the second, 3: both.
ALTER TABLE relation ADD COLUMN own bigint NOT NULL DEFAULT 0;
