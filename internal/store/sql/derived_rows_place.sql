-- Rows of place to be set beside others: what names one, then all columns.
SELECT decision || ' ' || n, decision, n, article, found, at, text FROM place ORDER BY decision, n
