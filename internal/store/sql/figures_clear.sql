-- Drops every figure; they can be worked out again.
DELETE FROM figure
