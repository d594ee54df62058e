-- The block that the posting $1 belongs to, and where the next block begins.
SELECT first, block, coalesce((SELECT min(first) FROM posting WHERE first > $1), -1)
FROM posting
WHERE first = coalesce((SELECT max(first) FROM posting WHERE first <= $1), (SELECT min(first) FROM posting))
