-- Whether readings of an earlier program are still to be moved. One row: 1 or 0.
SELECT count(*) FROM pg_tables WHERE schemaname = 'recount_derived' AND tablename = 'reading_1'
