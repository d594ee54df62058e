-- What the blocks are that opening a study needs, without them, oldest first.
-- One row per block.
SELECT number, form, through, derived, mark, entries FROM packed ORDER BY number
