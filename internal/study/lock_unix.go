//go:build unix

package study

import (
	"fmt"
	"os"
	"syscall"

	"recount"
)

// lock takes the lock of a study, so that two programs never write the capture
// files at once. The system lets go of it when the program ends, however it
// ends.
func lock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock the study: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		return nil, recount.WithHint(fmt.Errorf("lock the study: %w: another recount is using it", recount.ErrConflict),
			"wait until it is done, or stop it")
	}
	return f, nil
}
