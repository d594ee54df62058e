-- Drops every row of figures; they can be worked out again.
DELETE FROM figures
