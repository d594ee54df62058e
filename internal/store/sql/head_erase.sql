-- Takes the words out of what lists know of article $1.
UPDATE head SET title = '', size = 0 WHERE key = $1
