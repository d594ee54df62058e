//go:build unix

package workbench

import (
	"syscall"
	"time"
)

// cpuTime returns the time that the process has computed for.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
