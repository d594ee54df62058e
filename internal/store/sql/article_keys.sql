-- The keys of all articles but those whose capture was erased. One row per
-- article.
SELECT DISTINCT key FROM article WHERE name <> 'erased:' || capture ORDER BY key
