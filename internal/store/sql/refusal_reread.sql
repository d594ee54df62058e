-- Forgets why capture $1 could not be read: more is known of it now.
DELETE FROM refusal
WHERE stage = 'extract'
  AND hash = (SELECT c.hash FROM capture c WHERE c.key = $1)
  AND name = (SELECT c.name FROM capture c WHERE c.key = $1)
RETURNING key
