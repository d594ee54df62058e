-- Takes out of the articles of capture $1 where they were published.
UPDATE article SET name = $2, part = '', url = '', outlet = '', dates = 'null', date_flag = '' WHERE capture = $1
