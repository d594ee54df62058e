-- Forgets every statement of article $1.
DELETE FROM statement WHERE article = $1
