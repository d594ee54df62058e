-- What was read out of articles stands in rows. What stood in JSON is moved
-- by the program, which then drops the two older tables.
ALTER TABLE reading RENAME TO reading_1;

ALTER TABLE figures RENAME TO figures_1;

-- One row per thing that was derived, in the order in which it was saved.
CREATE TABLE change (
  seq  bigint NOT NULL PRIMARY KEY,
  what text COLLATE "C" NOT NULL, -- reading
  id   text COLLATE "C" NOT NULL
);

-- One row per article that was read.
CREATE TABLE reading (
  article text COLLATE "C" NOT NULL PRIMARY KEY,
  reader  text COLLATE "C" NOT NULL,
  notes   text COLLATE "C" NOT NULL -- JSON: ["note"]
);

-- One row per statement, in order of the text. Places are bytes: "3-9 12-20".
CREATE TABLE statement (
  article    text COLLATE "C" NOT NULL,
  n          bigint NOT NULL,
  key        text COLLATE "C" NOT NULL,
  speaker    text COLLATE "C" NOT NULL, -- id within the article
  type       text COLLATE "C" NOT NULL,
  speech     bigint NOT NULL, -- 1 or 0
  confidence bigint NOT NULL, -- thousandths
  source     text COLLATE "C" NOT NULL,
  cue        text COLLATE "C" NOT NULL,
  content    text COLLATE "C" NOT NULL,
  PRIMARY KEY (article, n)
);

CREATE INDEX statement_by_key ON statement (key);

-- One row per speaker, in order of first mention.
CREATE TABLE speaker (
  article  text COLLATE "C" NOT NULL,
  n        bigint NOT NULL,
  key      text COLLATE "C" NOT NULL,
  id       text COLLATE "C" NOT NULL, -- within the article
  name     text COLLATE "C" NOT NULL,
  kind     text COLLATE "C" NOT NULL,
  gender   text COLLATE "C" NOT NULL,
  mention  text COLLATE "C" NOT NULL, -- the fullest
  mentions text COLLATE "C" NOT NULL,
  speaks   bigint NOT NULL, -- how many statements of the story itself are speech of this speaker
  elsewhere bigint NOT NULL, -- how many in passages of other stories
  PRIMARY KEY (article, n)
);

CREATE INDEX speaker_by_key ON speaker (key);

-- One row per sentence, in order of the text.
CREATE TABLE sentence (
  article text COLLATE "C" NOT NULL,
  n       bigint NOT NULL,
  at      text COLLATE "C" NOT NULL,
  role    text COLLATE "C" NOT NULL,
  reason  text COLLATE "C" NOT NULL,
  PRIMARY KEY (article, n)
);

-- One row per reported figure, in order of the text.
CREATE TABLE figure (
  article   text COLLATE "C" NOT NULL,
  n         bigint NOT NULL,
  key       text COLLATE "C" NOT NULL,
  at        text COLLATE "C" NOT NULL,
  kind      text COLLATE "C" NOT NULL,
  value     text COLLATE "C" NOT NULL, -- decimal; '' if vague
  low       text COLLATE "C" NOT NULL,
  high      text COLLATE "C" NOT NULL,
  qualifier text COLLATE "C" NOT NULL,
  unit      text COLLATE "C" NOT NULL,
  part_of   bigint NOT NULL, -- n of the whole it is part of, -1 if none
  said_by   text COLLATE "C" NOT NULL,
  event     text COLLATE "C" NOT NULL,
  first_day text COLLATE "C" NOT NULL,
  last_day  text COLLATE "C" NOT NULL,
  denied    bigint NOT NULL,
  guess     bigint NOT NULL,
  withdrawn bigint NOT NULL,
  corrected text COLLATE "C" NOT NULL, -- key of the figure that stands instead, or ''
  PRIMARY KEY (article, n)
);

-- One row per place that a decision names, as it was found in the texts.
CREATE TABLE place (
  decision text COLLATE "C" NOT NULL,
  n        bigint NOT NULL, -- of the decision's anchors
  article  text COLLATE "C" NOT NULL, -- '' if the page is not there
  found    bigint NOT NULL,
  at       text COLLATE "C" NOT NULL, -- in the text that holds the words
  text     text COLLATE "C" NOT NULL, -- SHA-256 of an older text that holds them; '' if the newest does
  PRIMARY KEY (decision, n)
);
