-- Adds entry number $1 to the log: row $3 of the kind $2 has the sum $4.
INSERT INTO leaf (n, what, id, sum) VALUES ($1, $2, $3, $4)
