-- Captures that no extractor has made an article of or refused, by key, but those
-- with the hash $1, which were erased. One row per capture.
SELECT c.key, c.hash, c.name, c.captured, c.size, c.media_type, c.channel, c.search, c.origin,
  c.record_file, c.record_offset, c.record_length
FROM capture c
WHERE NOT EXISTS (SELECT 1 FROM article a WHERE a.capture = c.key)
  AND c.hash <> $1
  AND NOT EXISTS (
    SELECT 1 FROM refusal r
    WHERE r.name = c.name AND r.hash = c.hash AND r.stage = 'extract')
ORDER BY c.key
