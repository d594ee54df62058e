-- What came in or was erased, in the order in which it was saved. One row each.
SELECT seq, what, id FROM change ORDER BY seq
