-- All captures by key but those with the hash $1, which were erased. One row
-- per capture.
SELECT key, hash, name, captured, size, media_type, channel, search, origin,
  record_file, record_offset, record_length
FROM capture
WHERE hash <> $1
ORDER BY key
