//go:build unix

package capture

import (
	"errors"
	"os"
	"syscall"
)

// lock makes this process the only one that writes to f, until f is closed. ok
// is false if another process has it.
func lock(f *os.File) (ok bool, err error) {
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return false, nil
	}
	return err == nil, err
}
