-- The next $2 readings after article $1. One row per article.
SELECT article, reader, statements, speakers, sentences, notes
FROM reading
WHERE article > $1
ORDER BY article
LIMIT $2
