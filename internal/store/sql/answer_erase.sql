-- Erases the erasable part of decision $1; its header stays.
DELETE FROM answer WHERE decision = $1
