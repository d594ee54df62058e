-- Every speaker of the articles from $1 to $2, in order. One row per speaker.
SELECT article, key, id, name, kind, gender, mention, mentions, speaks, elsewhere
FROM speaker
WHERE article >= $1 AND article <= $2
ORDER BY article, n
