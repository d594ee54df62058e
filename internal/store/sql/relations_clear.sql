-- Drops every row of relation; they can be worked out again.
DELETE FROM relation
