-- Where every speaker of article $1 stands, in order. One row per speaker.
SELECT article, key, id, kind, gender, mention, mentions, speaks, elsewhere
FROM speaker
WHERE article = $1
ORDER BY n
