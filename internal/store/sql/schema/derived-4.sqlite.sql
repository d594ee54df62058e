-- derived.db: what opening a study needs, a block at a time.

-- One row per block of pages and decisions, the newer in place of the older.
CREATE TABLE packed (
  number  INTEGER NOT NULL PRIMARY KEY,
  form    TEXT    NOT NULL, -- hash of how the block is written
  through INTEGER NOT NULL, -- number of the last change of the study that is in it
  derived INTEGER NOT NULL, -- the same of derived data
  mark    TEXT    NOT NULL, -- what change THROUGH was
  entries INTEGER NOT NULL, -- pages and decisions
  sum     TEXT    NOT NULL, -- SHA-256 of the block
  block   BLOB    NOT NULL
) STRICT;
