-- Rows of suggestion to be set beside others: what names one, then all columns.
SELECT a || ' ' || b, a, b, weight, probability, bars FROM suggestion ORDER BY a, b
