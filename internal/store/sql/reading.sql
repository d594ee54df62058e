-- The reading of article $1. One row, or none.
SELECT article, reader, notes FROM reading WHERE article = $1
