-- Drops every row of reading; they can be worked out again.
DELETE FROM reading
