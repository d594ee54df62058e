-- Makes the schema that stands for study.db.
CREATE SCHEMA IF NOT EXISTS recount_study
