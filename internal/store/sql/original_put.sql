-- Adds one independent original.
INSERT INTO original (key, members, first_article, reason, spliced) VALUES ($1, $2, $3, $4, $5)
