-- Every figure of the articles from $1 to $2, in order. One row per figure.
SELECT article, key, at, kind, value, low, high, qualifier, unit, part_of, said_by, event, first_day, last_day, denied, guess, withdrawn, corrected
FROM figure
WHERE article >= $1 AND article <= $2
ORDER BY article, n
