-- Empties the write-ahead log, so that erased bytes do not stay in it. One row.
PRAGMA wal_checkpoint(TRUNCATE)
