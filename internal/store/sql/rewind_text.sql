-- Drops article $1 as $2 read it from a copy that is taken back.
DELETE FROM article WHERE key = $1 AND extractor = $2
