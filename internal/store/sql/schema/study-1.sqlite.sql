-- study.db: what people and pages gave. Nothing here can be computed again.

-- One row per setting of the study, such as its id.
CREATE TABLE meta (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

-- One row per capture: bytes in a WARC file, and where they came from.
CREATE TABLE capture (
  key           TEXT    NOT NULL PRIMARY KEY,
  hash          TEXT    NOT NULL, -- SHA-256 of the payload
  name          TEXT    NOT NULL, -- URI or file name
  captured      TEXT    NOT NULL, -- RFC 3339, UTC
  size          INTEGER NOT NULL, -- bytes
  media_type    TEXT    NOT NULL,
  channel       TEXT    NOT NULL,
  search        TEXT    NOT NULL,
  record_file   TEXT    NOT NULL,
  record_offset INTEGER NOT NULL, -- of the gzip member
  record_length INTEGER NOT NULL  -- of the gzip member
) STRICT;

-- One row per thing that was offered and not taken.
CREATE TABLE refusal (
  key       TEXT NOT NULL PRIMARY KEY, -- of name, hash and stage
  name      TEXT NOT NULL,
  hash      TEXT NOT NULL,
  stage     TEXT NOT NULL,
  reason    TEXT NOT NULL,
  hint      TEXT NOT NULL,
  extractor TEXT NOT NULL
) STRICT;

CREATE INDEX refusal_by_hash ON refusal (hash);

-- One row per article and extractor that read it.
CREATE TABLE article (
  key       TEXT    NOT NULL,
  extractor TEXT    NOT NULL,
  capture   TEXT    NOT NULL REFERENCES capture (key),
  name      TEXT    NOT NULL,
  part      TEXT    NOT NULL,
  url       TEXT    NOT NULL,
  title     TEXT    NOT NULL,
  byline    TEXT    NOT NULL,
  authors   TEXT    NOT NULL, -- JSON: ["name"]
  outlet    TEXT    NOT NULL,
  published TEXT    NOT NULL,
  prec      TEXT    NOT NULL,
  date_flag TEXT    NOT NULL,
  dates     TEXT    NOT NULL, -- JSON: candidates
  metadata  TEXT    NOT NULL, -- JSON: candidates
  language  TEXT    NOT NULL,
  body      TEXT    NOT NULL, -- the canonical text
  blocks    TEXT    NOT NULL, -- JSON: [[start, end, role, path]], bytes of body
  notes     TEXT    NOT NULL, -- JSON: ["note"]
  sum       TEXT    NOT NULL, -- key of the columns above; empty once the text was erased
  PRIMARY KEY (key, extractor)
) STRICT;

CREATE INDEX article_by_capture ON article (capture, extractor);

-- One row per article whose text was erased and must not come back.
CREATE TABLE erased_article (
  key TEXT NOT NULL PRIMARY KEY
) STRICT;

-- One row per decision: its header, which stays for ever.
CREATE TABLE decision (
  id         TEXT    NOT NULL PRIMARY KEY,
  v          INTEGER NOT NULL,
  kind       TEXT    NOT NULL,
  study      TEXT    NOT NULL,
  round      TEXT    NOT NULL,
  actor      TEXT    NOT NULL,
  made       TEXT    NOT NULL, -- RFC 3339, UTC
  program    TEXT    NOT NULL,
  base       TEXT    NOT NULL, -- JSON: ["id"]
  replaces   TEXT    NOT NULL, -- JSON: ["id"]
  commitment TEXT    NOT NULL
) STRICT;

-- One row per decision whose answer was not erased.
CREATE TABLE answer (
  decision TEXT NOT NULL PRIMARY KEY REFERENCES decision (id),
  salt     TEXT NOT NULL,
  reason   TEXT NOT NULL,
  body     TEXT NOT NULL -- JSON
) STRICT;

-- One row per run of add: the search log.
CREATE TABLE search_run (
  key     TEXT    NOT NULL PRIMARY KEY, -- of the five below
  began   TEXT    NOT NULL, -- RFC 3339, UTC
  actor   TEXT    NOT NULL,
  channel TEXT    NOT NULL,
  query   TEXT    NOT NULL,
  paths   TEXT    NOT NULL, -- JSON: ["path"]
  offered INTEGER NOT NULL,
  added   INTEGER NOT NULL,
  known   INTEGER NOT NULL,
  refused INTEGER NOT NULL
) STRICT;
