-- Drops every row of relation_lifted; they can be worked out again.
DELETE FROM relation_lifted
