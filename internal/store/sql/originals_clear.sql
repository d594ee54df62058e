-- Drops every row of original; they can be worked out again.
DELETE FROM original
