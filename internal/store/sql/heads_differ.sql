-- Heads that are not what follows from article and capture, and those that are
-- missing. One row per key. None.
SELECT key FROM (
  SELECT key, extractor, capture, captured, name, part, url, title, outlet, published, prec, date_flag, dates, language, size FROM head
  EXCEPT
  SELECT a.key, a.extractor, a.capture, c.captured, a.name, a.part, a.url, a.title, a.outlet, a.published, a.prec, a.date_flag,
    CASE WHEN a.date_flag <> '' THEN a.dates ELSE 'null' END, a.language, octet_length(a.body)
  FROM article a JOIN capture c ON c.key = a.capture
) AS more
UNION
SELECT key FROM (
  SELECT a.key, a.extractor, a.capture, c.captured, a.name, a.part, a.url, a.title, a.outlet, a.published, a.prec, a.date_flag,
    CASE WHEN a.date_flag <> '' THEN a.dates ELSE 'null' END, a.language, octet_length(a.body)
  FROM article a JOIN capture c ON c.key = a.capture
  EXCEPT
  SELECT key, extractor, capture, captured, name, part, url, title, outlet, published, prec, date_flag, dates, language, size FROM head
) AS fewer
ORDER BY key
