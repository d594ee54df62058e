-- Where the speakers of article $1 stand. One row or none: a line per speaker,
-- in order of first mention.
SELECT article, group_concat(key || ' ' || id || char(9) || kind || ' ' || gender || ' ' || speaks || ' ' || elsewhere || ' ' || mention || ' ' || mentions, char(10))
FROM (SELECT * FROM speaker WHERE article = $1 ORDER BY n)
GROUP BY article
