package disk

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// Folders that a program synchronises are known by their names, and by what such
// programs leave above them; folders that are called alike are not taken for them.
func TestSynchronised(t *testing.T) {
	home := t.TempDir()
	tests := []struct{ path, want string }{
		{"Dropbox/study", "Dropbox"},
		{"dropbox/a/b/study", "Dropbox"},
		{"Dropbox (Example University)/study", "Dropbox"},
		{"OneDrive/study", "OneDrive"},
		{"OneDrive - Example University/study", "OneDrive"},
		{"Library/Mobile Documents/com~apple~CloudDocs/study", "iCloud"},
		{"Library/CloudStorage/OneDrive-Example/study", "OneDrive"},
		{"Library/CloudStorage/GoogleDrive-ada@example.org/My Drive/study", "GoogleDrive"},
		{"Library/CloudStorage/Dropbox/study", "Dropbox"},
		{"iCloudDrive/study", "iCloudDrive"},
		{"Google Drive/study", "Google Drive"},
		{"Nextcloud/study", "Nextcloud"},
		{"ownCloud - ada@example.org/study", "ownCloud"},
		{"Seafile/study", "Seafile"},
		{"MEGA/study", "MEGA"},
		{"Proton Drive/study", "Proton Drive"},
		{"study", ""},
		{"Dropboxes/study", ""},
		{"about-dropbox/study", ""},
		{"Dropbox-coverage/study", ""},
		{"megaphone/study", ""},
		{"Mobile Documents/study", ""},
		{"Library/CloudStorage", ""},
		{"onedrive.html/study", ""},
	}
	for _, tt := range tests {
		want := tt.want
		if want != "" {
			want = "a folder that " + want + " synchronises"
		}
		if got := synchronised(filepath.Join(home, filepath.FromSlash(tt.path)), home); got != want {
			t.Errorf("%s: %q, want %q", tt.path, got, want)
		}
	}
	for mark, name := range map[string]string{".dropbox.cache": "Dropbox", ".stfolder": "Syncthing", ".nextcloudsync.log": "Nextcloud", ".owncloudsync.log": "ownCloud"} {
		dir := filepath.Join(home, "marked-"+name)
		study := filepath.Join(dir, "a", "study")
		for _, d := range []string{study, filepath.Join(dir, mark)} {
			if err := os.MkdirAll(d, 0o700); err != nil {
				t.Fatal(err)
			}
		}
		if got := Shared(study); !strings.Contains(got, name) {
			t.Errorf("below a folder with %s: %q", mark, got)
		}
	}
	link := filepath.Join(home, "work")
	if err := os.Symlink(filepath.Join(home, "marked-Syncthing", "a"), link); err == nil && runtime.GOOS != "windows" && !strings.Contains(Shared(filepath.Join(link, "study")), "Syncthing") {
		t.Error("a link leads into a synchronised folder unseen")
	}
	if got := Shared(home); got != "" {
		t.Errorf("a folder of this machine is %q", got)
	}
}

func TestNetwork(t *testing.T) {
	for _, kind := range []string{"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "fuse.rclone", "fuse.glusterfs", "macfuse", "9p", "ceph", "vboxsf", "virtiofs", "afpfs", "remote", "davfs"} {
		if network(kind) == "" {
			t.Errorf("%s is taken for a disk of this machine", kind)
		}
	}
	for _, kind := range []string{"", "ext4", "xfs", "btrfs", "zfs", "apfs", "hfs", "ntfs", "ntfs3", "fuseblk", "overlay", "tmpfs", "exfat", "fusectl"} {
		if got := network(kind); got != "" {
			t.Errorf("%s is taken for %s", kind, got)
		}
	}
}

// A lock is had by one open file at a time, of this program or another, and is
// free again when that is closed.
func TestLock(t *testing.T) {
	path := os.Getenv("LOCK_OF_ANOTHER")
	other := path != ""
	if !other {
		path = filepath.Join(t.TempDir(), "lock")
	}
	open := func() *os.File {
		f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	if other {
		ours, err := Lock(open())
		if err != nil {
			t.Fatal(err)
		}
		if ours {
			os.Stdout.WriteString("had\n")
		}
		return
	}
	another := func() bool {
		exe, err := os.Executable()
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(exe, "-test.run", "^TestLock$")
		cmd.Env = append(os.Environ(), "LOCK_OF_ANOTHER="+path)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return strings.Contains(string(out), "had")
	}
	first, second := open(), open()
	defer second.Close()
	for _, step := range []struct {
		f    *os.File
		want bool
	}{{first, true}, {second, false}} {
		if ours, err := Lock(step.f); err != nil || ours != step.want {
			t.Fatalf("lock: %v, %v; want %v", ours, err, step.want)
		}
	}
	if another() {
		t.Error("another program has the lock too")
	}
	if _, err := first.WriteString("said\n"); err != nil {
		t.Errorf("who has the lock cannot write: %v", err)
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "said\n" {
		t.Errorf("others read %q, %v", b, err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if !another() {
		t.Error("the lock is not free after it was closed")
	}
	if ours, err := Lock(second); err != nil || !ours {
		t.Errorf("lock: %v, %v after the other was closed", ours, err)
	}
}
