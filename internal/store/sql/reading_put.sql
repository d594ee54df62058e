-- Notes that an article was read, and by what.
INSERT INTO reading (article, reader, notes) VALUES ($1, $2, $3)
ON CONFLICT (article) DO UPDATE SET reader = excluded.reader, notes = excluded.notes
