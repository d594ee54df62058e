-- Forgets that adding $1 was refused: it is in the study now.
DELETE FROM refusal WHERE name = $1 AND stage = 'add'
RETURNING key
