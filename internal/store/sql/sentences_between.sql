-- Every sentence of the articles from $1 to $2, in order. One row per sentence.
SELECT article, at, role, reason
FROM sentence
WHERE article >= $1 AND article <= $2
ORDER BY article, n
