package study

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"recount"
	"recount/internal/release"
	"recount/internal/vault"
)

// TestWhatIsNotLookedForRefuses: of each kind of field that names or leads to
// somebody a public edition is refused, also from the workbench, until the vault is
// opened for it or two people override that these fields are not looked for.
func TestWhatIsNotLookedForRefuses(t *testing.T) {
	ctx := context.Background()
	for _, what := range recount.SealedKinds {
		s, id, with := sealedStudy(t)
		publish := func(actor string, ask Publish) (*Publishing, *release.Reason) {
			t.Helper()
			s.opts.Actor = actor
			out, err := s.Publish(ctx, ask)
			if err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			i := slices.IndexFunc(out.Reasons, func(r release.Reason) bool { return r.Kind == release.Unopened })
			if i < 0 {
				return out, nil
			}
			return out, &out.Reasons[i]
		}
		if _, r := publish("ada", Publish{Here: true}); r != nil {
			t.Errorf("%s: nothing is sealed and it says %q", what, r.Text)
		}
		if _, err := s.Seal(ctx, id, vault.Words{What: what, Text: "Ulrikson 0199"}); err != nil {
			t.Fatal(err)
		}
		out, r := publish("ada", Publish{Here: true})
		if named := what == recount.SealedName || what == recount.SealedAlias || what == recount.SealedContact; !named {
			if r != nil {
				t.Errorf("%s: %q", what, r.Text)
			}
			s.Close()
			continue
		}
		if r == nil || out.Edition != 0 {
			t.Fatalf("%s: it was not looked for, and edition %d is written", what, out.Edition)
		}
		if _, r := publish("ada", Publish{Here: true, With: with}); r != nil {
			t.Errorf("%s: the vault is opened, and it says %q", what, r.Text)
		}
		allow := Publish{AllowCodes: []string{r.Code}, Reason: "read it whole"}
		if _, r := publish("ada", allow); r == nil {
			t.Errorf("%s: one person alone overrides it", what)
		}
		if _, r := publish("ben", allow); r != nil {
			t.Errorf("%s: two people do not override it", what)
		}
		if _, err := s.Seal(ctx, id, vault.Words{What: what, Text: "Eriksen 0198"}); err != nil {
			t.Fatal(err)
		}
		if _, r := publish("ada", Publish{Here: true}); r == nil || r.Low != 2 {
			t.Errorf("%s: what was sealed after two people overrode it is not looked for either: %+v", what, r)
		}
		s.Close()
	}
}

// TestCheckSearchesTheBytes: a name that only the vault holds is found in each form in
// which it can stand in the folder of an edition, also in a file that the manifest
// does not list, and in no message; without an identity nothing is called clean.
func TestCheckSearchesTheBytes(t *testing.T) {
	ctx := context.Background()
	s, id, with := sealedStudy(t)
	defer s.Close()
	s.opts.Actor = "ada"
	if _, err := s.Seal(ctx, id, vault.Words{What: recount.SealedName, Text: "Sven Ulrikson"}, vault.Words{What: recount.SealedContact, Text: "ulrik@harbour.example"}); err != nil {
		t.Fatal(err)
	}
	packed := func(name, text string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = w.Write([]byte(text))
		z.Close()
		return b.Bytes()
	}
	gz := func(text string) []byte {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, _ = z.Write([]byte(text))
		z.Close()
		return b.Bytes()
	}
	clean := "29 people spoke to the press."
	for _, c := range []struct {
		file  string
		bytes []byte
		held  bool
	}{
		{"report.md", []byte(clean), false},
		{"results.xlsx", packed("xl/sharedStrings.xml", "<si><t>people</t></si>"), false},
		{"report.md", []byte("It began with Sven Ulrikson."), true},
		{"report.md", []byte("It began with S. ULRIKSON."), true},
		{"report.md", []byte("It began with Ullrikson."), true},
		{"report.html", []byte("<p>It began with <b>Sven</b> <i>Ulrik</i>son.</p>"), true},
		{"report.html", []byte("<p>It began.<!-- ask Sven Ulrikson --></p>"), true},
		{"report.html", []byte("<p>It began with Sven Ulr&#105;kson.</p>"), true},
		{"report.docx", packed("word/document.xml", "<w:t>Sven</w:t><w:t> Ulrikson</w:t>"), true},
		{"results.xlsx", packed("docProps/core.xml", "<dc:creator>Sven Ulrikson</dc:creator>"), true},
		{"all.zip", packed("inner.zip", string(packed("a.txt", "Sven Ulrikson"))), true},
		{"tables/people.csv.gz", gz("people\nSven Ulrikson\n"), true},
		{"datapackage.json", []byte(`{"a": "` + base64.StdEncoding.EncodeToString([]byte("ask Sven Ulrikson about it")) + `"}`), true},
		{"report.md", []byte("Write to ulrik@harbour.example."), true},
		{"ulrikson-sven.txt", []byte(clean), true},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, filepath.FromSlash(c.file))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		for at, b := range map[string][]byte{path: c.bytes, filepath.Join(dir, "manifest.json"): []byte(`{"format": 1, "kind": "public", "edition": 1}`)} {
			if err := os.WriteFile(at, b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		out, err := s.CheckEdition(ctx, dir, with)
		if err != nil {
			t.Fatalf("%s: %v", c.file, err)
		}
		held := slices.DeleteFunc(slices.Clone(out.Problems), func(p string) bool { return !strings.Contains(p, ": it holds ") })
		if (len(held) > 0) != c.held || out.Unlooked != 0 {
			t.Errorf("%s, %.60q: %q", c.file, c.bytes, out.Problems)
		}
		if text := strings.ToLower(strings.Join(held, "\n")); strings.Contains(text, "ulrik") {
			t.Errorf("%s: it repeats the name: %s", c.file, text)
		}
		if out, err := s.CheckEdition(ctx, dir, VaultKey{}); err != nil || out.Unlooked != 2 {
			t.Errorf("%s: without an identity: %v, %+v", c.file, err, out)
		}
		d, err := s.Disclosure(ctx, nil, dir, with)
		if err != nil {
			t.Fatal(err)
		}
		found := slices.ContainsFunc(d.Given, func(g Given) bool { return ofVault(g.What) })
		if found != c.held || d.Unlooked != 0 {
			t.Errorf("disclosure of %s, %.60q: %+v", c.file, c.bytes, d.Given)
		}
		if d, err := s.Disclosure(ctx, nil, dir, VaultKey{}); err != nil || d.Unlooked != 2 || d.Nothing() {
			t.Errorf("disclosure of %s without an identity: %v, %+v", c.file, err, d)
		}
	}
}
