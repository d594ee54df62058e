-- Drops every row of page_people; they can be worked out again.
DELETE FROM page_people
