-- Writes a copy of the database, as it is committed, to file $1.
VACUUM INTO $1
