-- Puts another record ($2, $3, $4) of a known capture ($5) in the place of the
-- one before, with what is known of its origin ($1).
UPDATE capture
SET origin = $1, record_file = $2, record_offset = $3, record_length = $4
WHERE key = $5
