-- The statements whose key lies in [$1, $2), at most two. One row per statement.
SELECT article, key FROM statement WHERE key >= $1 AND key < $2 ORDER BY key LIMIT 2
