-- The suggestions of which $1 is the first speaker. One row per pair.
SELECT a, b, weight, probability, bars FROM suggestion WHERE a = $1 ORDER BY b
