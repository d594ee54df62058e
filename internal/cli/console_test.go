package cli

import (
	"bytes"
	"testing"
)

// What strangers wrote is shown, and a terminal does nothing of it.
func TestPrintfIsHarmless(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"words", "Ana Berg", "Ana Berg"},
		{"lines and tabs", "a\n\tb\n", "a\n\tb\n"},
		{"other scripts", "\u05d3\u05d5\u05d3, \u0645\u06cc\u200c\u0622, \u674e", "\u05d3\u05d5\u05d3, \u0645\u06cc\u200c\u0622, \u674e"},
		{"a mark of direction", "a\u200fb", "a\u200fb"},
		{"a colour", "\x1b[31mred", "\uFFFD[31mred"},
		{"a title of the window", "\x1b]0;x\x07", "\uFFFD]0;x\uFFFD"},
		{"a colour in one byte of Latin 1", "\u009b31mred", "\uFFFD31mred"},
		{"back over the line", "yes\rno", "yes\uFFFDno"},
		{"back over a letter", "yes\b\b\bno", "yes\uFFFD\uFFFD\uFFFDno"},
		{"delete", "a\x7f", "a\uFFFD"},
		{"NUL", "a\x00b", "a\uFFFDb"},
		{"the other way round", "a\u202eb", "a\uFFFDb"},
		{"an isolate that is never closed", "a\u2067b", "a\uFFFDb"},
		{"a line end that is none", "a\u2028b", "a\uFFFDb"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			c := &Console{Out: &out, Finish: func() {}}
			c.Printf("%s", tt.in)
			if out.String() != tt.want {
				t.Errorf("printed %q, want %q", out.String(), tt.want)
			}
		})
	}
}
