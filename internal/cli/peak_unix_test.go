//go:build unix

package cli

import (
	"os"
	"runtime"
	"syscall"
)

// peakOf returns the most memory that an ended process held, in bytes.
func peakOf(p *os.ProcessState) int64 {
	u, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return int64(u.Maxrss)
	}
	return int64(u.Maxrss) << 10
}
