-- Keeps one speaker of an article.
INSERT INTO speaker (article, n, key, id, name, kind, gender, mention, mentions, speaks, elsewhere)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
