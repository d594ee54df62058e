package page

import (
	"fmt"

	"recount"
)

// Refuse returns an error that says why a payload was not taken.
func Refuse(reason, hint string) error {
	return recount.WithHint(fmt.Errorf("%s: %w", reason, recount.ErrRefused), hint)
}
