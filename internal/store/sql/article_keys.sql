-- The keys of all articles. One row per article.
SELECT DISTINCT key FROM article ORDER BY key
