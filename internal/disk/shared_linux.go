package disk

import (
	"os"
	"strings"
)

// fileSystem names the file system that a folder lies on.
func fileSystem(path string) string {
	b, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return ""
	}
	return mountedAt(string(b), path)
}

// mountedAt finds the file system of a path in a table of mounts (proc(5)): the
// last one whose place is the longest that holds it.
func mountedAt(table, path string) (kind string) {
	longest := -1
	for line := range strings.Lines(table) {
		place, rest, ok := strings.Cut(line, " - ")
		f := strings.Fields(place)
		if !ok || len(f) < 5 {
			continue
		}
		at := unescaped.Replace(f[4])
		if (path == at || at == "/" || strings.HasPrefix(path, at+"/")) && len(at) >= longest {
			longest = len(at)
			kind, _, _ = strings.Cut(rest, " ")
		}
	}
	return kind
}

var unescaped = strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`)
