-- Rows of speaker to be set beside others: what names one, then all columns.
SELECT article || ' ' || n, article, n, key, id, name, kind, gender, mention, mentions, speaks, elsewhere FROM speaker ORDER BY article, n
