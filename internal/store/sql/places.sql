-- Where every anchor of every decision was found, in order. One row per anchor:
-- the decision; and its article, how it was found, where, and in which older
-- text, between spaces.
SELECT decision, article || ' ' || found || ' ' || text || ' ' || at FROM place ORDER BY decision, n
