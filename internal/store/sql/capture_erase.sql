-- Takes out what a capture ($3) was and where it came from: it is called $1 with
-- the hash $2. What stays says that it was there, when, and where its record is.
UPDATE capture
SET name = $1, hash = $2, size = 0, media_type = '', search = '', origin = '{}'
WHERE key = $3
