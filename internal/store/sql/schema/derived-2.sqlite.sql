-- What was read out of articles stands in rows. What stood in JSON is moved
-- by the program, which then drops the two older tables.
ALTER TABLE reading RENAME TO reading_1;

ALTER TABLE figures RENAME TO figures_1;

-- One row per thing that was derived, in the order in which it was saved.
CREATE TABLE change (
  seq  INTEGER NOT NULL PRIMARY KEY,
  what TEXT    NOT NULL, -- reading
  id   TEXT    NOT NULL
) STRICT;

-- One row per article that was read.
CREATE TABLE reading (
  article TEXT NOT NULL PRIMARY KEY,
  reader  TEXT NOT NULL,
  notes   TEXT NOT NULL -- JSON: ["note"]
) STRICT;

-- One row per statement, in order of the text. Places are bytes: "3-9 12-20".
CREATE TABLE statement (
  article    TEXT    NOT NULL,
  n          INTEGER NOT NULL,
  key        TEXT    NOT NULL,
  speaker    TEXT    NOT NULL, -- id within the article
  type       TEXT    NOT NULL,
  speech     INTEGER NOT NULL, -- 1 or 0
  confidence INTEGER NOT NULL, -- thousandths
  source     TEXT    NOT NULL,
  cue        TEXT    NOT NULL,
  content    TEXT    NOT NULL,
  PRIMARY KEY (article, n)
) STRICT;

CREATE INDEX statement_by_key ON statement (key);

-- One row per speaker, in order of first mention.
CREATE TABLE speaker (
  article  TEXT    NOT NULL,
  n        INTEGER NOT NULL,
  key      TEXT    NOT NULL,
  id       TEXT    NOT NULL, -- within the article
  name     TEXT    NOT NULL,
  kind     TEXT    NOT NULL,
  gender   TEXT    NOT NULL,
  mention  TEXT    NOT NULL, -- the fullest
  mentions TEXT    NOT NULL,
  speaks   INTEGER NOT NULL, -- how many statements of the story itself are speech of this speaker
  elsewhere INTEGER NOT NULL, -- how many in passages of other stories
  PRIMARY KEY (article, n)
) STRICT;

CREATE INDEX speaker_by_key ON speaker (key);

-- One row per sentence, in order of the text.
CREATE TABLE sentence (
  article TEXT    NOT NULL,
  n       INTEGER NOT NULL,
  at      TEXT    NOT NULL,
  role    TEXT    NOT NULL,
  reason  TEXT    NOT NULL,
  PRIMARY KEY (article, n)
) STRICT;

-- One row per reported figure, in order of the text.
CREATE TABLE figure (
  article   TEXT    NOT NULL,
  n         INTEGER NOT NULL,
  key       TEXT    NOT NULL,
  at        TEXT    NOT NULL,
  kind      TEXT    NOT NULL,
  value     TEXT    NOT NULL, -- decimal; '' if vague
  low       TEXT    NOT NULL,
  high      TEXT    NOT NULL,
  qualifier TEXT    NOT NULL,
  unit      TEXT    NOT NULL,
  part_of   INTEGER NOT NULL, -- n of the whole it is part of, -1 if none
  said_by   TEXT    NOT NULL,
  event     TEXT    NOT NULL,
  first_day TEXT    NOT NULL,
  last_day  TEXT    NOT NULL,
  denied    INTEGER NOT NULL,
  guess     INTEGER NOT NULL,
  withdrawn INTEGER NOT NULL,
  corrected TEXT    NOT NULL, -- key of the figure that stands instead, or ''
  PRIMARY KEY (article, n)
) STRICT;

-- One row per place that a decision names, as it was found in the texts.
CREATE TABLE place (
  decision TEXT    NOT NULL,
  n        INTEGER NOT NULL, -- of the decision's anchors
  article  TEXT    NOT NULL, -- '' if the page is not there
  found    INTEGER NOT NULL,
  at       TEXT    NOT NULL, -- in the text that holds the words
  text     TEXT    NOT NULL, -- SHA-256 of an older text that holds them; '' if the newest does
  PRIMARY KEY (decision, n)
) STRICT;
