-- Keeps node $1 of the tree over the log.
INSERT INTO node (n, hash) VALUES ($1, $2)
