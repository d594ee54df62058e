-- Drops every row of page_mark; they can be worked out again.
DELETE FROM page_mark
