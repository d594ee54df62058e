-- Keeps the people of one page.
INSERT INTO page_people (number, people) VALUES ($1, $2)
