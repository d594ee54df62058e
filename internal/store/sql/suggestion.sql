-- The suggestion of the speakers $1 and $2, the smaller key first. At most one row.
SELECT a, b, weight, probability, bars FROM suggestion WHERE a = $1 AND b = $2
