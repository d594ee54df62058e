-- Keeps what one pair of articles shares in place of what it shared.
INSERT INTO relation (a, b, kind, coverage_a, coverage_b, spans, first_article, reason, own)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (a, b) DO UPDATE
SET kind = excluded.kind, coverage_a = excluded.coverage_a, coverage_b = excluded.coverage_b,
  spans = excluded.spans, first_article = excluded.first_article, reason = excluded.reason, own = excluded.own
