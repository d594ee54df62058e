-- The articles that hold the words of the query $1, the best first, with the
-- words around the first hits; hits stand between U+0002 and U+0003.
SELECT p.article, ts_headline('simple', t.title || ' ' || t.body, q.query, 'StartSel=' || chr(2) || ', StopSel=' || chr(3) || ', MaxWords=18, MinWords=9')
FROM search_text t JOIN search_page p ON p.number = t.rowid, to_tsquery('simple', $1) AS q(query)
WHERE to_tsvector('simple', t.title || ' ' || t.body) @@ q.query
ORDER BY ts_rank(to_tsvector('simple', t.title || ' ' || t.body), q.query) DESC, p.article LIMIT $2
