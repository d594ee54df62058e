package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The script in docs/format.md checks the checkpoint of a report without
// recount, and sees what was changed.
func TestCheckpointScript(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 on this machine")
	}
	_, rest, ok := strings.Cut(read(t, filepath.Join(docsDir, "format.md")), "```python\n")
	text, _, end := strings.Cut(rest, "```")
	if !ok || !end {
		t.Fatal("docs/format.md holds no script")
	}
	if n := strings.Count(text, "\n"); n > 30 {
		t.Errorf("the script has %d lines", n)
	}
	script := filepath.Join(t.TempDir(), "check.py")
	if err := os.WriteFile(script, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "study")
	pages := filepath.Join(t.TempDir(), "pages")
	if err := os.MkdirAll(pages, 0o700); err != nil {
		t.Fatal(err)
	}
	page := `<html><title>The pier</title><body><article><h1>The pier</h1><p>"The pier is closed until spring," said Ada Brunt on Monday in Sandwick.</p><p>It was the third time in two years that the council had closed it.</p></article></body></html>`
	if err := os.WriteFile(filepath.Join(pages, "pier.html"), []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(t.TempDir(), "log.jsonl")
	recount := func(args ...string) {
		t.Helper()
		var out, errs strings.Builder
		if code := Main(append([]string{"--study", dir, "-q"}, args...), strings.NewReader(""), &out, &errs); code != exitDone {
			t.Fatalf("recount %v: %d\n%s%s", args, code, out.String(), errs.String())
		}
	}
	recount("run", pages)
	recount("memo", "the pier was empty")
	recount("decisions", "log", log)
	check := func() (string, error) {
		out, err := exec.Command(python, script, filepath.Join(dir, "out"), "pile", log).CombinedOutput()
		return string(out), err
	}
	if out, err := check(); err != nil || !strings.HasPrefix(out, "pile is of recount/") {
		t.Fatalf("the script says %s, %v", out, err)
	}
	for _, tt := range []struct{ name, file, old, new, want string }{
		{"a page of the report", filepath.Join(dir, "out", "pile", "index.html"), "<main", "<MAIN", "is not the file that was produced"},
		{"the manifest", filepath.Join(dir, "out", "pile", "manifest.json"), `"n": 1`, `"n": 2`, "the manifest is not the one"},
		{"an entry of the log", log, `"what":"capture"`, `"what":"Capture"`, "the log is not the one"},
		{"the size", filepath.Join(dir, "out", "pile.checkpoint"), "\n", "\n9", "entries and had 9"},
	} {
		good, err := os.ReadFile(tt.file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(good), tt.old) {
			t.Fatalf("%s does not hold %q", tt.file, tt.old)
		}
		if err := os.WriteFile(tt.file, []byte(strings.Replace(string(good), tt.old, tt.new, 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := check(); err == nil || !strings.Contains(out, tt.want) {
			t.Errorf("%s was changed and the script says %s, %v", tt.name, out, err)
		}
		if err := os.WriteFile(tt.file, good, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
