-- Forgets where anchors were found; they can be found again.
DELETE FROM place
