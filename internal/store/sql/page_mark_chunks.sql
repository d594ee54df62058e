-- The chunks of marks there are. One row each.
SELECT chunk FROM page_mark ORDER BY chunk
