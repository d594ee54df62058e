-- Notes the version ($1) and the program ($2) that made it. One row.
INSERT INTO schema_version (version, program) VALUES ($1, $2)
