-- Drops the readings of an earlier program once they stand in rows.
DROP TABLE IF EXISTS reading_1
