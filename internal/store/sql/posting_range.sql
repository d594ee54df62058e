-- The blocks that hold postings in [$1, $2], in order.
SELECT first, block
FROM posting
WHERE first >= coalesce((SELECT max(first) FROM posting WHERE first <= $1), 0) AND first <= $2
ORDER BY first
