-- The article with key $1 as its newest extractor read it. One row or none.
SELECT key, extractor, capture, name, part, url, title, byline, authors, outlet,
  published, prec, date_flag, dates, metadata, language, body, blocks, notes, sum
FROM article
WHERE key = $1
ORDER BY extractor DESC
LIMIT 1
