-- Drops every speaker; they can be worked out again.
DELETE FROM speaker
