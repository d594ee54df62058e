-- The relations of one article. One row per other article; lifted is 1 if it is
-- a trace but for a page put together from others.
SELECT r.a, r.b, r.kind, r.coverage_a, r.coverage_b, r.spans, r.first_article, r.reason, r.own,
  CASE WHEN l.a IS NULL THEN 0 ELSE 1 END AS lifted
FROM (
  SELECT a, b, kind, coverage_a, coverage_b, spans, first_article, reason, own FROM relation WHERE a = $1
  UNION ALL
  SELECT a, b, kind, coverage_a, coverage_b, spans, first_article, reason, own FROM relation WHERE b = $1
) r
LEFT JOIN relation_lifted l ON l.a = r.a AND l.b = r.b
