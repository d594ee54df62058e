-- Drops what opening a study needs; it is packed again.
DELETE FROM packed
