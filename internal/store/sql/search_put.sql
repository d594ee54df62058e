-- Notes one run of add; noted again, its counts are brought up to date.
INSERT INTO search_run (key, began, actor, channel, query, details, paths, offered, added, known, refused)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (key) DO UPDATE
SET details = excluded.details, offered = excluded.offered, added = excluded.added, known = excluded.known, refused = excluded.refused
