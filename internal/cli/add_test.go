package cli

import (
	"bytes"
	"strings"
	"testing"

	"recount"
)

// What strangers named says nothing to the terminal.
func TestNamesDoNotSteerTheTerminal(t *testing.T) {
	var out bytes.Buffer
	r := &Console{Out: &out, Finish: func() {}}
	refused(r, []recount.Refusal{{Name: "a\x1b[2J\r\nb\u202e.html", Reason: "\x07bell", Hint: "\x9bhint"}})
	if got := out.String(); strings.ContainsAny(strings.TrimSuffix(got, "\n"), "\x1b\r\n\x07\u202e") || !strings.Contains(got, "b\uFFFD.html: \uFFFDbell (") {
		t.Errorf("got %q", got)
	}
}
