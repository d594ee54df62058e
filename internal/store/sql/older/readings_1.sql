-- Readings of an earlier program, in JSON. One row per article.
SELECT article, reader, statements, speakers, sentences, notes FROM reading_1 ORDER BY article
