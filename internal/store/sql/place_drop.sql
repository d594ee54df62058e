-- Forgets where the anchors of decision $1 were found.
DELETE FROM place WHERE decision = $1
