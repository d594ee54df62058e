//go:build unix

package sandbox

import (
	"os/exec"
	"syscall"
)

// kill ends a child and everything in its group.
func kill(cmd *exec.Cmd) {
	if cmd.Process != nil {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		_ = cmd.Process.Kill()
	}
}
