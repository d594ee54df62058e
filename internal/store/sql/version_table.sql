-- The version of the tables: one row, once the first migration has run.
CREATE TABLE IF NOT EXISTS schema_version (
  version INTEGER NOT NULL,
  program VARCHAR(64) NOT NULL
)
