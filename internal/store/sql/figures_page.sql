-- The next $2 articles' reported figures after article $1. One row per article.
SELECT article, figures
FROM figures
WHERE article > $1
ORDER BY article
LIMIT $2
