-- Where the speakers of article $1 stand. One row or none: a line per speaker,
-- in order of first mention.
SELECT article, string_agg(key || ' ' || id || chr(9) || kind || ' ' || gender || ' ' || speaks || ' ' || elsewhere || ' ' || mention || ' ' || mentions, chr(10) ORDER BY n)
FROM speaker
WHERE article = $1
GROUP BY article
