-- Passages to be set beside others: the two articles, then the rest.
SELECT coalesce(p.article, 'no page') || ' ' || coalesce(s.article, 'no page'), x.sentences, x.taken
FROM passage x LEFT JOIN page p ON p.number = x.page LEFT JOIN page s ON s.number = x.source ORDER BY 1
