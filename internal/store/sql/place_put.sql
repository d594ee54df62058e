-- Keeps where one anchor of a decision was found.
INSERT INTO place (decision, n, article, found, at, text) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (decision, n) DO UPDATE
SET article = excluded.article, found = excluded.found, at = excluded.at, text = excluded.text
