-- JSON of recount.Origin: where a capture came from besides its name.
ALTER TABLE capture ADD COLUMN origin text COLLATE "C" NOT NULL DEFAULT '{}';

-- JSON of recount.SearchDetails: what somebody needs to make the search again.
ALTER TABLE search_run ADD COLUMN details text COLLATE "C" NOT NULL DEFAULT '{}';
