-- Rows of relation to be set beside others: what names one, then all columns.
SELECT a || ' ' || b, a, b, kind, coverage_a, coverage_b, spans, first_article, reason, own FROM relation ORDER BY a, b
