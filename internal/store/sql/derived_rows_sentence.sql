-- Rows of sentence to be set beside others: what names one, then all columns.
SELECT article || ' ' || n, article, n, at, role, reason FROM sentence ORDER BY article, n
