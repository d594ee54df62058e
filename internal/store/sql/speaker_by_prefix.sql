-- The speakers whose key lies in [$1, $2), at most two. One row per speaker.
SELECT article, key FROM speaker WHERE key >= $1 AND key < $2 ORDER BY key LIMIT 2
