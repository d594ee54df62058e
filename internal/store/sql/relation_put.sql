-- Adds what one pair of articles shares.
INSERT INTO relation (a, b, kind, coverage_a, coverage_b, spans, first_article, reason, own)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
