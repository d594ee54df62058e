-- Notes one refusal; a newer one of the same thing and stage takes its place.
INSERT INTO refusal (key, name, hash, stage, reason, hint, extractor)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (key) DO UPDATE
SET reason = excluded.reason, hint = excluded.hint, extractor = excluded.extractor
