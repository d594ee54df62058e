package web_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestComplaintsNameTests finds every test that the table of complaints names.
func TestComplaintsNameTests(t *testing.T) {
	root := filepath.Join("..", "..")
	page, err := os.ReadFile(filepath.Join(root, "docs", "measurements-workbench.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, table, ok := strings.Cut(string(page), "## Complaints about other tools")
	if !ok {
		t.Fatal("there is no table of complaints")
	}
	if n := len(regexp.MustCompile(`(?m)^\| \d+ \|`).FindAllString(table, -1)); n != 31 {
		t.Errorf("the table has %d complaints, want 31", n)
	}
	out, err := exec.Command("git", "-C", root, "grep", "-hoE", `^func (Test|Benchmark|Fuzz)\w+`, "--", "*_test.go").Output()
	if err != nil {
		t.Skipf("git does not list the tests: %v", err)
	}
	tests := map[string]bool{}
	for _, l := range strings.Fields(strings.ReplaceAll(string(out), "func ", "")) {
		tests[l] = true
	}
	for _, m := range regexp.MustCompile("`((?:Test|Benchmark|Fuzz)\\w+)`").FindAllStringSubmatch(table, -1) {
		if !tests[m[1]] {
			t.Errorf("there is no test %s", m[1])
		}
	}
	for _, m := range regexp.MustCompile("`(\\w+\\.txtar)`").FindAllStringSubmatch(table, -1) {
		if _, err := os.Stat(filepath.Join(root, "internal", "cli", "testdata", m[1])); m[1] != "x.txtar" && err != nil {
			t.Errorf("there is no script %s", m[1])
		}
	}
}
