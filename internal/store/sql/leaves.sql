-- The entries of the log from number $1 on, at most $2. One row per entry.
SELECT n, what, id, sum FROM leaf WHERE n >= $1 ORDER BY n LIMIT $2
