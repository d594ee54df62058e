-- The people of one page.
SELECT people FROM page_people WHERE number = $1
