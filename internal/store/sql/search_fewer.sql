-- Takes one thing that came in out of the counts of run $1 of add.
UPDATE search_run SET offered = CASE WHEN offered > 0 THEN offered - 1 ELSE 0 END, added = added - 1 WHERE key = $1
