-- Takes out of the articles of capture $2 where they were published, and calls
-- them $1.
UPDATE article SET name = $1, part = '', url = '', outlet = '', dates = 'null', date_flag = '' WHERE capture = $2
