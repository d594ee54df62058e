-- Keeps one figure of an article.
INSERT INTO figure (article, n, key, at, kind, value, low, high, qualifier, unit, part_of, said_by, event, first_day, last_day, denied, guess, withdrawn, corrected)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
