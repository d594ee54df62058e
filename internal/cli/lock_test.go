package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"recount/internal/disk"
)

// Whoever reads a study waits for nobody: every verb that only reads says the same
// while another program changes the study.
func TestReadersWaitForNobody(t *testing.T) {
	dir := smallStudy(t)
	verbs := [][]string{{"count"}, {"page"}, {"people"}, {"figures"}, {"codes"}, {"agreement"}, {"decisions", "list"}, {"decisions", "export"}, {"decisions", "log"},
		{"export"}, {"recheck"}, {"searches"}, {"disclosure"}, {"versions"}}
	say := func(args []string) string {
		code, out, errs := at(dir, args...)
		if code != exitDone && code != exitItems {
			t.Errorf("recount %v: %d\n%s%s", args, code, out, errs)
		}
		return out
	}
	var before []string
	for _, args := range verbs {
		before = append(before, say(args))
	}
	held, err := os.OpenFile(filepath.Join(dir, ".lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	if ours, err := disk.Lock(held); !ours || err != nil {
		t.Fatalf("Lock = %v, %v", ours, err)
	}
	for i, args := range verbs {
		if out := say(args); out != before[i] {
			t.Errorf("recount %s says\n%s\nand before\n%s", strings.Join(args, " "), out, before[i])
		}
	}
}
