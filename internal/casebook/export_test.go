package casebook

import (
	"context"

	"recount"
)

// Pack packs a study of any size.
func Pack(ctx context.Context, c *Casebook) error {
	return c.change(func() error { return c.pack(ctx, 1) })
}

// FromRows counts the pages and decisions that were not read from blocks.
func (c *Casebook) FromRows() int { return c.fromRows }

// Sized returns what originals are grouped by.
func (c *View) Sized() []*recount.Article { return c.sized() }
