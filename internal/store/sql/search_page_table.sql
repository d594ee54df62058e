-- One row per article in the search index: from which text its words are.
CREATE TABLE IF NOT EXISTS search_page (number bigint NOT NULL PRIMARY KEY, article text NOT NULL UNIQUE, stamp text NOT NULL)
