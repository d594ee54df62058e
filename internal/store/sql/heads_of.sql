-- What lists and counts need of article $1, by extractor; nothing if its capture
-- was erased. One row per extractor.
SELECT key, extractor, capture, captured, name, part, url, title, outlet, published, prec, date_flag, dates, language, size
FROM head
WHERE key = $1 AND name <> 'erased:' || capture
ORDER BY extractor
