-- The next $2 readings after article $1. One row per article.
SELECT article, reader, notes
FROM reading
WHERE article > $1
ORDER BY article
LIMIT $2
