-- Notes what stage $1 was computed from ($2). One row per stage.
INSERT INTO stamp (stage, stamp) VALUES ($1, $2)
ON CONFLICT (stage) DO UPDATE SET stamp = excluded.stamp
