-- Rows of relation_lifted to be set beside others: what names one, then all columns.
SELECT a || ' ' || b, a, b FROM relation_lifted ORDER BY a, b
