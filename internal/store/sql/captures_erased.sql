-- Keys of the captures that have the hash $1: those that were erased. One row each.
SELECT key FROM capture WHERE hash = $1 ORDER BY key
