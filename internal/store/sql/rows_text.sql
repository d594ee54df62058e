-- Articles as the log sums them up: key and extractor, then all columns but
-- the sum. One row per article and extractor that was not erased.
SELECT key || ' ' || extractor, key, extractor, capture, name, part, url, title, byline, authors, outlet, published, prec, date_flag, dates, metadata, language, body, blocks, notes
FROM article
WHERE NOT EXISTS (SELECT 1 FROM erased_article e WHERE e.key = article.key)
ORDER BY key, extractor
