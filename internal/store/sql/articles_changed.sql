-- Articles that came in, were read again or lost their text after number $1, in
-- that order. One row per change.
SELECT seq, what, id FROM change WHERE what = 'article' AND seq > $1 ORDER BY seq
