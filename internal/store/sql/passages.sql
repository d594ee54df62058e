-- What a page holds of others, and others of it. One row per pair.
SELECT page, source, sentences, taken FROM passage WHERE page = $1
UNION ALL
SELECT page, source, sentences, taken FROM passage WHERE source = $1
