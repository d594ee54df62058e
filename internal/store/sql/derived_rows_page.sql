-- Pages to be set beside others, without their numbers, which depend on the
-- order of arrival: what names one, then all other columns.
SELECT article, stamp, published, size, copied, grouped, woven, original FROM page ORDER BY article
