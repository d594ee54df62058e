-- The run of add that took capture $1 into the study, as far as its search and its
-- time say; not of one that has the hash $2, which was erased. One row or none.
SELECT s.key
FROM search_run s
JOIN capture c ON c.key = $1 AND c.hash <> $2
WHERE (s.query = c.search OR s.query = 'erased') AND s.added > 0
ORDER BY CASE WHEN s.began <= c.captured THEN 0 ELSE 1 END, CASE WHEN s.query = c.search THEN 0 ELSE 1 END,
  CASE WHEN s.channel = c.channel THEN 0 ELSE 1 END, s.began DESC, s.key
LIMIT 1
