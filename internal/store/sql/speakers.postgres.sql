-- Where every speaker stands, by article. One row per article: a line per
-- speaker, in order of first mention.
SELECT article, string_agg(key || ' ' || id || chr(9) || kind || ' ' || gender || ' ' || speaks || ' ' || elsewhere || ' ' || mention || ' ' || mentions, chr(10) ORDER BY n)
FROM speaker
GROUP BY article
ORDER BY article
