-- Runs of add with what was asked for: the key, query, details and paths.
SELECT key, query, details, paths FROM search_run ORDER BY key
