package study

import (
	"strings"
	"testing"
)

// A root holds the letters of a short name by chance. Lines that are checkpoints are
// passed over when names are looked for in a folder, and nothing else is.
func TestNamesInCheckpoints(t *testing.T) {
	const log = "0123456789abcdef0123456789abcdef"
	root := "Nora" + strings.Repeat("A", 39) + "="
	whole := log + " 12 " + root + "\n"
	for _, tt := range []struct{ name, file, want string }{
		{"a checkpoint", whole, ""},
		{"several", whole + whole, ""},
		{"a note among them", whole + "Nora asked\n" + whole, "Nora asked\n"},
		{"a note behind one", log + " 12 " + root + " Nora\n", log + " 12 " + root + " Nora\n"},
		{"a name in the place of the log", "Nora 12 " + root + "\n", "Nora 12 " + root + "\n"},
		{"a name in the place of the size", log + " Nora " + root + "\n", log + " Nora " + root + "\n"},
		{"a root that is too short", log + " 12 Nora\n", log + " 12 Nora\n"},
		{"a line that was cut", log + " 12 " + root, log + " 12 " + root},
		{"a log in capitals", strings.ToUpper(whole), strings.ToUpper(whole)},
		{"two spaces", log + "  12 " + root + "\n", log + "  12 " + root + "\n"},
		{"a size with a zero before it", log + " 012 " + root + "\n", log + " 012 " + root + "\n"},
		{"nothing", "", ""},
	} {
		if got := string(withoutCheckpoints([]byte(tt.file))); got != tt.want {
			t.Errorf("%s: %q is searched; want %q", tt.name, got, tt.want)
		}
	}
}
