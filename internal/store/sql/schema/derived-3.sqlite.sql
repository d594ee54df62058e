-- derived.db: what is looked up so that one new page is compared with those
-- that it may share something with, and not with all.

-- One row per page that was compared with the others.
CREATE TABLE page (
  number    INTEGER NOT NULL PRIMARY KEY,
  article   TEXT    NOT NULL UNIQUE,
  stamp     TEXT    NOT NULL, -- what it was read from
  published TEXT    NOT NULL,
  size      INTEGER NOT NULL, -- bytes of the text
  copied    TEXT    NOT NULL, -- smallest article that copies join to it
  grouped   TEXT    NOT NULL, -- the same, without pages that join two stories
  woven     INTEGER NOT NULL, -- 1 or 0: put together from passages
  original  TEXT    NOT NULL
) STRICT;

-- One row per some hundred pages: article, outlet and address of each, for a
-- look at many of them.
CREATE TABLE page_mark (
  chunk INTEGER NOT NULL PRIMARY KEY,
  marks BLOB    NOT NULL
) STRICT;

-- One row per page: its words, as package copies writes them.
CREATE TABLE page_words (
  number INTEGER NOT NULL PRIMARY KEY,
  words  BLOB    NOT NULL
) STRICT;

-- One row per page with people who speak: what linking keeps of them.
CREATE TABLE page_people (
  number INTEGER NOT NULL PRIMARY KEY,
  people BLOB    NOT NULL -- as package cases writes them
) STRICT;

-- One row per some hundred postings: features and the pages that have them.
CREATE TABLE posting (
  first INTEGER NOT NULL PRIMARY KEY, -- the first posting: feature and page
  block BLOB    NOT NULL              -- the growth of the others
) STRICT;

-- One row per pair of pages of which one holds sentences of the other.
CREATE TABLE passage (
  page      INTEGER NOT NULL,
  source    INTEGER NOT NULL,
  sentences INTEGER NOT NULL, -- that the page has
  taken     TEXT    NOT NULL, -- JSON: [[sentence, thousandths]]
  PRIMARY KEY (page, source)
) STRICT;

CREATE INDEX passage_source ON passage (source);

-- One row per relation that counts as a passage only because one of its pages
-- was put together from others.
CREATE TABLE relation_lifted (
  a TEXT NOT NULL,
  b TEXT NOT NULL,
  PRIMARY KEY (a, b)
) STRICT;

CREATE INDEX relation_b ON relation (b);

CREATE INDEX suggestion_b ON suggestion (b);
