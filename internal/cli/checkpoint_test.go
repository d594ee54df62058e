package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// pythonIn writes one of the scripts in a page of the manual into a file.
func pythonIn(t *testing.T, page string, n int) string {
	t.Helper()
	parts := strings.Split(read(t, filepath.Join(docsDir, page)), "```python\n")
	if len(parts) < n+2 {
		t.Fatalf("%s holds %d scripts", page, len(parts)-1)
	}
	text, _, end := strings.Cut(parts[n+1], "```")
	if lines := strings.Count(text, "\n"); !end || lines > 30 {
		t.Errorf("script %d of %s has %d lines", n, page, lines)
	}
	script := filepath.Join(t.TempDir(), "check.py")
	if err := os.WriteFile(script, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return script
}

// The script in docs/format.md sets what two files of decisions say of the log
// of a study beside one another, without recount.
func TestPartedScript(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 on this machine")
	}
	script := pythonIn(t, "format.md", 1)
	top := t.TempDir()
	recount := func(args ...string) {
		t.Helper()
		var out, errs strings.Builder
		if code := Main(args, strings.NewReader(""), &out, &errs); code != exitDone {
			t.Fatalf("recount %v: %d\n%s%s", args, code, out.String(), errs.String())
		}
	}
	dir, other := filepath.Join(top, "study"), filepath.Join(top, "copy")
	decide := func(dir, text, file string) string {
		t.Helper()
		path := filepath.Join(top, file)
		recount("-q", "--study", dir, "--as", "ada", "memo", text)
		recount("-q", "--study", dir, "decisions", "export", path)
		return path
	}
	recount("-q", "init", dir)
	first := decide(dir, "the pier was empty", "first")
	if err := os.CopyFS(other, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	second := decide(dir, "and so was the ferry", "second")
	parted := decide(other, "not the ferry", "parted")
	cut := filepath.Join(top, "cut")
	data := read(t, second)
	i := strings.Index(data, `{"leaves":"`) + len(`{"leaves":"`)
	turned := "A"
	if data[i] == 'A' {
		turned = "B"
	}
	if err := os.WriteFile(cut, []byte(data[:i]+turned+data[i+1:]), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, a, b, want string
		fits             bool
	}{
		{"twice the same", first, first, "one log", true},
		{"only added to", first, second, "one log", true},
		{"the other way round", second, first, "one log", true},
		{"a copy that only went on", first, parted, "one log", true},
		{"both went on", second, parted, "part at entry ", false},
		{"entries that are not those of the checkpoint", first, cut, "its entries are not those of its checkpoint", false},
	} {
		out, err := exec.Command(python, script, tt.a, tt.b).CombinedOutput()
		if (err == nil) != tt.fits || !strings.Contains(string(out), tt.want) {
			t.Errorf("%s: the script says %s, %v", tt.name, out, err)
		}
	}
}

// The script in docs/format.md checks the checkpoint of a report without
// recount, and sees what was changed.
func TestCheckpointScript(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 on this machine")
	}
	script := pythonIn(t, "format.md", 0)
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
