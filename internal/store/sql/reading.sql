-- What was read out of one article.
SELECT article, reader, statements, speakers, sentences, notes FROM reading WHERE article = $1
