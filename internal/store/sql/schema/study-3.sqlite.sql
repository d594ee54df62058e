-- What was given together, as the header of a decision says; '' if singly.
ALTER TABLE decision ADD COLUMN answer_group TEXT NOT NULL DEFAULT '';

-- One row per thing that came in or was erased, in the order in which it was
-- saved. The number never leaves the store.
CREATE TABLE change (
  seq  INTEGER NOT NULL PRIMARY KEY,
  what TEXT    NOT NULL, -- capture, article, decision, erased
  id   TEXT    NOT NULL
) STRICT;

INSERT INTO change (seq, what, id)
SELECT row_number() OVER (ORDER BY what, id), what, id FROM (
  SELECT 'capture' AS what, key AS id FROM capture
  UNION ALL SELECT 'article', key FROM article
  UNION ALL SELECT 'decision', id FROM decision
) AS everything;

-- One row per article and extractor: what lists and counts need of it.
CREATE TABLE head (
  key       TEXT    NOT NULL,
  extractor TEXT    NOT NULL,
  capture   TEXT    NOT NULL,
  captured  TEXT    NOT NULL, -- of its capture: RFC 3339, UTC
  name      TEXT    NOT NULL,
  part      TEXT    NOT NULL,
  url       TEXT    NOT NULL,
  title     TEXT    NOT NULL,
  outlet    TEXT    NOT NULL,
  published TEXT    NOT NULL,
  prec      TEXT    NOT NULL,
  date_flag TEXT    NOT NULL,
  dates     TEXT    NOT NULL, -- JSON: candidates, while the flag stands
  language  TEXT    NOT NULL,
  size      INTEGER NOT NULL, -- of the text, in bytes
  PRIMARY KEY (key, extractor)
) STRICT;

INSERT INTO head (key, extractor, capture, captured, name, part, url, title, outlet, published, prec, date_flag, dates, language, size)
SELECT a.key, a.extractor, a.capture, c.captured, a.name, a.part, a.url, a.title, a.outlet, a.published, a.prec, a.date_flag,
  CASE WHEN a.date_flag <> '' THEN a.dates ELSE 'null' END, a.language, octet_length(a.body)
FROM article a JOIN capture c ON c.key = a.capture;
