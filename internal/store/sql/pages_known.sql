-- What every page was read from. One row per page, by article.
SELECT number, article, stamp FROM page ORDER BY article
