-- The log: what every row that people and pages gave must be. One row per
-- entry, in the order in which it was saved; rows are only ever added.
CREATE TABLE leaf (
  n    bigint NOT NULL PRIMARY KEY, -- from 0
  what text COLLATE "C"    NOT NULL,
  id   text COLLATE "C"    NOT NULL,
  sum  text COLLATE "C"    NOT NULL -- SHA-256 of the row; '' if the id says all, or the row went
);

-- One row per node of the Merkle tree over the log, in the order of package
-- golang.org/x/mod/sumdb/tlog.
CREATE TABLE node (
  n    bigint NOT NULL PRIMARY KEY,
  hash text COLLATE "C"    NOT NULL -- base 64
);

-- One row per signature that came with a decision.
CREATE TABLE signature (
  decision text COLLATE "C" NOT NULL,
  signer   text COLLATE "C" NOT NULL, -- SSH public key, as in authorized_keys
  armored  text COLLATE "C" NOT NULL, -- as ssh-keygen -Y sign writes it
  PRIMARY KEY (decision, signer)
);
