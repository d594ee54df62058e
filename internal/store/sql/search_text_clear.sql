-- Takes all words out of the search index.
DELETE FROM search_text
