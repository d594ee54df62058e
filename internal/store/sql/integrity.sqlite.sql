-- Reads every page of the file. One row "ok", or one row per fault.
PRAGMA integrity_check(20)
