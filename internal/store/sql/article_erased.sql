-- The keys of the erased articles. One row per article.
SELECT key FROM erased_article ORDER BY key
