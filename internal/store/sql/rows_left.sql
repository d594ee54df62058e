-- Articles that were erased and still have words: key and extractor. None.
SELECT key || ' ' || extractor, body
FROM article
WHERE (sum <> '' OR body <> '' OR title <> '') AND EXISTS (SELECT 1 FROM erased_article e WHERE e.key = article.key)
ORDER BY key, extractor
