package cli

import (
	"bytes"
	"strings"
	"testing"
)

// Nobody decides under a name that looks like another's.
func TestNamesOfCoders(t *testing.T) {
	dir := t.TempDir()
	tests := []struct {
		name, as string
		code     int
	}{
		{"a name", "ana", exitDone},
		{"two words", "Ana Berg", exitDone},
		{"blanks around it, which are dropped", "  Ana   Berg ", exitDone},
		{"another script", "\u0645\u06cc\u200c\u0622", exitDone},
		{"the name of the default rules", "init", exitDone},
		{"nothing that is seen", "\u200b", exitUsage},
		{"a character that nobody sees", "ana\u200b", exitUsage},
		{"a braille cell without dots", "\u2800", exitUsage},
		{"a Hangul filler", "\u3164", exitUsage},
		{"a Hangul filler beside a name", "ana\uffa0", exitUsage},
		{"a name in braille", "\u2801\u281d\u2801", exitDone},
		{"a mark of byte order", "\ufeffana", exitUsage},
		{"a soft hyphen", "a\u00adna", exitUsage},
		{"the other way round", "\u202eana", exitUsage},
		{"a colour", "\x1b[31mana", exitUsage},
		{"a kilobyte", strings.Repeat("a", 1<<10), exitUsage},
	}
	for i, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out, errOut bytes.Buffer
			code := Main([]string{"--as", tt.as, "init", dir + "/" + string(rune('a'+i)), "--title", "x", "--question", "x", "--who", "x"}, strings.NewReader(""), &out, &errOut)
			if code != tt.code || code == exitUsage && !strings.Contains(errOut.String(), "hint: say who you are") || strings.ContainsAny(errOut.String(), "\x1b\u202e") {
				t.Errorf("--as %.20q = %d %q; want %d", tt.as, code, errOut.String(), tt.code)
			}
		})
	}
}
