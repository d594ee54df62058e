-- Keeps one sentence of an article.
INSERT INTO sentence (article, n, at, role, reason)
VALUES ($1, $2, $3, $4, $5)
