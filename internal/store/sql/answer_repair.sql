-- Puts the answer of decision $1 back as it was made.
INSERT INTO answer (decision, salt, reason, body) VALUES ($1, $2, $3, $4)
ON CONFLICT (decision) DO UPDATE SET salt = excluded.salt, reason = excluded.reason, body = excluded.body
