-- Where every speaker stands, by article. One row per article: a line per
-- speaker, in order of first mention.
SELECT article, group_concat(key || ' ' || id || char(9) || kind || ' ' || gender || ' ' || speaks || ' ' || elsewhere || ' ' || mention || ' ' || mentions, char(10))
FROM (SELECT * FROM speaker ORDER BY article, n)
GROUP BY article
ORDER BY article
