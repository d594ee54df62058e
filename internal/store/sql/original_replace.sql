-- Keeps one original in place of what was known of it.
INSERT INTO original (key, members, first_article, reason, spliced) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (key) DO UPDATE
SET first_article = excluded.first_article, reason = excluded.reason, spliced = excluded.spliced
