-- The number of the newest change; 0 if there is none. One row.
SELECT coalesce(max(seq), 0) FROM change
