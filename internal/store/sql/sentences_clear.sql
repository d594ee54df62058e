-- Drops every sentence; they can be worked out again.
DELETE FROM sentence
