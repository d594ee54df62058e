-- Article $1 as extractor $2 read it. One row, or none.
SELECT key, extractor, capture, name, part, url, title, byline, authors, outlet,
  published, prec, date_flag, dates, metadata, language, body, blocks, notes, sum
FROM article
WHERE key = $1 AND extractor = $2
