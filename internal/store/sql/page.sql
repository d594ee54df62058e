-- One page by its number.
SELECT number, article, stamp, published, size, copied, grouped, woven, original
FROM page
WHERE number = $1
