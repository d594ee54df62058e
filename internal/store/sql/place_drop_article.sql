-- Forgets which anchors of decisions were found in article $1.
DELETE FROM place WHERE article = $1
