-- Drops the words of one page.
DELETE FROM page_words WHERE number = $1
