-- Keeps a block of what opening a study needs.
INSERT INTO packed (number, form, through, derived, mark, entries, sum, block) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
