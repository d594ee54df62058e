-- What came in or was erased after number $1, in that order. One row per change.
SELECT seq, what, id FROM change WHERE seq > $1 ORDER BY seq
