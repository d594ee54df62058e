-- Makes the schema that stands for derived.db.
CREATE SCHEMA IF NOT EXISTS recount_derived
