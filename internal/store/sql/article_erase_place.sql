-- Takes out of the articles of capture $2 where and when they were published,
-- and calls them $1.
UPDATE article SET name = $1, part = '', url = '', outlet = '', published = '', prec = '', language = '', dates = 'null', date_flag = '' WHERE capture = $2
