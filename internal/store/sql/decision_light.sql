-- What deciding and counting need of decision $1. One row or none; body is null
-- if it was erased.
SELECT d.id, d.kind, d.study, d.round, d.answer_group, d.actor, d.made, d.base, d.replaces, w.reason, w.body
FROM decision d
LEFT JOIN answer w ON w.decision = d.id
WHERE d.id = $1
