-- Drops every row of posting; they can be worked out again.
DELETE FROM posting
