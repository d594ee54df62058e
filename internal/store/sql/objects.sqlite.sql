-- What stands in the schema of a file, by name. One row per object that has a
-- definition: kind, name, table and definition.
SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name
