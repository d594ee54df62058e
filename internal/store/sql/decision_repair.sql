-- Puts the header of a decision back as it was made. One row.
UPDATE decision
SET v = $1, kind = $2, study = $3, round = $4, answer_group = $5, actor = $6, made = $7, program = $8, base = $9, replaces = $10, commitment = $11
WHERE id = $12
