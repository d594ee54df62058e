-- Takes out of what lists know of the articles of capture $1 where they were
-- published.
UPDATE head SET name = $2, part = '', url = '', outlet = '', dates = 'null', date_flag = '' WHERE capture = $1
