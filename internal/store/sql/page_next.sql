-- A number above those of all pages.
SELECT coalesce(max(number), 0) + 1 FROM page
