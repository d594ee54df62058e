-- Keeps one scored pair of speakers in place of an earlier score.
INSERT INTO suggestion (a, b, weight, probability, bars) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (a, b) DO UPDATE
SET weight = excluded.weight, probability = excluded.probability, bars = excluded.bars
