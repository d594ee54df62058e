-- The recount_study schema: what people and pages gave. Nothing here can be computed again.

-- One row per setting of the study, such as its id.
CREATE TABLE meta (
  name  text COLLATE "C" NOT NULL PRIMARY KEY,
  value text COLLATE "C" NOT NULL
);

-- One row per capture: bytes in a WARC file, and where they came from.
CREATE TABLE capture (
  key           text COLLATE "C"    NOT NULL PRIMARY KEY,
  hash          text COLLATE "C"    NOT NULL, -- SHA-256 of the payload
  name          text COLLATE "C"    NOT NULL, -- URI or file name
  captured      text COLLATE "C"    NOT NULL, -- RFC 3339, UTC
  size          bigint NOT NULL, -- bytes
  media_type    text COLLATE "C"    NOT NULL,
  channel       text COLLATE "C"    NOT NULL,
  search        text COLLATE "C"    NOT NULL,
  record_file   text COLLATE "C"    NOT NULL,
  record_offset bigint NOT NULL, -- of the gzip member
  record_length bigint NOT NULL  -- of the gzip member
);

-- One row per thing that was offered and not taken.
CREATE TABLE refusal (
  key       text COLLATE "C" NOT NULL PRIMARY KEY, -- of name, hash and stage
  name      text COLLATE "C" NOT NULL,
  hash      text COLLATE "C" NOT NULL,
  stage     text COLLATE "C" NOT NULL,
  reason    text COLLATE "C" NOT NULL,
  hint      text COLLATE "C" NOT NULL,
  extractor text COLLATE "C" NOT NULL
);

CREATE INDEX refusal_by_hash ON refusal (hash);

-- One row per article and extractor that read it.
CREATE TABLE article (
  key       text COLLATE "C"    NOT NULL,
  extractor text COLLATE "C"    NOT NULL,
  capture   text COLLATE "C"    NOT NULL REFERENCES capture (key),
  name      text COLLATE "C"    NOT NULL,
  part      text COLLATE "C"    NOT NULL,
  url       text COLLATE "C"    NOT NULL,
  title     text COLLATE "C"    NOT NULL,
  byline    text COLLATE "C"    NOT NULL,
  authors   text COLLATE "C"    NOT NULL, -- JSON: ["name"]
  outlet    text COLLATE "C"    NOT NULL,
  published text COLLATE "C"    NOT NULL,
  prec      text COLLATE "C"    NOT NULL,
  date_flag text COLLATE "C"    NOT NULL,
  dates     text COLLATE "C"    NOT NULL, -- JSON: candidates
  metadata  text COLLATE "C"    NOT NULL, -- JSON: candidates
  language  text COLLATE "C"    NOT NULL,
  body      text COLLATE "C"    NOT NULL, -- the canonical text
  blocks    text COLLATE "C"    NOT NULL, -- JSON: [[start, end, role, path]], bytes of body
  notes     text COLLATE "C"    NOT NULL, -- JSON: ["note"]
  sum       text COLLATE "C"    NOT NULL, -- key of the columns above; empty once the text was erased
  PRIMARY KEY (key, extractor)
);

CREATE INDEX article_by_capture ON article (capture, extractor);

-- One row per article whose text was erased and must not come back.
CREATE TABLE erased_article (
  key text COLLATE "C" NOT NULL PRIMARY KEY
);

-- One row per decision: its header, which stays for ever.
CREATE TABLE decision (
  id         text COLLATE "C"    NOT NULL PRIMARY KEY,
  v          bigint NOT NULL,
  kind       text COLLATE "C"    NOT NULL,
  study      text COLLATE "C"    NOT NULL,
  round      text COLLATE "C"    NOT NULL,
  actor      text COLLATE "C"    NOT NULL,
  made       text COLLATE "C"    NOT NULL, -- RFC 3339, UTC
  program    text COLLATE "C"    NOT NULL,
  base       text COLLATE "C"    NOT NULL, -- JSON: ["id"]
  replaces   text COLLATE "C"    NOT NULL, -- JSON: ["id"]
  commitment text COLLATE "C"    NOT NULL
);

-- One row per decision whose answer was not erased.
CREATE TABLE answer (
  decision text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES decision (id),
  salt     text COLLATE "C" NOT NULL,
  reason   text COLLATE "C" NOT NULL,
  body     text COLLATE "C" NOT NULL -- JSON
);

-- One row per run of add: the search log.
CREATE TABLE search_run (
  key     text COLLATE "C"    NOT NULL PRIMARY KEY, -- of the five below
  began   text COLLATE "C"    NOT NULL, -- RFC 3339, UTC
  actor   text COLLATE "C"    NOT NULL,
  channel text COLLATE "C"    NOT NULL,
  query   text COLLATE "C"    NOT NULL,
  paths   text COLLATE "C"    NOT NULL, -- JSON: ["path"]
  offered bigint NOT NULL,
  added   bigint NOT NULL,
  known   bigint NOT NULL,
  refused bigint NOT NULL
);
