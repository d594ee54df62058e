-- What lists and counts need of article $1, by extractor. One row per
-- extractor.
SELECT key, extractor, capture, captured, name, part, url, title, outlet, published, prec, date_flag, dates, language, size
FROM head
WHERE key = $1
ORDER BY extractor
