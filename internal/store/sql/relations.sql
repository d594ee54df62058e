-- All relations. One row per pair of articles that share text.
SELECT a, b, kind, coverage_a, coverage_b, spans, first_article, reason, own
FROM relation
ORDER BY a, b
