-- Takes all articles out of the list of the search index.
DELETE FROM search_page
