-- The articles of capture $1. One row per article.
SELECT DISTINCT key FROM article WHERE capture = $1 ORDER BY key
