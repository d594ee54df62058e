-- Drops the suggestions of which $1 is the first speaker.
DELETE FROM suggestion WHERE a = $1
