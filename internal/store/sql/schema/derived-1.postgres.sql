-- The recount_derived schema: what the program worked out. All of it can be dropped.

-- One row per article that was read for statements.
CREATE TABLE reading (
  article    text COLLATE "C" NOT NULL PRIMARY KEY,
  reader     text COLLATE "C" NOT NULL,
  statements text COLLATE "C" NOT NULL, -- JSON
  speakers   text COLLATE "C" NOT NULL, -- JSON
  sentences  text COLLATE "C" NOT NULL, -- JSON
  notes      text COLLATE "C" NOT NULL  -- JSON
);

-- One row per article that was read for reported figures.
CREATE TABLE figures (
  article text COLLATE "C" NOT NULL PRIMARY KEY,
  figures text COLLATE "C" NOT NULL -- JSON, in the order of the text
);

-- One row per pair of articles that share text.
CREATE TABLE relation (
  a             text COLLATE "C"    NOT NULL,
  b             text COLLATE "C"    NOT NULL,
  kind          text COLLATE "C"    NOT NULL,
  coverage_a    bigint NOT NULL, -- thousandths
  coverage_b    bigint NOT NULL, -- thousandths
  spans         text COLLATE "C"    NOT NULL, -- JSON: [[a_start, a_end, b_start, b_end]], bytes
  first_article text COLLATE "C"    NOT NULL,
  reason        text COLLATE "C"    NOT NULL,
  PRIMARY KEY (a, b)
);

-- One row per independent original.
CREATE TABLE original (
  key           text COLLATE "C"    NOT NULL PRIMARY KEY,
  members       text COLLATE "C"    NOT NULL, -- JSON: ["article"]
  first_article text COLLATE "C"    NOT NULL,
  reason        text COLLATE "C"    NOT NULL,
  spliced       bigint NOT NULL  -- 1 or 0
);

-- One row per pair of speakers that may be one person.
CREATE TABLE suggestion (
  a           text COLLATE "C"    NOT NULL,
  b           text COLLATE "C"    NOT NULL,
  weight      bigint NOT NULL, -- hundredths of a bit
  probability bigint NOT NULL, -- thousandths
  bars        text COLLATE "C"    NOT NULL, -- JSON
  PRIMARY KEY (a, b)
);

-- One row per stage over the whole corpus: what it was last computed from.
CREATE TABLE stamp (
  stage text COLLATE "C" NOT NULL PRIMARY KEY,
  stamp text COLLATE "C" NOT NULL
);
