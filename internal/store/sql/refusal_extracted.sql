-- Forgets that another extractor than $2 refused capture $1: $2 has read it.
DELETE FROM refusal
WHERE stage = 'extract'
  AND hash = (SELECT c.hash FROM capture c WHERE c.key = $1)
  AND name = (SELECT c.name FROM capture c WHERE c.key = $1)
  AND extractor <> $2
RETURNING key
