package figures

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"recount"
)

// TestReadAs holds Form to what is found in the texts of TestForms: whoever changes
// that raises it, so that what an older reader found is taken for that and for
// nothing else. UPDATE=1 writes it.
func TestReadAs(t *testing.T) {
	files, err := filepath.Glob("testdata/forms*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no forms", err)
	}
	sum, n := sha256.New(), 0
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		language := strings.TrimPrefix(filepath.Base(name), "forms_")[:2]
		for line := range strings.Lines(string(data)) {
			if line[0] == '#' || line[0] == '\t' {
				continue
			}
			a := &recount.Article{Key: "a", Text: strings.ReplaceAll(strings.TrimSpace(line), `\n`, "\n"), Language: language}
			b, err := json.Marshal(Find(a, nil))
			if err != nil {
				t.Fatal(err)
			}
			sum.Write(append(b, '\n'))
			n++
		}
	}
	if n < 500 {
		t.Fatalf("only %d texts", n)
	}
	want := "figures/" + hex.EncodeToString(sum.Sum(nil)[:6])
	if Form == want {
		return
	}
	if os.Getenv("UPDATE") == "" {
		t.Fatalf("what is found is another: Form is %q, and what is found in these %d texts makes it %q. If that is meant, raise it with the change: UPDATE=1 go test -run TestReadAs ./internal/figures", Form, n, want)
	}
	data, err := os.ReadFile("form.go")
	if err == nil {
		err = os.WriteFile("form.go", bytes.Replace(data, []byte(`"`+Form+`"`), []byte(`"`+want+`"`), 1), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}
