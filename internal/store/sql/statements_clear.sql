-- Drops every statement; they can be worked out again.
DELETE FROM statement
