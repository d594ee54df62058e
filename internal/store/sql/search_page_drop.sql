-- Takes an article out of the list of the search index.
DELETE FROM search_page WHERE number = $1
