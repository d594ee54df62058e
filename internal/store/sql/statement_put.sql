-- Keeps one statement of an article.
INSERT INTO statement (article, n, key, speaker, type, speech, confidence, source, cue, content)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
