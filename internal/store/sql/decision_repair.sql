-- Puts the header of decision $1 back as it was made. One row.
UPDATE decision
SET v = $2, kind = $3, study = $4, round = $5, answer_group = $6, actor = $7, made = $8, program = $9, base = $10, replaces = $11, commitment = $12
WHERE id = $1
