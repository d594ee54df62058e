-- Takes out of capture $1 what it was and where it came from. What stays says
-- that it was there, when, and where its record is.
UPDATE capture
SET name = $2, hash = $3, size = 0, media_type = '', search = '', origin = '{}'
WHERE key = $1
