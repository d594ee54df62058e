package lang

import (
	"io/fs"
	"strings"
	"testing"

	"recount"
)

func TestFirstName(t *testing.T) {
	tests := []struct {
		name, word string
		gender     recount.Gender
		surname    bool
	}{
		{"a woman's name", "margaret", recount.Woman, false},
		{"a man's name", "kevin", recount.Man, false},
		{"a man's name and a last name", "thomas", recount.Man, true},
		{"printed without its accents", "darío", recount.Man, true},
		{"the same", "dario", recount.Man, true},
		{"Cyrillic", "ольга", recount.Woman, false},
		{"Arabic", "فاطمة", recount.Woman, false},
		{"one language says a woman, another a man", "jean", recount.UnknownGender, false},
		{"both bear it", "robin", recount.UnknownGender, true},
		{"Irish", "eoghan", recount.Man, false},
		{"Welsh", "angharad", recount.Woman, false},
		{"of South India", "murugan", recount.Man, false},
		{"a last name as well", "wanjiru", recount.Woman, true},
		{"Zulu", "sipho", recount.Man, false},
		{"Igbo, and both bear it", "uchenna", recount.UnknownGender, false},
		{"Japanese", "nobuko", recount.Woman, false},
		{"Hungarian without its accents", "laszlo", recount.Man, false},
		{"Armenian", "gayane", recount.Woman, false},
		{"Malay", "norhayati", recount.Woman, false},
		{"no name", "harbour", recount.UnknownGender, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if g, s := FirstName(tt.word); g != tt.gender || s != tt.surname {
				t.Errorf("FirstName(%q) = %s, %v; want %s, %v", tt.word, g, s, tt.gender, tt.surname)
			}
		})
	}
}

// TestNamesSayWhereTheyAreFrom reads the head of each list: data ship with
// their provenance.
func TestNamesSayWhereTheyAreFrom(t *testing.T) {
	files, _ := fs.Glob(nameFiles, "*/names.txt")
	if len(files) < 25 {
		t.Fatalf("%d lists of first names, want 25", len(files))
	}
	for _, file := range files {
		data, _ := nameFiles.ReadFile(file)
		head, _, _ := strings.Cut(string(data), "[women]")
		head = strings.ReplaceAll(head, "\n# ", " ")
		if !strings.HasPrefix(head, "#") || !strings.Contains(head, "by hand") || !strings.Contains(head, "no file was copied") {
			t.Errorf("%s does not say where it is from", file)
		}
	}
}
