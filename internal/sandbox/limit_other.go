//go:build !unix

package sandbox

import "os/exec"

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
