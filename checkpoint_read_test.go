package recount

import (
	"strings"
	"testing"
)

// A checkpoint is read with the line ends that other programs give it; a root that is
// written otherwise than this program writes it is none.
func TestParseCheckpoint(t *testing.T) {
	log, root := strings.Repeat("0f", 16), strings.Repeat("A", 43)+"="
	whole := "recount/" + log + "\n7\n" + root + "\n"
	tests := []struct {
		name, text string
		ok         bool
	}{
		{"as it is written", whole, true},
		{"without the last line end", strings.TrimSuffix(whole, "\n"), true},
		{"line ends of Windows", strings.ReplaceAll(whole, "\n", "\r\n"), true},
		{"the last line end of Windows alone", strings.TrimSuffix(whole, "\n") + "\r\n", true},
		{"a mark of the order of bytes", "\ufeff" + whole, true},
		{"line ends of old machines", strings.ReplaceAll(whole, "\n", "\r"), false},
		{"a line end of Windows within the root", strings.Replace(whole, "AAAA", "AA\rAA", 1), false},
		{"two lines for the root", strings.Replace(whole, "AAAA", "AA\nAA", 1), false},
		{"a blank behind the root", strings.Replace(whole, root, root+" ", 1), false},
		{"a blank before the size", strings.Replace(whole, "7", " 7", 1), false},
		{"a size with a sign", strings.Replace(whole, "7", "+7", 1), false},
		{"a size with a zero before it", strings.Replace(whole, "7", "07", 1), false},
		{"a root without its last sign", strings.Replace(whole, "=", "", 1), false},
		{"a root with bits behind its end", strings.Replace(whole, "A=", "B=", 1), false},
		{"a log in capitals", strings.Replace(whole, "0f0f", "0F0F", 1), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := ParseCheckpoint(tt.text)
			if tt.ok != (err == nil) || tt.ok && (c.String() != whole || c.Root != root) {
				t.Errorf("ParseCheckpoint = %v, %v; want it read: %v", c, err, tt.ok)
			}
		})
	}
}
