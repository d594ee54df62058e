-- The names of all captures but those with the hash $1, which were erased. One row
-- per capture.
SELECT name FROM capture WHERE hash <> $1 ORDER BY key
