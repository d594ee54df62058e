//go:build !unix

package sandbox

import (
	"os/exec"
	"time"
)

// started stands in for the processor time where that is not to be had.
var started = time.Now()

// cpuTime is the time since this process began: an upper bound of the
// processor time that it has used on one processor.
func cpuTime() time.Duration { return time.Since(started) }

// limitProcess leaves all limits to the watchdog.
func limitProcess(int64) {}

// detach needs nothing here: the end of its standard input ends the child with
// the parent.
func detach(*exec.Cmd) {}

// kill ends a child.
func kill(cmd *exec.Cmd) {
	if cmd.Process != nil {
		_ = cmd.Process.Kill()
	}
}
