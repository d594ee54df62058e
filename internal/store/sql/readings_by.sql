-- Articles that reader $1 has read. One row per article.
SELECT article FROM reading WHERE reader = $1 ORDER BY article
