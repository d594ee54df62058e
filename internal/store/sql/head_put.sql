-- Keeps what lists and counts need of one article as one extractor read it.
INSERT INTO head (key, extractor, capture, captured, name, part, url, title, outlet, published, prec, date_flag, dates, language, size)
SELECT $1, $2, $3, c.captured, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14
FROM capture c WHERE c.key = $3
ON CONFLICT (key, extractor) DO UPDATE
SET url = excluded.url, title = excluded.title, outlet = excluded.outlet, published = excluded.published,
  prec = excluded.prec, date_flag = excluded.date_flag, dates = excluded.dates, language = excluded.language, size = excluded.size
