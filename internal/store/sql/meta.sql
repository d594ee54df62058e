-- The value of setting $1. One row or none.
SELECT value FROM meta WHERE name = $1
