-- The pairs of speakers that are at least $1 thousandths probable, by pair.
-- One row per pair.
SELECT a, b, probability FROM suggestion WHERE probability >= $1 ORDER BY a, b
