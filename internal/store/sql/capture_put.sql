-- Adds one capture; one that is known is left as it is.
INSERT INTO capture (key, hash, name, captured, size, media_type, channel, search, origin,
  record_file, record_offset, record_length)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
ON CONFLICT (key) DO NOTHING
