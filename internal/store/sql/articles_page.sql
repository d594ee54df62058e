-- The next $3 articles after key $1 and extractor $2, but those whose capture was
-- erased. One row per article and extractor.
SELECT key, extractor, capture, name, part, url, title, byline, authors, outlet,
  published, prec, date_flag, dates, metadata, language, body, blocks, notes, sum
FROM article
WHERE (key, extractor) > ($1, $2) AND name <> 'erased:' || capture
ORDER BY key, extractor
LIMIT $3
