//go:build unix

package cli

import "syscall"

// noCore lets the system keep no image of the memory of this process if it ends
// badly.
func noCore() { _ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{}) }
