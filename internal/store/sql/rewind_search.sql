-- Drops run $1 of add from a copy that is taken back to an earlier moment.
DELETE FROM search_run WHERE key = $1
