-- Whether decision $1 still has its answer. One row: 1 or 0.
SELECT count(*) FROM answer WHERE decision = $1
