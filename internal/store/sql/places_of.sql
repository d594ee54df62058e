-- Where the anchors of decision $1 were found, in order. One row per anchor: the
-- decision; and its article, how it was found, where, and in which older text,
-- between spaces.
SELECT decision, article || ' ' || found || ' ' || text || ' ' || at FROM place WHERE decision = $1 ORDER BY n
