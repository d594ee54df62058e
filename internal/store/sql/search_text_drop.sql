-- Takes the words of an article out of the search index.
DELETE FROM search_text WHERE rowid = $1
