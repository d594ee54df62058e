-- Drops every row of stamp; they can be worked out again.
DELETE FROM stamp
