-- Drops decision $1 from a copy that is taken back to an earlier moment.
DELETE FROM decision WHERE id = $1
