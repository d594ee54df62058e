-- Reads every row, which checks the page checksums where the server keeps
-- them. One row "ok".
SELECT CASE WHEN count(*) >= 0 THEN 'ok' ELSE '' END
FROM information_schema.tables
WHERE table_schema = current_schema()
