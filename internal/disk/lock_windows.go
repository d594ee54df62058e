package disk

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// Lock makes this program the only one that has the lock of f, until f is closed
// or the program ends, however it ends. It reports whether it has it: false if
// another has. On a file system that takes no locks the error is
// errors.ErrUnsupported.
//
// What is locked is one byte far behind the end of any file: a lock keeps others
// from reading what it covers.
func Lock(f *os.File) (bool, error) {
	far := &windows.Overlapped{Offset: 1<<32 - 2, OffsetHigh: 1<<31 - 1}
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, far)
	switch {
	case err == nil:
		return true, nil
	case errors.Is(err, windows.ERROR_LOCK_VIOLATION), errors.Is(err, windows.ERROR_IO_PENDING):
		return false, nil
	case errors.Is(err, windows.ERROR_INVALID_FUNCTION), errors.Is(err, windows.ERROR_NOT_SUPPORTED), errors.Is(err, windows.ERROR_CALL_NOT_IMPLEMENTED):
		return false, errors.ErrUnsupported
	}
	return false, err
}
