package casebook

import "context"

// Pack packs a study of any size.
func Pack(ctx context.Context, c *Casebook) error {
	return c.change(func() error { return c.pack(ctx, 1) })
}

// FromRows counts the pages and decisions that were not read from blocks.
func (c *Casebook) FromRows() int { return c.fromRows }
