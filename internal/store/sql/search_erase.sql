-- Takes out of run $1 of add what was asked for.
UPDATE search_run SET query = 'erased', details = '{}', paths = '[]' WHERE key = $1
