package disk

import "testing"

func TestMountedAt(t *testing.T) {
	const table = `22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
23 22 0:5 / /proc rw - proc proc rw
40 22 0:40 / /home rw,relatime shared:20 - nfs4 server:/home rw,vers=4.2
41 40 0:41 / /home/ada/mnt rw,nosuid master:3 - fuse.sshfs ada@server: rw
42 22 0:42 / /mnt/My\040Share rw - cifs //server/share rw
43 22 8:3 / /srv rw - ext4 /dev/sda3 rw
44 43 0:44 / /srv rw - nfs server:/srv rw
broken line
`
	tests := []struct{ path, want string }{
		{"/study", "ext4"},
		{"/home/ada/study", "nfs4"},
		{"/home", "nfs4"},
		{"/homes/ada", "ext4"},
		{"/home/ada/mnt/study", "fuse.sshfs"},
		{"/home/ada/mnt2", "nfs4"},
		{"/mnt/My Share/study", "cifs"},
		{"/mnt/My", "ext4"},
		{"/srv/study", "nfs"}, // the later mount hides the one before
	}
	for _, tt := range tests {
		if got := mountedAt(table, tt.path); got != tt.want {
			t.Errorf("%s is on %q, want %q", tt.path, got, tt.want)
		}
	}
}
