package sandbox

import (
	"os/exec"
	"syscall"
)

// dataSlack is what the operating system allows a child above its limit, in
// bytes: memory that the Go runtime maps in large steps and does not use, and,
// in a program linked with the C library, 8 MB of stack for each thread. What
// is used is limited by the watchdog.
const dataSlack = 160 << 20

// limitProcess lets the operating system refuse memory above the limit, and
// files and core dumps altogether. A limit that cannot be set is left to the
// watchdog.
func limitProcess(memory int64) {
	if !raced {
		lower(syscall.RLIMIT_DATA, uint64(memory)+dataSlack)
	}
	lower(syscall.RLIMIT_CORE, 0)
	lower(syscall.RLIMIT_FSIZE, 0)
}

// lower sets a limit unless a lower one holds.
func lower(resource int, to uint64) {
	var now syscall.Rlimit
	if syscall.Getrlimit(resource, &now) != nil || now.Cur < to {
		return
	}
	_ = syscall.Setrlimit(resource, &syscall.Rlimit{Cur: to, Max: to})
}

// detach makes the child the head of its own process group, so that a Ctrl-C
// on the terminal is the parent's to answer, and lets it die with the parent.
func detach(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
