-- Drops one scored pair of speakers.
DELETE FROM suggestion WHERE a = $1 AND b = $2
