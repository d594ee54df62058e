-- Drops the figures of an earlier program once they stand in rows.
DROP TABLE IF EXISTS figures_1
