-- Drops capture $1 from a copy that is taken back to an earlier moment.
DELETE FROM capture WHERE key = $1
