-- Forgets every figure of article $1.
DELETE FROM figure WHERE article = $1
