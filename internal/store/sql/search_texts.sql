-- What the search index holds of each article, and texts that are of none, which
-- have no article. One row per article or text.
SELECT coalesce(p.article, ''), coalesce(p.stamp, ''), coalesce(t.title, ''), coalesce(t.body, '')
FROM search_page p FULL OUTER JOIN search_text t ON t.rowid = p.number
ORDER BY p.article
