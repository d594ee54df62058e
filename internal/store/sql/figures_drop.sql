-- Forgets the reported figures of article $1.
DELETE FROM figures WHERE article = $1
