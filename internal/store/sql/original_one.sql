-- One original by its key.
SELECT key, members, first_article, reason, spliced FROM original WHERE key = $1
