-- The hash of node $1. One row or none.
SELECT hash FROM node WHERE n = $1
