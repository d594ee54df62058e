-- Keeps the signature $3 by $2 of decision $1; one that is known is left.
INSERT INTO signature (decision, signer, armored) VALUES ($1, $2, $3)
ON CONFLICT (decision, signer) DO NOTHING
