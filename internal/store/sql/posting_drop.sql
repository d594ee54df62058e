-- Drops one block of postings.
DELETE FROM posting WHERE first = $1
