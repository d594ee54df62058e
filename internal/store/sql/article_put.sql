-- Adds one article as one extractor read it, in place of what the same
-- extractor read before.
INSERT INTO article (key, extractor, capture, name, part, url, title, byline, authors, outlet,
  published, prec, date_flag, dates, metadata, language, body, blocks, notes, sum)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
ON CONFLICT (key, extractor) DO UPDATE
SET url = excluded.url, title = excluded.title, byline = excluded.byline, authors = excluded.authors,
  outlet = excluded.outlet, published = excluded.published, prec = excluded.prec,
  date_flag = excluded.date_flag, dates = excluded.dates, metadata = excluded.metadata,
  language = excluded.language, body = excluded.body, blocks = excluded.blocks, notes = excluded.notes,
  sum = excluded.sum
