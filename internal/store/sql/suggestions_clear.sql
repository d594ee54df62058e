-- Drops every row of suggestion; they can be worked out again.
DELETE FROM suggestion
