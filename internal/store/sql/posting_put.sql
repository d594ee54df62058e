-- Keeps one block of postings.
INSERT INTO posting (first, block) VALUES ($1, $2)
ON CONFLICT (first) DO UPDATE SET block = excluded.block
