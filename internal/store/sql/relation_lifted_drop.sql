-- Forgets that a relation is a trace but for a page put together from others.
DELETE FROM relation_lifted WHERE a = $1 AND b = $2
