-- Puts an article into the list of the search index.
INSERT INTO search_page (number, article, stamp) VALUES ($1, $2, $3)
