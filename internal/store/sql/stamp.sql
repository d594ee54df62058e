-- What stage $1 was last computed from. One row or none.
SELECT stamp FROM stamp WHERE stage = $1
