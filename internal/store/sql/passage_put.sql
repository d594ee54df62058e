-- Keeps what one page holds of another in place of what was.
INSERT INTO passage (page, source, sentences, taken) VALUES ($1, $2, $3, $4)
ON CONFLICT (page, source) DO UPDATE SET sentences = excluded.sentences, taken = excluded.taken
