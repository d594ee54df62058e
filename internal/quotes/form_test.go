package quotes

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"recount"
	"recount/corpus"
)

// TestReadAs reads our own corpus and the texts of the other tests, and holds Form
// to what is read: whoever changes a reading raises it with that, so that what an
// older reader derived is taken for that and for nothing else. UPDATE=1 writes it.
func TestReadAs(t *testing.T) {
	texts, err := corpus.Load(os.DirFS("../../corpus"))
	if err != nil || len(texts) == 0 {
		t.Fatalf("%d texts of the corpus: %v", len(texts), err)
	}
	var articles []*recount.Article
	for _, x := range texts {
		articles = append(articles, x.Article())
	}
	err = fs.WalkDir(os.DirFS("testdata"), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(name, "fuzz") || strings.HasPrefix(name, "unlike") {
			return err
		}
		language := "en"
		if strings.HasPrefix(name, "languages/") {
			language = strings.TrimSuffix(filepath.Base(name), ".txt")
		}
		data, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			return err
		}
		if filepath.Ext(name) != ".jsonl" {
			for part := range strings.SplitSeq(string(data), "\n\n") {
				articles = append(articles, &recount.Article{Text: part, Language: language})
			}
			return nil
		}
		for s := bufio.NewScanner(bytes.NewReader(data)); s.Scan(); {
			a := &recount.Article{Language: language}
			if err := json.Unmarshal(s.Bytes(), a); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			articles = append(articles, a)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(articles) < 900 {
		t.Fatalf("only %d texts", len(articles))
	}
	sums := make([]string, len(articles))
	for i, a := range articles {
		a.Key = recount.KeyOf("form", fmt.Sprint(i))
		r := Read(a)
		FoldSpeakers(&r)
		b, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(b)
		sums[i] = hex.EncodeToString(sum[:])
	}
	slices.Sort(sums)
	all := sha256.Sum256([]byte(strings.Join(sums, "\n")))
	want := "quotes/" + hex.EncodeToString(all[:6])
	if Form == want {
		return
	}
	if os.Getenv("UPDATE") == "" {
		t.Fatalf("what is read is another: Form is %q, and these %d readings make it %q. If that is meant, raise it with the change: UPDATE=1 go test -run TestReadAs ./internal/quotes", Form, len(articles), want)
	}
	data, err := os.ReadFile("form.go")
	if err == nil {
		err = os.WriteFile("form.go", bytes.Replace(data, []byte(`"`+Form+`"`), []byte(`"`+want+`"`), 1), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}
