-- Drops every row of page_words; they can be worked out again.
DELETE FROM page_words
