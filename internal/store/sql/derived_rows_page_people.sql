-- People of pages to be set beside others: the article, then the people.
SELECT coalesce(p.article, 'no page'), w.people FROM page_people w LEFT JOIN page p ON p.number = w.number ORDER BY 1
