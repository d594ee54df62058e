-- Drops the suggestions of which $1 is the second speaker.
DELETE FROM suggestion WHERE b = $1
