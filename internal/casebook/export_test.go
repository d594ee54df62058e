package casebook

import (
	"context"

	"recount/internal/store"
)

// Pack packs a study of any size.
func Pack(ctx context.Context, c *Casebook) error {
	return c.change(func() error { return c.pack(ctx, 1) })
}

// FromRows counts the pages and decisions that were not read from blocks.
func (c *Casebook) FromRows() int { return c.fromRows }

// OpenFromRows opens a study as if nothing were packed.
func OpenFromRows(ctx context.Context, from *store.Store, s Settings) (*Casebook, error) {
	c := &Casebook{View: &View{store: from, settings: s}, rowsOnly: true}
	return c, c.change(func() error { return c.reload(ctx) })
}
