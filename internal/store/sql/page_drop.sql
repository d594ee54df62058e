-- Drops one page.
DELETE FROM page WHERE number = $1
