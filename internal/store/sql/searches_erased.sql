-- Keys of the runs of add of which what was asked for was taken out. One row each.
SELECT key FROM search_run WHERE query = 'erased' ORDER BY key
