//go:build unix

package parallel

import (
	"syscall"
	"time"
)

// Used is the processor time that this process has used, on all cores together.
// On a machine that others use too it says more than a clock.
func Used() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err) // it fails for a wrong argument only
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
