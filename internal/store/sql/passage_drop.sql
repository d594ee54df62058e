-- Drops what one page holds of another.
DELETE FROM passage WHERE page = $1 AND source = $2
