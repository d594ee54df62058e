package disk

import "golang.org/x/sys/unix"

// fileSystem names the file system that a folder lies on.
func fileSystem(path string) string {
	var st unix.Statfs_t
	if unix.Statfs(path, &st) != nil {
		return ""
	}
	return unix.ByteSliceToString(st.Fstypename[:])
}
