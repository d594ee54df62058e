-- The log: what every row that people and pages gave must be. One row per
-- entry, in the order in which it was saved; rows are only ever added.
CREATE TABLE leaf (
  n    INTEGER NOT NULL PRIMARY KEY, -- from 0
  what TEXT    NOT NULL,
  id   TEXT    NOT NULL,
  sum  TEXT    NOT NULL -- SHA-256 of the row; '' if the id says all, or the row went
) STRICT;

-- One row per node of the Merkle tree over the log, in the order of package
-- golang.org/x/mod/sumdb/tlog.
CREATE TABLE node (
  n    INTEGER NOT NULL PRIMARY KEY,
  hash TEXT    NOT NULL -- base 64
) STRICT;

-- One row per signature that came with a decision.
CREATE TABLE signature (
  decision TEXT NOT NULL,
  signer   TEXT NOT NULL, -- SSH public key, as in authorized_keys
  armored  TEXT NOT NULL, -- as ssh-keygen -Y sign writes it
  PRIMARY KEY (decision, signer)
) STRICT;
