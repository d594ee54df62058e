-- Drops every row of page; they can be worked out again.
DELETE FROM page
