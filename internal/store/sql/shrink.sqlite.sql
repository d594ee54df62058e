-- Gives back the room of dropped rows, and with it their bytes.
VACUUM
