package study

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"recount"
	"recount/internal/casebook"
	"recount/internal/vault"
)

// sealedStudy is a study of the two pages of the removal with a vault, and what
// opens it; id is a protected person.
func sealedStudy(t *testing.T) (s *Study, id string, with VaultKey) {
	t.Helper()
	s, id = studyOfCanaries(t, canaries())
	apart := t.TempDir()
	s.opts.Keys = filepath.Join(apart, "study.keys")
	return s, id, beginVault(t, s, apart)
}

// beginVault begins the vault of a study for two recipients.
func beginVault(t *testing.T, s *Study, apart string) (with VaultKey) {
	t.Helper()
	with.Ask = func(string) ([]byte, error) { return nil, errors.New("nobody is there") }
	var to []vault.Recipient
	for _, name := range []string{"ada", "lee"} {
		path := filepath.Join(apart, name)
		public, err := vault.WriteIdentity(path, nil)
		if err != nil {
			t.Fatal(err)
		}
		to = append(to, vault.Recipient{Name: name, Key: public})
		with.Files = append(with.Files, path)
	}
	if _, err := s.BeginVault(context.Background(), to, with); err != nil {
		t.Fatal(err)
	}
	return with
}

// TestALogOfBeforeTheRecipientsWereInIt: a program that was stopped between the
// hash of a file of keys and the decision that names its recipients left a log in
// which they are not named; its file can be taken in all the same. No program
// does so any more: both are one transaction.
func TestALogOfBeforeTheRecipientsWereInIt(t *testing.T) {
	ctx := context.Background()
	s, id, with := sealedStudy(t)
	defer s.Close()
	if _, err := s.Seal(ctx, id, vault.Words{What: recount.SealedName, Text: "first"}); err != nil {
		t.Fatal(err)
	}
	apart := t.TempDir()
	for _, name := range []string{"eve", "ida"} {
		path := filepath.Join(apart, name)
		if _, err := vault.WriteIdentity(path, nil); err != nil {
			t.Fatal(err)
		}
		with.Files = append(with.Files, path)
	}
	k, err := s.vaultKeys(ctx)
	if err != nil {
		t.Fatal(err)
	}
	ids, err := s.identities(with.Files, with.Ask)
	if err != nil {
		t.Fatal(err)
	}
	if err := k.Rotate(recipientsOf(t, with.Files[2:]), ids); err != nil {
		t.Fatal(err)
	}
	// As a file of somebody else it is refused.
	b, err := k.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(apart, "copy")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.JoinVault(ctx, path); !errors.Is(err, recount.ErrTampered) {
		t.Fatalf("a file of others was taken in: %v", err)
	}
	if err := s.putKeys(ctx, k); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(s.opts.Keys); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.JoinVault(ctx, path); err != nil {
		t.Errorf("the file that the log knows: %v", err)
	}
	with.Files = with.Files[2:]
	if p, err := s.Unseal(ctx, id, "to see", with); err != nil || p.Fields[0].Words != "first" {
		t.Errorf("opened %+v, %v", p, err)
	}
}

// hidden are 20 names that stand on no page, and every way in which a file may
// hold one.
func hidden() (names []string, forms map[string][]byte) {
	forms = map[string][]byte{}
	for i := range 20 {
		name := fmt.Sprintf("geheim%02dname", i)
		names = append(names, name)
		forms[name] = []byte(name)
		var wide []byte
		for _, u := range utf16.Encode([]rune(name)) {
			wide = append(wide, byte(u), byte(u>>8))
		}
		forms[name+" as UTF-16"] = wide
		for off := range 3 { // base64 of a longer text that holds it
			b := base64.StdEncoding.EncodeToString(append(bytes.Repeat([]byte("x"), off), name...))
			forms[fmt.Sprintf("%s as base64 (%d)", name, off)] = []byte(b[4:16])
		}
	}
	return names, forms
}

// hiddenIn says in which files of a folder, unpacked, any of the forms stands.
func hiddenIn(t *testing.T, dir string, names []string, forms map[string][]byte) (out []string) {
	t.Helper()
	for w, where := range standing(t, dir, names) {
		out = append(out, w+" in "+where)
	}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		for form, bytesOf := range forms {
			if bytes.Contains(b, bytesOf) {
				out = append(out, form+" in "+filepath.Base(path))
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

// TestVaultNoPlaintext seals 20 names, works on the study in every way, and looks
// through every byte of the folder, of exports and of the file of keys: none of
// them stands anywhere, and one that is written down somewhere is found.
func TestVaultNoPlaintext(t *testing.T) {
	ctx := context.Background()
	s, id, with := sealedStudy(t)
	defer s.Close()
	names, forms := hidden()
	for i, name := range names {
		what := recount.SealedKinds[i%len(recount.SealedKinds)]
		if _, err := s.Seal(ctx, id, vault.Words{What: what, Text: name}); err != nil {
			t.Fatal(err)
		}
	}
	p, err := s.Unseal(ctx, id, "to see that they are there", with)
	if err != nil || len(p.Fields) != 20 {
		t.Fatalf("%d fields were opened, %v", len(p.Fields), err)
	}
	var got []string
	for _, f := range p.Fields {
		got = append(got, f.Words)
	}
	if slices.Sort(got); !slices.Equal(got, names) {
		t.Fatalf("sealed %v, opened %v", names, got)
	}
	out := t.TempDir()
	var log, all, leaves bytes.Buffer
	if err := errors.Join(s.ExportLog(ctx, &log), s.Export(ctx, &all), s.ExportLeaves(ctx, &leaves)); err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string]*bytes.Buffer{"log.jsonl": &log, "all.jsonl": &all, "leaves.jsonl": &leaves} {
		if err := os.WriteFile(filepath.Join(out, name), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.ExportTables(ctx, filepath.Join(out, "tables")); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Report(ctx, Edition{}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Search(ctx, names[0], 10); err != nil {
		t.Fatal(err)
	}
	if err := s.CopyTo(ctx, filepath.Join(out, "copy")); err != nil {
		t.Fatal(err)
	}
	look := func(when string) {
		t.Helper()
		for _, dir := range []string{s.Dir, out, filepath.Dir(s.opts.Keys)} {
			if got := hiddenIn(t, dir, names, forms); len(got) > 0 {
				t.Errorf("%s: %v", when, got)
			}
		}
	}
	look("while the study is open")
	if x, err := s.Recheck(ctx, Recheck{}); err != nil || len(x.Problems) > 0 {
		t.Errorf("recheck: %v %+v", err, x.Problems)
	}
	if _, err := s.RotateVault(ctx, recipientsOf(t, with.Files), with, "again"); err != nil {
		t.Fatal(err)
	}
	look("after a rotation")
	// The control: the search finds a name that somebody writes down.
	_, err = s.Decide(ctx, By{NoNames: true}, draftMemo(names[3]))
	if err != nil {
		t.Fatal(err)
	}
	if got := hiddenIn(t, s.Dir, names, forms); !slices.ContainsFunc(got, func(g string) bool { return strings.Contains(g, names[3]) }) {
		t.Error("a name that stands in a memo was not found")
	}
	for form, b := range forms {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "x"), append([]byte("head"), append(slices.Clone(b), "tail"...)...), 0o600); err != nil {
			t.Fatal(err)
		}
		if len(hiddenIn(t, dir, names, forms)) == 0 {
			t.Errorf("%s was not found", form)
		}
	}
}

func recipientsOf(t *testing.T, files []string) (out []vault.Recipient) {
	t.Helper()
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		_, key, _ := strings.Cut(strings.SplitN(string(b), "\n", 2)[0], "public key: ")
		out = append(out, vault.Recipient{Name: filepath.Base(f), Key: key})
	}
	return out
}

// TestBackupsOpenNothingOfARemovedPerson removes a person: a backup of the study
// with the file of keys as it is now, and every identity, opens nothing; with the
// file of keys from before it does, which is said.
func TestBackupsOpenNothingOfARemovedPerson(t *testing.T) {
	ctx := context.Background()
	s, id, with := sealedStudy(t)
	defer s.Close()
	people, err := s.Shown(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	other := ""
	for _, p := range people {
		if p.ID != id {
			other = p.ID
		}
	}
	for _, p := range []string{id, other} {
		if _, err := s.Seal(ctx, p, vault.Words{What: recount.SealedName, Text: "geheim " + p[:4]}); err != nil {
			t.Fatal(err)
		}
	}
	backup := filepath.Join(t.TempDir(), "backup")
	if err := os.CopyFS(backup, os.DirFS(s.Dir)); err != nil {
		t.Fatal(err)
	}
	keysBefore, err := os.ReadFile(s.opts.Keys)
	if err != nil {
		t.Fatal(err)
	}
	x, err := s.Remove(ctx, Removal{Person: id, Reason: "on request", Save: true})
	if err != nil || x.Keys != 1 {
		t.Fatalf("Remove destroyed %d keys, %v", x.Keys, err)
	}
	if !slices.ContainsFunc(x.Recall, func(r string) bool { return strings.Contains(r, "file of keys from before") }) {
		t.Errorf("nothing says what a copy of the file of keys opens: %v", x.Recall)
	}
	if p, err := s.Unseal(ctx, other, "the other one", with); err != nil || p.Fields[0].Words != "geheim "+other[:4] {
		t.Errorf("the other person: %+v, %v", p, err)
	}
	if r, err := s.Recheck(ctx, Recheck{}); err != nil || len(r.Problems) > 0 {
		t.Errorf("recheck: %v %+v", err, r.Problems)
	}
	open := func(keys []byte) (string, error) {
		path := filepath.Join(t.TempDir(), "keys")
		if err := os.WriteFile(path, keys, 0o600); err != nil {
			t.Fatal(err)
		}
		o := s.opts
		o.Keys = filepath.Join(t.TempDir(), "backup.keys")
		b, err := Open(ctx, backup, o)
		if err != nil {
			t.Fatal(err)
		}
		defer b.Close()
		if _, _, err := b.JoinVault(ctx, path); err != nil {
			return "", err
		}
		p, err := b.Unseal(ctx, id, "to try", with)
		if err != nil {
			return "", err
		}
		return p.Fields[0].Words, nil
	}
	now, err := os.ReadFile(s.opts.Keys)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := open(now); !errors.Is(err, recount.ErrNotFound) {
		t.Errorf("the backup opens with the keys of now: %q, %v", got, err)
	}
	if got, err := open(keysBefore); err != nil || got != "geheim "+id[:4] {
		t.Errorf("the backup with the keys of then: %q, %v", got, err)
	}
	// The keys of then do not come back here.
	path := filepath.Join(t.TempDir(), "old")
	if err := os.WriteFile(path, keysBefore, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, n, err := s.JoinVault(ctx, path); err != nil || n != 0 {
		t.Errorf("%d destroyed keys came back, %v", n, err)
	}
}

// TestVaultStoppedAnywhere puts the file of keys into each state in which a stop
// leaves it: nothing that was acknowledged is lost, and the next step goes on.
func TestVaultStoppedAnywhere(t *testing.T) {
	ctx := context.Background()
	s, id, with := sealedStudy(t)
	defer s.Close()
	if _, err := s.Seal(ctx, id, vault.Words{What: recount.SealedName, Text: "first"}); err != nil {
		t.Fatal(err)
	}
	path := s.opts.Keys
	now, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	put := func(name string, b []byte) {
		t.Helper()
		if b == nil {
			os.Remove(name)
		} else if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	half := now[:len(now)/2]
	for _, tt := range []struct {
		name      string
		file, new []byte
		ok        bool
	}{
		{"before anything", now, nil, true},
		{"half of the new file is written", now, half, true},
		{"the new file is not in the log", now, []byte("{}"), true},
		{"it is in the log and has not got its name", half, now, true},
		{"the one before is overwritten", make([]byte, len(now)), now, true},
		{"the one before is gone", nil, now, true},
		{"only half is left", half, nil, false},
		{"another is in its place", []byte("{}"), nil, false},
		{"nothing is left", nil, nil, false},
		{"one byte is another", append(slices.Clone(now[:len(now)-3]), now[len(now)-3]^1, now[len(now)-2], now[len(now)-1]), nil, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			put(path, tt.file)
			put(path+".new", tt.new)
			p, err := s.Unseal(ctx, id, "to see", with)
			if ok := err == nil && p.Fields[0].Words == "first"; ok != tt.ok {
				t.Errorf("opened: %v, want %v (%v)", ok, tt.ok, err)
			}
			if err != nil && recount.HintOf(err) == "" {
				t.Error("nothing says what to do")
			}
			x, err := s.Recheck(ctx, Recheck{})
			if err != nil {
				t.Fatal(err)
			}
			if found := slices.ContainsFunc(x.Problems, func(p Problem) bool { return p.What == "vault" }); found == tt.ok {
				t.Errorf("recheck found it: %v, want %v", found, !tt.ok)
			}
		})
	}
}

// TestTwoCopiesOfAVaultMerge: two people seal apart, about one person and about
// two; decisions and the file of keys bring both together, in either order.
func TestTwoCopiesOfAVaultMerge(t *testing.T) {
	ctx := context.Background()
	s, id, with := sealedStudy(t)
	defer s.Close()
	dir := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(dir, os.DirFS(s.Dir)); err != nil {
		t.Fatal(err)
	}
	o := s.opts
	o.Actor, o.Keys = "lee", filepath.Join(t.TempDir(), "copy.keys")
	b, err := os.ReadFile(s.opts.Keys)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(o.Keys, b, 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := Open(ctx, dir, o)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := s.Seal(ctx, id, vault.Words{What: recount.SealedName, Text: "of ada"}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Seal(ctx, id, vault.Words{What: recount.SealedContact, Text: "of lee"}); err != nil {
		t.Fatal(err)
	}
	send := func(from, to *Study, keysFirst bool) {
		t.Helper()
		var log bytes.Buffer
		if err := from.ExportLog(ctx, &log); err != nil {
			t.Fatal(err)
		}
		join := func() {
			if _, _, err := to.JoinVault(ctx, from.opts.Keys); err != nil {
				t.Fatal(err)
			}
		}
		if keysFirst {
			join()
		}
		if _, err := to.ImportDecisions(ctx, &log, Consent{People: []string{"ada", "lee"}}); err != nil {
			t.Fatal(err)
		}
		if !keysFirst {
			if x, err := to.Recheck(ctx, Recheck{}); err != nil || !slices.ContainsFunc(x.Problems, func(p Problem) bool { return p.What == "vault" }) {
				t.Errorf("a field without its key is not named: %v", err)
			}
			join()
		}
	}
	send(c, s, false)
	send(s, c, true)
	for _, x := range []*Study{s, c} {
		p, err := x.Unseal(ctx, id, "both", with)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]bool{}
		for _, f := range p.Fields {
			got[f.Words] = true
		}
		if want := map[string]bool{"of ada": true, "of lee": true}; !maps.Equal(got, want) {
			t.Errorf("in the copy of %s: %v", x.opts.Actor, got)
		}
		if r, err := x.Recheck(ctx, Recheck{}); err != nil || len(r.Problems) > 0 {
			t.Errorf("recheck: %v %+v", err, r.Problems)
		}
	}
	// A removal in one copy destroys the keys in the other, with the decisions.
	if _, err := s.Remove(ctx, Removal{Person: id, Reason: "on request", Save: true}); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	if err := s.ExportLog(ctx, &log); err != nil {
		t.Fatal(err)
	}
	if _, err := c.ImportDecisions(ctx, &log, Consent{People: []string{"ada", "lee"}}); err != nil {
		t.Fatal(err)
	}
	k, err := c.vaultKeys(ctx)
	if err != nil || len(k.Keys) != 0 {
		t.Errorf("%d keys are left in the copy, %v", len(k.Keys), err)
	}
}

func draftMemo(text string) casebook.Draft {
	return casebook.Draft{Answer: recount.MemoBody{Text: text}}
}
