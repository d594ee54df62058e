-- All refusals. One row per thing that was not taken and stage.
SELECT name, hash, stage, reason, hint, extractor
FROM refusal
ORDER BY name, hash, stage
