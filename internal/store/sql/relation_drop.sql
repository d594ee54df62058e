-- Drops what one pair of articles shares.
DELETE FROM relation WHERE a = $1 AND b = $2
