-- Settings as the log sums them up: the name, then all columns. One row each.
SELECT name, name, value FROM meta ORDER BY name
