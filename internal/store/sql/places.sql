-- Where every anchor of every decision was found, in order. One row per anchor.
SELECT decision, n, article, found, at, text FROM place ORDER BY decision, n
