-- The number of an article in the search index.
SELECT number FROM search_page WHERE article = $1
