-- JSON of recount.Origin: where a capture came from besides its name.
ALTER TABLE capture ADD COLUMN origin TEXT NOT NULL DEFAULT '{}';

-- JSON of recount.SearchDetails: what somebody needs to make the search again.
ALTER TABLE search_run ADD COLUMN details TEXT NOT NULL DEFAULT '{}';
