-- Where every speaker stands, in order. One row per speaker.
SELECT article, key, id, kind, gender, mention, mentions, speaks, elsewhere
FROM speaker
ORDER BY article, n
