//go:build linux || darwin

package disk

import (
	"os"

	"golang.org/x/sys/unix"
)

// room is how many bytes can still be written to the disk of a folder; false if
// that is not known, as of some network folders.
func room(dir string) (uint64, bool) {
	var st unix.Statfs_t
	if unix.Statfs(dir, &st) != nil || st.Blocks == 0 {
		return 0, false
	}
	free := uint64(st.Bavail)
	if os.Geteuid() == 0 { // may use what is kept back
		free = uint64(st.Bfree)
	}
	return free * uint64(st.Bsize), true
}
