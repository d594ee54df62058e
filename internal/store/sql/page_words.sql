-- The words of one page.
SELECT words FROM page_words WHERE number = $1
