-- Adds the erasable part of one decision.
INSERT INTO answer (decision, salt, reason, body) VALUES ($1, $2, $3, $4)
