-- All signatures, by decision and signer. One row each.
SELECT decision, signer, armored FROM signature ORDER BY decision, signer
