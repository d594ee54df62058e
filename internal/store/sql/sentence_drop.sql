-- Forgets every sentence of article $1.
DELETE FROM sentence WHERE article = $1
