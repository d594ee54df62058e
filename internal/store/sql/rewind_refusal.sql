-- Drops refusal $1 from a copy that is taken back to an earlier moment.
DELETE FROM refusal WHERE key = $1
