-- How many captures have key $1: 1 or 0. One row.
SELECT count(*) FROM capture WHERE key = $1
