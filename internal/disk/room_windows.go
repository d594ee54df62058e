package disk

import "golang.org/x/sys/windows"

// room is how many bytes can still be written to the disk of a folder.
func room(dir string) (free uint64, known bool) {
	path, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, false
	}
	return free, windows.GetDiskFreeSpaceEx(path, &free, nil, nil) == nil
}
