-- Words that are taken out of the index leave no trace in it.
INSERT INTO search_text (search_text, rank) VALUES ('secure-delete', 1)
