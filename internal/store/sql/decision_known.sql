-- How many decisions have id $1: 1 or 0. One row.
SELECT count(*) FROM decision WHERE id = $1
