-- Nothing to set: rows that are deleted are gone at the next vacuum.
SELECT 1
