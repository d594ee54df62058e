-- Names that were refused when they were to be added. One row per name and hash.
SELECT name FROM refusal WHERE stage = 'add' ORDER BY name
