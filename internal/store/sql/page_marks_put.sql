-- Keeps the marks of some hundred pages in place of what was there.
INSERT INTO page_mark (chunk, marks) VALUES ($1, $2)
ON CONFLICT (chunk) DO UPDATE SET marks = excluded.marks
