-- The words of the articles that count, for full-text search.
CREATE TABLE IF NOT EXISTS search_text (rowid bigint NOT NULL PRIMARY KEY, title text NOT NULL, body text NOT NULL)
