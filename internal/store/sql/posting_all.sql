-- All blocks of postings, in order. One row per block.
SELECT first, block FROM posting ORDER BY first
