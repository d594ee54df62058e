//go:build unix

package disk

import (
	"errors"
	"os"
	"syscall"
)

// Lock makes this program the only one that has the lock of f, until f is closed
// or the program ends, however it ends. It reports whether it has it: false if
// another has. On a file system that takes no locks the error is
// errors.ErrUnsupported.
func Lock(f *os.File) (bool, error) {
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		switch {
		case err == nil:
			return true, nil
		case errors.Is(err, syscall.EINTR):
			continue
		case errors.Is(err, syscall.EWOULDBLOCK):
			return false, nil
		case errors.Is(err, syscall.ENOLCK), errors.Is(err, errors.ErrUnsupported): // of NFS without its lock service
			return false, errors.ErrUnsupported
		}
		return false, err
	}
}
