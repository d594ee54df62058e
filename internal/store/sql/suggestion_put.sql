-- Adds one scored pair of speakers.
INSERT INTO suggestion (a, b, weight, probability, bars) VALUES ($1, $2, $3, $4, $5)
