-- All suggestions, the heaviest first. One row per pair of speakers.
SELECT a, b, weight, probability, bars FROM suggestion ORDER BY weight DESC, a, b
