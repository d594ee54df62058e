-- What opening a study needs, newest first. One row per block.
SELECT number, form, through, derived, mark, entries, sum, block FROM packed ORDER BY number DESC
