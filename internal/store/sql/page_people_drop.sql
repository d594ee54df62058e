-- Drops the people of one page.
DELETE FROM page_people WHERE number = $1
