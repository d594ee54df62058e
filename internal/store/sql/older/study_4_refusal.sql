-- Refusals as the log sums them up: the key, then all columns. One row each.
SELECT key, key, name, hash, stage, reason, hint, extractor FROM refusal ORDER BY key
