-- The search log, oldest first. One row per run of add.
SELECT began, actor, channel, query, details, paths, offered, added, known, refused
FROM search_run
ORDER BY began, actor, channel, query, paths
