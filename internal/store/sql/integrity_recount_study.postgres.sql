-- Reads every value of every row of recount_study, which fails on a damaged page
-- where the server keeps page checksums, and on broken rows anywhere. One row
-- "ok".
SELECT CASE WHEN sum(bytes) >= 0 THEN 'ok' ELSE 'no tables' END
FROM (
  SELECT coalesce(sum(length(t::text)), 0) AS bytes FROM meta t
  UNION ALL SELECT coalesce(sum(length(t::text)), 0) AS bytes FROM capture t
  UNION ALL SELECT coalesce(sum(length(t::text)), 0) AS bytes FROM refusal t
  UNION ALL SELECT coalesce(sum(length(t::text)), 0) AS bytes FROM article t
  UNION ALL SELECT coalesce(sum(length(t::text)), 0) AS bytes FROM erased_article t
  UNION ALL SELECT coalesce(sum(length(t::text)), 0) AS bytes FROM decision t
  UNION ALL SELECT coalesce(sum(length(t::text)), 0) AS bytes FROM answer t
  UNION ALL SELECT coalesce(sum(length(t::text)), 0) AS bytes FROM search_run t
  UNION ALL SELECT coalesce(sum(length(t::text)), 0) AS bytes FROM change t
  UNION ALL SELECT coalesce(sum(length(t::text)), 0) AS bytes FROM head t
) everything
