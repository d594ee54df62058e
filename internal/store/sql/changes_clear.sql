-- Forgets the numbers of what was derived.
DELETE FROM change
