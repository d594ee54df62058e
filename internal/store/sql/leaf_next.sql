-- The number of the next entry of the log. One row.
SELECT coalesce(max(n), -1) + 1 FROM leaf
