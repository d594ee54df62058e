-- Runs of add as the log sums them up: the key, then all columns. One row each.
SELECT key, key, began, actor, channel, query, details, paths, offered, added, known, refused FROM search_run ORDER BY key
