-- derived.db: what is looked up so that one new page is compared with those
-- that it may share something with, and not with all.

-- One row per page that was compared with the others.
CREATE TABLE page (
  number    bigint NOT NULL PRIMARY KEY,
  article   text COLLATE "C" NOT NULL UNIQUE,
  stamp     text COLLATE "C" NOT NULL, -- what it was read from
  published text COLLATE "C" NOT NULL,
  size      bigint NOT NULL, -- bytes of the text
  copied    text COLLATE "C" NOT NULL, -- smallest article that copies join to it
  grouped   text COLLATE "C" NOT NULL, -- the same, without pages that join two stories
  woven     bigint NOT NULL, -- 1 or 0: put together from passages
  original  text COLLATE "C" NOT NULL
);

-- One row per some hundred pages: article, outlet and address of each, for a
-- look at many of them.
CREATE TABLE page_mark (
  chunk bigint NOT NULL PRIMARY KEY,
  marks bytea   NOT NULL
);

-- One row per page: its words, as package copies writes them.
CREATE TABLE page_words (
  number bigint NOT NULL PRIMARY KEY,
  words  bytea   NOT NULL
);

-- One row per page with people who speak: what linking keeps of them.
CREATE TABLE page_people (
  number bigint NOT NULL PRIMARY KEY,
  people bytea   NOT NULL -- as package cases writes them
);

-- One row per some hundred postings: features and the pages that have them.
CREATE TABLE posting (
  first bigint NOT NULL PRIMARY KEY, -- the first posting: feature and page
  block bytea   NOT NULL              -- the growth of the others
);

-- One row per pair of pages of which one holds sentences of the other.
CREATE TABLE passage (
  page      bigint NOT NULL,
  source    bigint NOT NULL,
  sentences bigint NOT NULL, -- that the page has
  taken     text COLLATE "C" NOT NULL, -- JSON: [[sentence, thousandths]]
  PRIMARY KEY (page, source)
);

CREATE INDEX passage_source ON passage (source);

-- One row per relation that counts as a passage only because one of its pages
-- was put together from others.
CREATE TABLE relation_lifted (
  a text COLLATE "C" NOT NULL,
  b text COLLATE "C" NOT NULL,
  PRIMARY KEY (a, b)
);

CREATE INDEX relation_b ON relation (b);

CREATE INDEX suggestion_b ON suggestion (b);
