-- Run $1 of add as the log sums it up: its key, then all of its columns.
SELECT key, key, began, actor, channel, query, details, paths, offered, added, known, refused FROM search_run WHERE key = $1
