-- Drops every row of passage; they can be worked out again.
DELETE FROM passage
