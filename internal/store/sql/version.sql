-- The version of the tables and the program that made them so. One row or none.
SELECT version, program FROM schema_version
