-- derived.db: what the program worked out. All of it can be dropped.

-- One row per article that was read for statements.
CREATE TABLE reading (
  article    TEXT NOT NULL PRIMARY KEY,
  reader     TEXT NOT NULL,
  statements TEXT NOT NULL, -- JSON
  speakers   TEXT NOT NULL, -- JSON
  sentences  TEXT NOT NULL, -- JSON
  notes      TEXT NOT NULL  -- JSON
) STRICT;

-- One row per article that was read for reported figures.
CREATE TABLE figures (
  article TEXT NOT NULL PRIMARY KEY,
  figures TEXT NOT NULL -- JSON, in the order of the text
) STRICT;

-- One row per pair of articles that share text.
CREATE TABLE relation (
  a             TEXT    NOT NULL,
  b             TEXT    NOT NULL,
  kind          TEXT    NOT NULL,
  coverage_a    INTEGER NOT NULL, -- thousandths
  coverage_b    INTEGER NOT NULL, -- thousandths
  spans         TEXT    NOT NULL, -- JSON: [[a_start, a_end, b_start, b_end]], bytes
  first_article TEXT    NOT NULL,
  reason        TEXT    NOT NULL,
  PRIMARY KEY (a, b)
) STRICT;

-- One row per independent original.
CREATE TABLE original (
  key           TEXT    NOT NULL PRIMARY KEY,
  members       TEXT    NOT NULL, -- JSON: ["article"]
  first_article TEXT    NOT NULL,
  reason        TEXT    NOT NULL,
  spliced       INTEGER NOT NULL  -- 1 or 0
) STRICT;

-- One row per pair of speakers that may be one person.
CREATE TABLE suggestion (
  a           TEXT    NOT NULL,
  b           TEXT    NOT NULL,
  weight      INTEGER NOT NULL, -- hundredths of a bit
  probability INTEGER NOT NULL, -- thousandths
  bars        TEXT    NOT NULL, -- JSON
  PRIMARY KEY (a, b)
) STRICT;

-- One row per stage over the whole corpus: what it was last computed from.
CREATE TABLE stamp (
  stage TEXT NOT NULL PRIMARY KEY,
  stamp TEXT NOT NULL
) STRICT;
