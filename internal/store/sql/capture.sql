-- The capture with key $1. One row or none.
SELECT key, hash, name, captured, size, media_type, channel, search, origin,
  record_file, record_offset, record_length
FROM capture
WHERE key = $1
