-- The people of one page, with the key of its article.
SELECT p.article, w.people
FROM page p
JOIN page_people w ON w.number = p.number
WHERE p.number = $1
