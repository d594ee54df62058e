-- The marks of some hundred pages.
SELECT marks FROM page_mark WHERE chunk = $1
