-- derived.db: what opening a study needs, a block at a time.

-- One row per block of pages and decisions, the newer in place of the older.
CREATE TABLE packed (
  number  bigint NOT NULL PRIMARY KEY,
  form    text COLLATE "C" NOT NULL, -- hash of how the block is written
  through bigint NOT NULL, -- number of the last change of the study that is in it
  derived bigint NOT NULL, -- the same of derived data
  mark    text COLLATE "C" NOT NULL, -- what change THROUGH was
  entries bigint NOT NULL, -- pages and decisions
  sum     text COLLATE "C" NOT NULL, -- SHA-256 of the block
  block   bytea  NOT NULL
);
