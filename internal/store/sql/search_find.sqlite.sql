-- The articles that hold the words of the query $1, the best first, with the
-- words around the first hits; hits stand between U+0002 and U+0003.
SELECT p.article, snippet(search_text, -1, char(2), char(3), '…', 18)
FROM search_text JOIN search_page p ON p.number = search_text.rowid
WHERE search_text MATCH $1 ORDER BY bm25(search_text, 4.0, 1.0), p.article LIMIT $2
