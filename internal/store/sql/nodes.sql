-- The nodes of the tree from number $1 on, at most $2. One row per node.
SELECT n, hash FROM node WHERE n >= $1 ORDER BY n LIMIT $2
