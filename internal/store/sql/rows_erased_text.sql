-- Articles that were erased. One row each.
SELECT key FROM erased_article ORDER BY key
