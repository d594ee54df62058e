package disk

import (
	"os"
	"path/filepath"
	"strings"
)

// Shared says how a folder is shared with other machines: a network folder, a
// file system of a program, or one that a program synchronises; "" if it is of
// this machine alone, as far as can be seen. Locks do not reach other machines
// there for certain, and files of a database can come apart.
func Shared(dir string) string {
	path, err := filepath.Abs(dir)
	if err != nil {
		return ""
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	if kind := network(fileSystem(path)); kind != "" {
		return kind
	}
	home, _ := os.UserHomeDir() // without one fewer places are known
	return synchronised(path, home)
}

// network says what kind of file system is no disk of this machine, by the name
// that the system has for it.
func network(kind string) string {
	kind = strings.ToLower(kind)
	switch {
	case strings.HasPrefix(kind, "nfs"):
		return "a network folder (NFS)"
	case kind == "cifs", kind == "smb", kind == "smb2", kind == "smb3", kind == "smbfs":
		return "a network folder (SMB)"
	case kind == "fuse", strings.HasPrefix(kind, "fuse."), kind == "macfuse", kind == "osxfuse", kind == "fusefs":
		return "a file system of a program (FUSE)"
	case kind == "remote", kind == "9p", kind == "afs", kind == "afpfs", kind == "webdav", kind == "davfs", kind == "ncpfs", kind == "ceph", kind == "lustre", kind == "gpfs", kind == "beegfs", kind == "glusterfs", kind == "coda", kind == "vboxsf", kind == "vmhgfs", kind == "prl_fs", kind == "virtiofs":
		return "a network folder (" + kind + ")"
	}
	return ""
}

// Programs that synchronise folders, by what these are called.
var synchronisers = []string{"Dropbox", "OneDrive", "iCloud Drive", "iCloudDrive", "Google Drive", "GoogleDrive", "Nextcloud", "ownCloud",
	"pCloudDrive", "pCloud Drive", "MEGA", "MEGAsync", "Seafile", "Proton Drive", "ProtonDrive", "Syncthing", "Box Sync", "Resilio Sync", "Yandex.Disk", "SynologyDrive"}

// synchronised says which program synchronises a folder, by its path and by the
// marks that such programs leave in the folders above it.
func synchronised(path, home string) string {
	by := func(name string) string { return "a folder that " + name + " synchronises" }
	parts := strings.Split(filepath.ToSlash(path), "/")
	for i, part := range parts {
		low := strings.ToLower(part)
		switch {
		case low == "mobile documents" && i > 0 && strings.EqualFold(parts[i-1], "Library"):
			return by("iCloud")
		case low == "cloudstorage" && i > 0 && strings.EqualFold(parts[i-1], "Library") && i+1 < len(parts):
			name, _, _ := strings.Cut(parts[i+1], "-")
			return by(name)
		}
		for _, name := range synchronisers {
			// Of a company or a second account it has that behind its name.
			if rest, ok := strings.CutPrefix(low, strings.ToLower(name)); ok && (rest == "" || strings.HasPrefix(rest, " (") || strings.HasPrefix(rest, " - ")) {
				return by(name)
			}
		}
	}
	for dir := path; ; dir = filepath.Dir(dir) {
		for _, mark := range [][2]string{{".dropbox.cache", "Dropbox"}, {".stfolder", "Syncthing"}, {".nextcloudsync.log", "Nextcloud"}, {".owncloudsync.log", "ownCloud"}} {
			if _, err := os.Lstat(filepath.Join(dir, mark[0])); err == nil {
				return by(mark[1])
			}
		}
		if dir == home || dir == filepath.Dir(dir) {
			return ""
		}
	}
}

// leastRoom is what opening a study needs beside its files, in bytes.
const leastRoom = 128 << 10

// Full reports whether the disk of a folder has no room left.
func Full(dir string) bool {
	free, known := room(dir)
	return known && free < leastRoom
}
