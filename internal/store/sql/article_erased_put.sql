-- Notes that article $1 was erased, so that no extractor brings it back.
INSERT INTO erased_article (key) VALUES ($1)
ON CONFLICT (key) DO NOTHING
