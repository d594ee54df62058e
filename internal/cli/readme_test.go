package cli

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// The session on the first screen of README.md is what the program prints:
// each of its lines begins a line of the output of the command above it.
func TestReadmeSession(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(readme), "```console\n")
	session, _, closed := strings.Cut(rest, "```")
	if !ok || !closed {
		t.Fatal("README.md has no session")
	}
	t.Chdir(t.TempDir())
	var out string
	commands, lines := 0, 0
	for line := range strings.Lines(session) {
		line = strings.TrimSpace(line)
		if rest, ok := strings.CutPrefix(line, "$ recount "); ok {
			commands++
			var b, errs bytes.Buffer
			if code := Main(append(shellWords(t, rest), "--quiet"), nil, &b, &errs); code != exitDone {
				t.Fatalf("%s: exit code %d\n%s", line, code, errs.String())
			}
			out = "\n" + fold(b.String())
			continue
		}
		lines++
		if !strings.Contains(out, "\n"+fold(line)) {
			t.Errorf("the program does not print %q; it prints\n%s", line, out)
		}
	}
	if commands < 2 || lines < 3 {
		t.Errorf("the session has %d commands and %d lines of output", commands, lines)
	}
}

// fold puts one space for each run of them and keeps the lines.
func fold(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		b.WriteString("\n" + strings.Join(strings.Fields(line), " "))
	}
	return strings.TrimPrefix(b.String(), "\n")
}

// shellWords splits a command line whose words may stand between single quotes.
func shellWords(t *testing.T, s string) (words []string) {
	t.Helper()
	for i, part := range strings.Split(s, "'") {
		if i%2 == 1 {
			words = append(words, part)
		} else {
			words = append(words, strings.Fields(part)...)
		}
	}
	return words
}
