-- Whether readings of an earlier program are still to be moved. One row: 1 or 0.
SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'reading_1'
