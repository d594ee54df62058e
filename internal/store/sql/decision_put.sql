-- Adds the header of one decision; one that is known is left as it is.
INSERT INTO decision (id, v, kind, study, round, answer_group, actor, made, program, base, replaces, commitment)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
ON CONFLICT (id) DO NOTHING
