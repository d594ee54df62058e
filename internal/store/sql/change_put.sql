-- Numbers one thing that came in or was erased. Writers wait for one another,
-- so that a number that is seen says that all smaller ones are there.
INSERT INTO change (seq, what, id)
SELECT coalesce(max(seq), 0) + 1, $1, $2 FROM change
