-- Forgets what was read out of article $1.
DELETE FROM reading WHERE article = $1
