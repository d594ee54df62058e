-- What is in the search index. One row per article.
SELECT number, article, stamp FROM search_page ORDER BY article
