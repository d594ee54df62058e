-- The next $2 articles with reported figures after article $1. One row per article.
SELECT article FROM figure WHERE article > $1 GROUP BY article ORDER BY article LIMIT $2
