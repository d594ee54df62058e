-- Rows of original to be set beside others: what names one, then all columns.
SELECT key, key, members, first_article, reason, spliced FROM original ORDER BY key
