-- Every statement of the articles from $1 to $2, in order. One row per statement.
SELECT article, key, speaker, type, speech, confidence, source, cue, content
FROM statement
WHERE article >= $1 AND article <= $2
ORDER BY article, n
