-- Forgets every speaker of article $1.
DELETE FROM speaker WHERE article = $1
