-- Rows of statement to be set beside others: what names one, then all columns.
SELECT article || ' ' || n, article, n, key, speaker, type, speech, confidence, source, cue, content FROM statement ORDER BY article, n
