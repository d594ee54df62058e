-- Rows of reading to be set beside others: what names one, then all columns.
SELECT article, article, reader, notes FROM reading ORDER BY article
