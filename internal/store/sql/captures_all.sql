-- All captures by key, those that were erased too. One row per capture.
SELECT key, hash, name, captured, size, media_type, channel, search, origin,
  record_file, record_offset, record_length
FROM capture
ORDER BY key
