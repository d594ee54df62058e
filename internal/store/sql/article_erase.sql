-- Takes the words out of article $1, whoever extracted them. What stays says
-- that it was there, where and when.
UPDATE article
SET title = '', byline = '', authors = 'null', metadata = 'null', body = '', blocks = 'null',
  notes = '["the text was erased"]', sum = ''
WHERE key = $1
