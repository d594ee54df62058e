-- All decisions by id. One row per decision; salt is null if it was erased.
SELECT d.id, d.v, d.kind, d.study, d.round, d.answer_group, d.actor, d.made, d.program, d.base, d.replaces,
  d.commitment, w.salt, w.reason, w.body
FROM decision d
LEFT JOIN answer w ON w.decision = d.id
ORDER BY d.id
