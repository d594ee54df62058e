-- What change $1 was. One row or none.
SELECT what || ' ' || id FROM change WHERE seq = $1
