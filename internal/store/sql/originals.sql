-- All originals. One row per original.
SELECT key, members, first_article, reason, spliced FROM original ORDER BY key
