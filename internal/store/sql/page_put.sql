-- Keeps what is known of one page in place of what was.
INSERT INTO page (number, article, stamp, published, size, copied, grouped, woven, original)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (number) DO UPDATE
SET copied = excluded.copied, grouped = excluded.grouped, woven = excluded.woven, original = excluded.original
