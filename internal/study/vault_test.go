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
	x, err := s.Remove(ctx, Removal{Person: id, Reason: "on request", Save: true, With: with})
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
	if _, err := s.Remove(ctx, Removal{Person: id, Reason: "on request", Save: true, Unlooked: true}); err != nil {
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

// TestMoveIntoVault: names, notes, values and reasons that stood in answers before
// the person was protected go into the vault in one step, wherever they stood:
// afterwards no byte of the study, of its exports and of its copies holds them,
// what was decided holds as before, and what is sealed opens.
func TestMoveIntoVault(t *testing.T) {
	ctx := context.Background()
	w := newJoinedStudy(t)
	defer w.Close()
	s := w.Study
	apart := t.TempDir()
	s.opts.Keys = filepath.Join(apart, "study.keys")
	names := strings.Fields("wexholm tarvosky brundil okumeke falschenau quirinsen zoltavar mbekwana hrdlicka pelletreau yxkull dragomir")
	forms := map[string][]byte{}
	for _, n := range names {
		forms[n] = []byte(title(n))
	}
	next := 0
	secret := func() string { next++; return title(names[next-1]) } // as names are written
	say := func(reason string, a recount.Answer) string {
		t.Helper()
		saved, err := s.Decide(ctx, By{NoNames: true}, casebook.Draft{Answer: a, Reason: reason})
		if err != nil {
			t.Fatal(err)
		}
		return saved[0].ID
	}
	// Called by a name that only the team knows, in answers of every kind.
	ref := w.ref(ferry)
	ref.Name = "Jonathan " + secret()
	say("", recount.SpeakerBody{Answer: recount.Accepted, Speaker: ref})
	called := func() recount.SpeakerRef { r := w.ref(ferry); r.Name = ref.Name; return r }
	say("her real name is Frida "+secret(), recount.ScopeBody{Speaker: called(), Answer: recount.Yes, Criteria: map[string]string{}})
	say("", recount.LinkBody{A: called(), B: w.ref(mill), Answer: recount.Same})
	other := w.ref(mill)
	other.Name = "Clara " + secret() // an alias
	say("", recount.SpeakerBody{Answer: recount.Accepted, Speaker: other})
	b, err := os.ReadFile(filepath.Join(s.Dir, studyFile))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(s.Dir, studyFile), bytes.Replace(b, []byte("\nvariables: []"), []byte("\nvariables:\n  - name: town\n    ask: From where?"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Count(ctx, Query{}); err != nil { // it comes into use
		t.Fatal(err)
	}
	say("", recount.ValueBody{Speaker: called(), Variable: "town", Value: "the house of Ulrik " + secret()})
	say("", recount.MemoBody{On: recount.Topic{Page: pageNamed(t, s, ferry)}, Text: "she works with Hanna " + secret() + " now"})
	say("", recount.NoteBody{On: recount.Topic{Page: pageNamed(t, s, mill)}, Text: "call her brother Otto " + secret(), State: recount.OpenNote})
	say("", recount.MemoBody{On: recount.Topic{}, Text: "the name " + title(names[0]) + " stands on page 4 of the file"})
	taken := say("", recount.MemoBody{On: recount.Topic{Page: pageNamed(t, s, ferry)}, Text: "once with Ida " + secret()})
	if _, err := s.Retract(ctx, []string{taken}, "not so"); err != nil {
		t.Fatal(err)
	}
	say("as Peer "+secret()+" told", recount.TierBody{Speaker: called(), Tier: recount.Protected})
	say("", recount.MemoBody{On: recount.Topic{Page: pageNamed(t, s, fair)}, Text: "Dora knows Nils Stranger"})
	for _, text := range []string{"{{people}} spoke, among them " + title(names[0]) + ".", "{{people}} spoke."} { // a version of the report that is in use no more
		if err := os.WriteFile(filepath.Join(s.Dir, reportFile), []byte("---\nresults:\n  people:\n    count: all\n---\n\n"+text+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Report(ctx, Edition{}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Search(ctx, names[0], 10); err != nil {
		t.Fatal(err)
	}
	used := names[:next]
	if got := hiddenIn(t, s.Dir, used, forms); len(got) < len(used) {
		t.Fatalf("the study holds only %v", got)
	}
	people, err := s.Shown(ctx, "")
	if err != nil || len(people) != 1 {
		t.Fatal(people, err)
	}
	who := people[0].ID
	if _, err := s.MoveIntoVault(ctx, VaultMove{Person: who}); !errors.Is(err, recount.ErrNotFound) {
		t.Fatalf("without a vault: %v", err)
	}
	with := beginVault(t, s, apart)
	before, _, err := s.Count(ctx, Query{})
	if err != nil {
		t.Fatal(err)
	}
	plan, err := s.MoveIntoVault(ctx, VaultMove{Person: who})
	if err != nil {
		t.Fatal(err)
	}
	if got := hiddenIn(t, s.Dir, used, forms); len(got) < len(used) {
		t.Error("something was moved before it was said")
	}
	all := strings.ToLower(fmt.Sprint(plan.Words))
	for _, n := range used {
		if !strings.Contains(all, n) {
			t.Errorf("%s is not in the list: %v", n, plan.Words)
		}
	}
	if strings.Contains(all, "stranger") {
		t.Errorf("a note about somebody else is in the list: %v", plan.Words)
	}
	out, err := s.MoveIntoVault(ctx, VaultMove{Person: who, Save: true, Reason: "before the second round"})
	if err != nil {
		t.Fatal(err)
	}
	if len(out.Left) > 0 || out.Sealed != len(plan.Words) || out.Shown {
		t.Errorf("moved %+v; want %d", out, len(plan.Words))
	}
	exports := t.TempDir()
	look := func(when string) {
		t.Helper()
		var log, every, leaves bytes.Buffer
		if err := errors.Join(s.ExportLog(ctx, &log), s.Export(ctx, &every), s.ExportLeaves(ctx, &leaves)); err != nil {
			t.Fatal(err)
		}
		for name, b := range map[string]*bytes.Buffer{"log.jsonl": &log, "all.jsonl": &every, "leaves.jsonl": &leaves} {
			if err := os.WriteFile(filepath.Join(exports, name), b.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		for _, dir := range []string{s.Dir, exports, apart} {
			if got := hiddenIn(t, dir, used, forms); len(got) > 0 {
				t.Errorf("%s: %v", when, got)
			}
		}
	}
	look("while the study is open")
	if err := s.CopyTo(ctx, filepath.Join(exports, "copy")); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Report(ctx, Edition{}); err != nil {
		t.Fatal(err)
	}
	look("after a copy and a report")
	if x, err := s.Recheck(ctx, Recheck{}); err != nil || len(x.Problems) > 0 {
		t.Errorf("recheck: %v %+v", err, x.Problems)
	}
	after, _, err := s.Count(ctx, Query{})
	if err != nil || after.N != before.N || after.Range != before.Range {
		t.Errorf("counts %v; before %v (%v)", after, before, err)
	}
	// Under the id of before, which is that of an answer that is given again.
	p, err := s.Unseal(ctx, who, "to see", with)
	if err != nil {
		t.Fatal(err)
	}
	var opened []string
	for _, f := range p.Fields {
		opened = append(opened, f.Words)
	}
	for _, n := range used {
		if !strings.Contains(strings.ToLower(strings.Join(opened, "\n")), n) {
			t.Errorf("%s does not open: %q", n, opened)
		}
	}
	if got := w.whole(); got.Tier() != recount.Protected || len(got.Members) != 2 {
		t.Errorf("the person is %s in %d sources", got.Tier(), len(got.Members))
	}
	// Given again there is nothing to move, and the same words are refused.
	if again, err := s.MoveIntoVault(ctx, VaultMove{Person: who, Save: true}); err != nil || again.Sealed != 0 || again.Again != 0 {
		t.Errorf("given again: %+v, %v", again, err)
	}
	if _, err := s.Decide(ctx, By{}, casebook.Draft{Answer: recount.SpeakerBody{Answer: recount.Accepted, Speaker: ref}}); !errors.Is(err, recount.ErrConflict) {
		t.Errorf("the name was taken again: %v", err)
	}
}

// pageNamed is the page whose address ends so.
func pageNamed(t *testing.T, s *Study, end string) string {
	t.Helper()
	book, err := s.Casebook(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range book.Pages() {
		if strings.HasSuffix(p.Page(), end) {
			return p.Page()
		}
	}
	t.Fatalf("no page %s", end)
	return ""
}

// TestTamperedVault does to the file of keys, and to what is sealed, what somebody can
// who may write to both places and opens nothing: each is named, or the vault opens as
// before, to those whom the log names and to nobody else.
func TestTamperedVault(t *testing.T) {
	ctx := context.Background()
	s, id, with := sealedStudy(t)
	defer s.Close()
	people, err := s.Shown(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	other := people[slices.IndexFunc(people, func(p Shown) bool { return p.ID != id })].ID
	seal := func(s *Study, person, text string) {
		t.Helper()
		if _, err := s.Seal(ctx, person, vault.Words{What: recount.SealedName, Text: text}); err != nil {
			t.Fatal(err)
		}
	}
	read := func(path string) []byte {
		t.Helper()
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	seal(s, id, "first")
	older := read(s.opts.Keys)
	seal(s, other, "second")
	if _, err := s.RotateVault(ctx, recipientsOf(t, with.Files), with, "to begin anew"); err != nil {
		t.Fatal(err)
	}
	now := read(s.opts.Keys)
	elsewhere, stranger, _ := sealedStudy(t)
	defer elsewhere.Close()
	seal(elsewhere, stranger, "not here")
	eve, eves := filepath.Join(t.TempDir(), "eve"), filepath.Join(t.TempDir(), "eves")
	var hers []vault.Identity
	for _, path := range []string{eve, eves} {
		if _, err := vault.WriteIdentity(path, nil); err != nil {
			t.Fatal(err)
		}
		x, err := vault.ReadIdentities(path, s.Dir, with.Ask)
		if err != nil {
			t.Fatal(err)
		}
		hers = append(hers, x...)
	}
	changed := func(change func(k *vault.Keys)) []byte {
		t.Helper()
		k, err := vault.Parse(now)
		if err != nil {
			t.Fatal(err)
		}
		change(k)
		b, err := k.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	withEve := changed(func(k *vault.Keys) { k.Recipients = append(k.Recipients, recipientsOf(t, []string{eve})...) })
	instead := changed(func(k *vault.Keys) { // keys of the persons that eve wrapped, so that she opens what is sealed next
		own, err := vault.New(k.Study, recipientsOf(t, []string{eve, eves}), hers)
		if err != nil {
			t.Fatal(err)
		}
		for range k.Keys {
			if _, err := own.Add(); err != nil {
				t.Fatal(err)
			}
		}
		k.Keys = own.Keys
	})
	// Every way of having other bytes in the place of the file of keys.
	for _, tt := range []struct {
		name string
		file []byte // nil: none
	}{
		{"that of another study", read(elsewhere.opts.Keys)},
		{"cut in half", now[:len(now)/2]},
		{"without its last byte", now[:len(now)-1]},
		{"a byte more", append(slices.Clone(now), '\n')},
		{"empty", []byte{}},
		{"gone", nil},
		{"an older one", older},
		{"a recipient more", withEve},
		{"a recipient more, who is said to be proven", changed(func(k *vault.Keys) {
			k.Recipients = append(k.Recipients, recipientsOf(t, []string{eve})...)
			k.Recipients[len(k.Recipients)-1].Proven = true
		})},
		{"a recipient less", changed(func(k *vault.Keys) { k.Recipients = k.Recipients[:1] })},
		{"another key under a name", changed(func(k *vault.Keys) { k.Recipients[0].Key = recipientsOf(t, []string{eve})[0].Key })},
		{"two names of keys changed about", changed(func(k *vault.Keys) {
			k.Recipients[0].Name, k.Recipients[1].Name = k.Recipients[1].Name, k.Recipients[0].Name
		})},
		{"two persons' keys changed about", changed(func(k *vault.Keys) {
			k.Keys[0].Wrapped, k.Keys[1].Wrapped = k.Keys[1].Wrapped, k.Keys[0].Wrapped
		})},
		{"a person's key less", changed(func(k *vault.Keys) { k.Keys = k.Keys[1:] })},
		{"keys of somebody's own", instead},
		{"that of another study under this one's id", bytes.Replace(read(elsewhere.opts.Keys), []byte(elsewhere.ID), []byte(s.ID), 1)},
		{"the same said otherwise", bytes.Replace(now, []byte("{"), []byte("{ "), 1)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			defer os.WriteFile(s.opts.Keys, now, 0o600)
			os.Remove(s.opts.Keys)
			if tt.file != nil {
				if err := os.WriteFile(s.opts.Keys, tt.file, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			r, err := s.Recheck(ctx, Recheck{})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(r.Problems, func(p Problem) bool { return p.What == "vault" && p.Name == "file of keys" && p.Hint != "" }) {
				t.Errorf("recheck finds %+v", r.Problems)
			}
			if p, err := s.Unseal(ctx, id, "to see", with); err == nil {
				t.Errorf("it opens: %+v", p)
			}
			if _, err := s.Seal(ctx, id, vault.Words{What: recount.SealedNote, Text: "third"}); err == nil {
				t.Error("something is sealed to it")
			}
		})
	}
	// What is taken in as the file of a copy, where the own one is there and where it is lost.
	for _, tt := range []struct {
		name string
		file []byte
	}{
		{"that of another study", read(elsewhere.opts.Keys)},
		{"one with a recipient more", withEve},
		{"one that is cut", now[:len(now)/2]},
	} {
		for _, lost := range []bool{false, true} {
			t.Run(fmt.Sprintf("joined: %s, own one lost %v", tt.name, lost), func(t *testing.T) {
				defer os.WriteFile(s.opts.Keys, now, 0o600)
				if lost {
					os.Remove(s.opts.Keys)
				}
				path := filepath.Join(t.TempDir(), "copy")
				if err := os.WriteFile(path, tt.file, 0o600); err != nil {
					t.Fatal(err)
				}
				if _, n, err := s.JoinVault(ctx, path); err == nil || recount.HintOf(err) == "" {
					t.Errorf("%d keys are taken in, %v", n, err)
				}
			})
		}
	}
	// Keys of somebody's own under the recipients of the log are taken in as those of a
	// copy, and nothing is sealed to them; where the own file is lost, what they do not
	// open is named until a right copy is taken in.
	withHers := with
	withHers.Files = []string{eve, eves}
	path := filepath.Join(t.TempDir(), "copy")
	for _, lost := range []bool{false, true} {
		if lost {
			os.Remove(s.opts.Keys)
		}
		if err := os.WriteFile(path, instead, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.JoinVault(ctx, path); err != nil {
			t.Fatal(err)
		}
		if r, err := s.Recheck(ctx, Recheck{}); err != nil || lost != slices.ContainsFunc(r.Problems, func(p Problem) bool {
			return p.What == "vault" && strings.Contains(p.Text, "the key of this sealed field is not in the file of keys")
		}) {
			t.Errorf("with keys of somebody's own, the file lost %v: recheck finds %+v, %v", lost, r.Problems, err)
		}
		seal(s, other, "third")
		if p, err := s.Unseal(ctx, other, "to see", withHers); err == nil {
			t.Errorf("to somebody else it opens: %+v", p)
		}
		if err := os.WriteFile(path, now, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.JoinVault(ctx, path); err != nil {
			t.Fatal(err)
		}
		if p, err := s.Unseal(ctx, id, "to see", with); err != nil || p.Fields[0].Words != "first" {
			t.Errorf("in the end it opens to %+v, %v", p, err)
		}
	}
}
