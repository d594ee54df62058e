-- Waits until nobody else changes the tables of schema $1, until the
-- transaction ends. One row.
SELECT pg_advisory_xact_lock(hashtext($1))
