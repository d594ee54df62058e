//go:build !unix

package study

import (
	"fmt"
	"os"
)

// lock opens the lock file. Windows refuses to open it twice for writing only
// where the first holder asked for that, so here two programs are not kept
// apart; the store's own locks still keep its rows whole.
func lock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock the study: %w", err)
	}
	return f, nil
}
