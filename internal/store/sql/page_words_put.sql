-- Keeps the words of one page.
INSERT INTO page_words (number, words) VALUES ($1, $2)
