-- The largest number in the search index; one row.
SELECT coalesce(max(number), 0) FROM search_page
