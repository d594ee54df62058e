-- Keeps the reported figures of one article, in place of earlier ones.
INSERT INTO figures (article, figures) VALUES ($1, $2)
ON CONFLICT (article) DO UPDATE SET figures = excluded.figures
