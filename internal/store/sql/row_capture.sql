-- Capture $1 as the log sums it up: its key, then all of its columns.
SELECT key, key, hash, name, captured, size, media_type, channel, search, origin, record_file, record_offset, record_length
FROM capture WHERE key = $1
