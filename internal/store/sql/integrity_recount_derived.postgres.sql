-- Reads every value of every row of recount_derived, which fails on a damaged page
-- where the server keeps page checksums, and on broken rows anywhere. One row
-- "ok".
SELECT CASE WHEN sum(bytes) >= 0 THEN 'ok' ELSE 'no tables' END
FROM (
  SELECT coalesce(sum(length(t::text)), 0) AS bytes FROM reading t
  UNION ALL SELECT coalesce(sum(length(t::text)), 0) AS bytes FROM statement t
  UNION ALL SELECT coalesce(sum(length(t::text)), 0) AS bytes FROM speaker t
  UNION ALL SELECT coalesce(sum(length(t::text)), 0) AS bytes FROM sentence t
  UNION ALL SELECT coalesce(sum(length(t::text)), 0) AS bytes FROM figure t
  UNION ALL SELECT coalesce(sum(length(t::text)), 0) AS bytes FROM place t
  UNION ALL SELECT coalesce(sum(length(t::text)), 0) AS bytes FROM change t
  UNION ALL SELECT coalesce(sum(length(t::text)), 0) AS bytes FROM relation t
  UNION ALL SELECT coalesce(sum(length(t::text)), 0) AS bytes FROM original t
  UNION ALL SELECT coalesce(sum(length(t::text)), 0) AS bytes FROM suggestion t
  UNION ALL SELECT coalesce(sum(length(t::text)), 0) AS bytes FROM stamp t
) everything
