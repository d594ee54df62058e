-- Ids of the decisions whose answer was erased. One row each.
SELECT id FROM decision WHERE NOT EXISTS (SELECT 1 FROM answer a WHERE a.decision = decision.id) ORDER BY id
