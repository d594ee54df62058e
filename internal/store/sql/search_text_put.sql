-- Puts the words of an article into the search index.
INSERT INTO search_text (rowid, title, body) VALUES ($1, $2, $3)
