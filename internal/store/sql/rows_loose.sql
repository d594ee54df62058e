-- Answers without a decision. None.
SELECT decision FROM answer WHERE NOT EXISTS (SELECT 1 FROM decision d WHERE d.id = answer.decision) ORDER BY decision
