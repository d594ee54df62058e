//go:build unix

package study

import (
	"errors"
	"os"
	"syscall"
)

// tryLock takes the lock of a study if nobody has it.
func tryLock(f *os.File) error {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return errLocked
	}
	return err
}

// isReadOnly reports whether nothing can be written where something should be.
func isReadOnly(err error) bool { return errors.Is(err, syscall.EROFS) }
