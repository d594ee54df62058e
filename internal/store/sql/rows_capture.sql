-- Captures as the log sums them up: the key, then all columns. One row each.
SELECT key, key, hash, name, captured, size, media_type, channel, search, origin, record_file, record_offset, record_length
FROM capture ORDER BY key
