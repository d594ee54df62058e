-- Notes that a relation is a trace but for a page put together from others.
INSERT INTO relation_lifted (a, b) VALUES ($1, $2)
ON CONFLICT (a, b) DO NOTHING
