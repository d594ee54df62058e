-- What lists and counts need of every article, by key and extractor. One row
-- per article and extractor.
SELECT key, extractor, capture, captured, name, part, url, title, outlet, published, prec, date_flag, dates, language, size
FROM head
ORDER BY key, extractor
