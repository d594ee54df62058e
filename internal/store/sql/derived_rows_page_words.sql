-- Words of pages to be set beside others: the article, then the words.
SELECT coalesce(p.article, 'no page'), w.words FROM page_words w LEFT JOIN page p ON p.number = w.number ORDER BY 1
