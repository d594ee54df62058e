-- Figures of an earlier program, in JSON. One row per article.
SELECT article, figures FROM figures_1 ORDER BY article
