-- Forgets the version, before a new one is noted in the same transaction.
DELETE FROM schema_version
