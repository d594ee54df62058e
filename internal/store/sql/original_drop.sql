-- Drops one original.
DELETE FROM original WHERE key = $1
