-- Ids of the decisions; an id says all. One row each.
SELECT id FROM decision ORDER BY id
