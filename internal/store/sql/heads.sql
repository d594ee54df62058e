-- What lists and counts need of every article, by key and extractor, but those
-- whose capture was erased. One row per article and extractor.
SELECT key, extractor, capture, captured, name, part, url, title, outlet, published, prec, date_flag, dates, language, size
FROM head
WHERE name <> 'erased:' || capture
ORDER BY key, extractor
