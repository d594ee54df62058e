-- Signatures as the log sums them up: decision and signer, then all columns.
-- One row each.
SELECT decision || ' ' || signer, decision, signer, armored FROM signature ORDER BY decision, signer
