//go:build unix && !linux

package sandbox

import (
	"os/exec"
	"syscall"
)

// limitProcess forbids core dumps and files; memory is left to the watchdog,
// because these systems count the address space that the Go runtime only
// reserves.
func limitProcess(int64) {
	for _, resource := range [...]int{syscall.RLIMIT_CORE, syscall.RLIMIT_FSIZE} {
		_ = syscall.Setrlimit(resource, &syscall.Rlimit{})
	}
}

// detach makes the child the head of its own process group, so that a Ctrl-C
// on the terminal is the parent's to answer. The end of its standard input
// ends it with the parent.
func detach(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}
