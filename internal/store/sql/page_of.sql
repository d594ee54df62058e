-- The number of one article's page.
SELECT number FROM page WHERE article = $1
