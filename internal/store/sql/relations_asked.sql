-- Copies of which one has a speaker of its own. One row per pair of articles.
SELECT a, b, kind, first_article, own
FROM relation
WHERE own > 0
ORDER BY a, b
