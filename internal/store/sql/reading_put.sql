-- Keeps what was read out of one article, in place of an earlier reading.
INSERT INTO reading (article, reader, statements, speakers, sentences, notes)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (article) DO UPDATE
SET reader = excluded.reader, statements = excluded.statements, speakers = excluded.speakers,
  sentences = excluded.sentences, notes = excluded.notes
