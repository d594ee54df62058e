-- Rows of figure to be set beside others: what names one, then all columns.
SELECT article || ' ' || n, article, n, key, at, kind, value, low, high, qualifier, unit, part_of, said_by, event, first_day, last_day, denied, guess, withdrawn, corrected FROM figure ORDER BY article, n
