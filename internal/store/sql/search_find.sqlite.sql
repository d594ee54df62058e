-- The articles that hold the words of the query $1, the best first, with the
-- words around the first hits; hits stand between U+0002 and U+0003. The order
-- is that of the index itself, so that words are cut out of few texts only.
SELECT p.article, f.words
FROM (
  SELECT rowid AS number, rank AS score, snippet(search_text, -1, char(2), char(3), '…', 18) AS words
  FROM search_text WHERE search_text MATCH $1 AND rank MATCH 'bm25(4.0, 1.0)' ORDER BY rank LIMIT $2
) f JOIN search_page p ON p.number = f.number
ORDER BY f.score, p.article
