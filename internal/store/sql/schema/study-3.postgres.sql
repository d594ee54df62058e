-- What was given together, as the header of a decision says; '' if singly.
ALTER TABLE decision ADD COLUMN answer_group text COLLATE "C" NOT NULL DEFAULT '';

-- One row per thing that came in or was erased, in the order in which it was
-- saved. The number never leaves the store.
CREATE TABLE change (
  seq  bigint NOT NULL PRIMARY KEY,
  what text COLLATE "C" NOT NULL, -- capture, article, decision, erased
  id   text COLLATE "C" NOT NULL
);

INSERT INTO change (seq, what, id)
SELECT row_number() OVER (ORDER BY what, id), what, id FROM (
  SELECT 'capture' AS what, key AS id FROM capture
  UNION ALL SELECT 'article', key FROM article
  UNION ALL SELECT 'decision', id FROM decision
) AS everything;

-- One row per article and extractor: what lists and counts need of it.
CREATE TABLE head (
  key       text COLLATE "C" NOT NULL,
  extractor text COLLATE "C" NOT NULL,
  capture   text COLLATE "C" NOT NULL,
  captured  text COLLATE "C" NOT NULL, -- of its capture: RFC 3339, UTC
  name      text COLLATE "C" NOT NULL,
  part      text COLLATE "C" NOT NULL,
  url       text COLLATE "C" NOT NULL,
  title     text COLLATE "C" NOT NULL,
  outlet    text COLLATE "C" NOT NULL,
  published text COLLATE "C" NOT NULL,
  prec      text COLLATE "C" NOT NULL,
  date_flag text COLLATE "C" NOT NULL,
  dates     text COLLATE "C" NOT NULL, -- JSON: candidates, while the flag stands
  language  text COLLATE "C" NOT NULL,
  size      bigint NOT NULL, -- of the text, in bytes
  PRIMARY KEY (key, extractor)
);

INSERT INTO head (key, extractor, capture, captured, name, part, url, title, outlet, published, prec, date_flag, dates, language, size)
SELECT a.key, a.extractor, a.capture, c.captured, a.name, a.part, a.url, a.title, a.outlet, a.published, a.prec, a.date_flag,
  CASE WHEN a.date_flag <> '' THEN a.dates ELSE 'null' END, a.language, octet_length(a.body)
FROM article a JOIN capture c ON c.key = a.capture;
