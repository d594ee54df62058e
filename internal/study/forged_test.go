package study_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha512"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	seeded "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

// A work is a study with decisions by ada and bob, and everything in it as
// decisions, to forge from.
type work struct {
	dir string
	all []recount.Decision
	of  map[recount.Kind][]recount.Decision
}

func newWork(t *testing.T) *work {
	t.Helper()
	ctx := context.Background()
	w := &work{dir: unpack(t, "testdata/older/study-3.tar.gz"), of: map[recount.Kind][]recount.Decision{}}
	for _, who := range []string{"ada", "bob"} {
		s := openStudy(t, w.dir, who)
		if _, err := s.Decide(ctx, study.By{}, casebook.Draft{Answer: recount.MemoBody{Text: "thought by " + who}}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Report(ctx, study.Edition{}); err != nil {
			t.Fatal(err)
		}
		closed(t, s)
	}
	s := openStudy(t, w.dir, "ada")
	defer closed(t, s)
	var b bytes.Buffer
	if _, err := s.ExportDecisions(ctx, &b); err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(b.Bytes()) {
		var d recount.Decision
		if err := json.Unmarshal(line, &d); err != nil {
			t.Fatal(err)
		}
		w.all = append(w.all, d)
		w.of[d.Kind] = append(w.of[d.Kind], d)
	}
	return w
}

// forge makes a decision that is whole by every hash.
func (w *work) forge(t *testing.T, kind recount.Kind, actor string, replaces []string, body any) recount.Decision {
	t.Helper()
	d, err := recount.Seal(recount.Draft{Kind: kind, Study: w.all[0].Study, Actor: actor, Time: at(), Salt: strings.Repeat("f00d", 8), Replaces: replaces, Body: body})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// reseal makes a changed header whole again.
func reseal(t *testing.T, d recount.Decision) recount.Decision {
	t.Helper()
	var err error
	if d.Erasable != nil {
		if d.Commitment, err = d.Erasable.Commit(); err != nil {
			t.Fatal(err)
		}
	}
	if d.ID, err = d.Sum(); err != nil {
		t.Fatal(err)
	}
	return d
}

// backwards puts ids in the order in which none of recount's are.
func backwards(ids ...string) []string {
	slices.Sort(ids)
	slices.Reverse(ids)
	return ids
}

func file(t *testing.T, ds ...recount.Decision) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, d := range ds {
		line, err := d.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	return b.Bytes()
}

// take imports a file and returns the error, and whether the study is another
// after it.
func (w *work) take(t *testing.T, data []byte, c study.Consent) (changed bool, err error) {
	t.Helper()
	ctx := context.Background()
	dir := copyFolder(t, w.dir)
	s := openStudy(t, dir, "ada")
	defer closed(t, s)
	var before, after bytes.Buffer
	if err := s.ExportLeaves(ctx, &before); err != nil {
		t.Fatal(err)
	}
	_, err = s.ImportDecisions(ctx, bytes.NewReader(data), c)
	if err := s.ExportLeaves(ctx, &after); err != nil {
		t.Fatal(err)
	}
	return !bytes.Equal(before.Bytes(), after.Bytes()), err
}

// Files of decisions that somebody forged, with every hash as it must be: none
// is taken in silence.
func TestForgedDecisionsAreRefused(t *testing.T) {
	w := newWork(t)
	scope := w.of[recount.KindScope]
	if len(scope) == 0 {
		scope = w.of[recount.KindCriterion]
	}
	var studyYAML, codebook recount.Decision
	for _, d := range w.of[recount.KindFile] {
		a, err := d.Decode()
		if err != nil {
			t.Fatal(err)
		}
		switch a.(recount.FileBody).Name {
		case "study.yaml":
			studyYAML = d
		case "codebook.yaml":
			codebook = d
		}
	}
	content := func(d recount.Decision) string {
		a, err := d.Decode()
		if err != nil {
			t.Fatal(err)
		}
		return a.(recount.FileBody).Content
	}
	fileBody := func(name, text string) recount.FileBody {
		return recount.FileBody{Name: name, Hash: recount.HashText(text), Content: text}
	}
	victim := scope[0]
	removal := w.forge(t, recount.KindRemove, "eve", nil, recount.RemoveBody{What: "decision", ID: victim.ID})
	removal.Base = []string{victim.ID}
	removal = reseal(t, removal)
	twin := victim
	twin.Erasable = nil
	with := func(change func(d *recount.Decision)) recount.Decision {
		d := victim
		e := *victim.Erasable
		d.Erasable = &e
		change(&d)
		return reseal(t, d)
	}
	later := "2999-01-01T00:00:00Z"
	memo := func(change func(d *recount.Decision)) []byte {
		d := w.forge(t, recount.KindMemo, "ada", nil, recount.MemoBody{Text: "a thought"})
		change(&d)
		return file(t, reseal(t, d))
	}
	place := func(spans string) []byte {
		return file(t, with(func(d *recount.Decision) {
			var b map[string]any
			if err := json.Unmarshal(d.Erasable.Body, &b); err != nil {
				t.Fatal(err)
			}
			b["speaker"].(map[string]any)["at"].(map[string]any)["spans"] = json.RawMessage(spans)
			var err error
			if d.Erasable.Body, err = json.Marshal(b); err != nil {
				t.Fatal(err)
			}
		}))
	}
	tests := []struct {
		name string
		file []byte // those from "an answer that is missing" on cannot be meant, whoever vouches for them
	}{
		{"a retraction in another's name takes a person out", file(t, w.forge(t, recount.KindRetract, victim.Actor, []string{victim.ID}, recount.RetractBody{}))},
		{"an answer in another's name that replaces", file(t, with(func(d *recount.Decision) { d.Replaces = []string{victim.ID}; d.Time = later }))},
		{"an answer in another's name beside the others", file(t, w.forge(t, recount.KindMemo, "bob", nil, recount.MemoBody{Text: "not by bob"}))},
		{"an answer in the name of who imports", file(t, w.forge(t, recount.KindMemo, "ada", nil, recount.MemoBody{Text: "not by ada"}))},
		{"an answer by somebody nobody knows", file(t, w.forge(t, recount.KindMemo, "eve", nil, recount.MemoBody{Text: "hello"}))},
		{"an answer by init", file(t, w.forge(t, recount.KindMemo, recount.DefaultActor, nil, recount.MemoBody{Text: "x"}))},
		{"a rule by init", file(t, w.forge(t, recount.KindRule, recount.DefaultActor, nil, recount.RuleBody{Rule: recount.FoldReprints, On: false, Standing: true}))},
		{"a study file that makes eve an adjudicator", file(t, w.forge(t, recount.KindFile, "eve", []string{studyYAML.ID}, fileBody("study.yaml", content(studyYAML)+"\nadjudicators: [eve]\n")))},
		{"the same by a later time alone", file(t, func() recount.Decision {
			d := w.forge(t, recount.KindFile, "eve", nil, fileBody("study.yaml", content(studyYAML)+"\nadjudicators: [eve]\n"))
			d.Time = later
			return reseal(t, d)
		}())},
		{"another codebook", file(t, w.forge(t, recount.KindFile, codebook.Actor, []string{codebook.ID}, fileBody("codebook.yaml", strings.Replace(content(codebook), "short:", "short: not", 1))))},
		{"a study file taken back", file(t, w.forge(t, recount.KindRetract, studyYAML.Actor, []string{studyYAML.ID}, recount.RetractBody{}))},
		{"an erasure in another's name", file(t, twin, removal)},
		{"an answer that is missing", file(t, twin)},
		{"an answer with another content under the old id", func() []byte {
			return bytes.Replace(file(t, victim), []byte(`"reason":"`), []byte(`"reason":"not `), 1)
		}()},
		{"another time under the old id", bytes.Replace(file(t, victim), []byte(victim.Time), []byte(later), 1)},
		{"a time that is none", file(t, with(func(d *recount.Decision) { d.Time = "soon" }))},
		{"a time in another zone", file(t, with(func(d *recount.Decision) { d.Time = "2026-01-31T12:00:00+02:00" }))},
		{"no actor", file(t, with(func(d *recount.Decision) { d.Actor = "" }))},
		{"an actor with a mark that turns the line", file(t, with(func(d *recount.Decision) { d.Actor = "ad\u202ea" }))},
		{"an actor of 10,000 letters", file(t, with(func(d *recount.Decision) { d.Actor = strings.Repeat("a", 10_000) }))},
		{"a kind that nobody knows", file(t, with(func(d *recount.Decision) { d.Kind = "verdict" }))},
		{"a later version of the form", file(t, with(func(d *recount.Decision) { d.V = 2 }))},
		{"an earlier version of the form", file(t, with(func(d *recount.Decision) { d.V = 0 }))},
		{"an answer that its question does not have", file(t, with(func(d *recount.Decision) {
			d.Erasable.Body = json.RawMessage(strings.Replace(string(d.Erasable.Body), `"answer":"`, `"answer":"perhaps`, 1))
		}))},
		{"a field that nobody knows", file(t, with(func(d *recount.Decision) {
			d.Erasable.Body = json.RawMessage(`{"also":1,` + string(d.Erasable.Body[1:]))
		}))},
		{"a body of another kind", file(t, with(func(d *recount.Decision) { d.Kind = recount.KindDate }))},
		{"a person who is herself", file(t, func() recount.Decision {
			d := w.of[recount.KindLink]
			if len(d) == 0 {
				t.Fatal("the study has no link")
			}
			a, err := d[0].Decode()
			if err != nil {
				t.Fatal(err)
			}
			b := a.(recount.LinkBody)
			b.B = b.A
			return w.forge(t, recount.KindLink, "ada", nil, b)
		}())},
		{"a day that no calendar has", file(t, w.forge(t, recount.KindDate, "ada", nil, recount.DateBody{Page: "p", Published: "2014-02-31"}))},
		{"a decision that names itself", file(t, func() recount.Decision {
			d := w.forge(t, recount.KindMemo, "ada", nil, recount.MemoBody{Text: "me"})
			d.Replaces = []string{d.ID} // which changes its id again
			return d
		}())},
		{"the decisions of another study", file(t, with(func(d *recount.Decision) { d.Study = "another" }))},
		{"a checkpoint that is none", append(file(t, victim), []byte(`{"checkpoint":{"log":"x","root":"y","size":1}}`+"\n")...)},
		{"a signature that is none", append(file(t, victim), []byte(`{"signature":{"decision":"x","key":"y","text":"z"}}`+"\n")...)},
		{"a person whom init put in", file(t, with(func(d *recount.Decision) { d.Actor = recount.DefaultActor }))},
		{"a memo by init, vouched for", memo(func(d *recount.Decision) { d.Actor = recount.DefaultActor })},
		{"an actor of one blank", memo(func(d *recount.Decision) { d.Actor = "\u00a0" })},
		{"an actor of two lines", memo(func(d *recount.Decision) { d.Actor = "ada\nbob" })},
		{"an actor that a terminal acts on", memo(func(d *recount.Decision) { d.Actor = "ada\x1b[2J" })},
		{"an actor with a letter of no width", memo(func(d *recount.Decision) { d.Actor = "ad\u200ba" })},
		{"a round of two lines", memo(func(d *recount.Decision) { d.Round = "calibration\n1" })},
		{"a round that turns the line", memo(func(d *recount.Decision) { d.Round = "a\u202eb" })},
		{"a round of 10,000 letters", memo(func(d *recount.Decision) { d.Round = strings.Repeat("a", 10_000) })},
		{"a group of two lines", memo(func(d *recount.Decision) { d.Group = "a\nb" })},
		{"a group of 10,000 letters", memo(func(d *recount.Decision) { d.Group = strings.Repeat("a", 10_000) })},
		{"a program that a terminal acts on", memo(func(d *recount.Decision) { d.Program = "recount \x1b[2J" })},
		{"no program", memo(func(d *recount.Decision) { d.Program = "" })},
		{"a program that is no version", memo(func(d *recount.Decision) { d.Program = "another program" })},
		{"a kind in capitals", memo(func(d *recount.Decision) { d.Kind = "Memo" })},
		{"no kind", memo(func(d *recount.Decision) { d.Kind = "" })},
		{"no study", memo(func(d *recount.Decision) { d.Study = "" })},
		{"a study with a blank behind it", memo(func(d *recount.Decision) { d.Study += " " })},
		{"no time", memo(func(d *recount.Decision) { d.Time = "" })},
		{"the year 0000", memo(func(d *recount.Decision) { d.Time = "0000-01-01T00:00:00Z" })},
		{"the year 10000", memo(func(d *recount.Decision) { d.Time = "10000-01-01T00:00:00Z" })},
		{"a day that no month has", memo(func(d *recount.Decision) { d.Time = "2026-02-30T12:00:00Z" })},
		{"half a second", memo(func(d *recount.Decision) { d.Time = "2026-01-30T12:00:00.5Z" })},
		{"a reason with a byte of no text", memo(func(d *recount.Decision) { d.Erasable.Reason = "a\x00b" })},
		{"no salt", memo(func(d *recount.Decision) { d.Erasable.Salt = "" })},
		{"a salt that is no number", memo(func(d *recount.Decision) { d.Erasable.Salt = "salt of the sea and of the earth!" })},
		{"a base out of order", memo(func(d *recount.Decision) { d.Base = backwards(w.all[0].ID, w.all[1].ID) })},
		{"a base twice", memo(func(d *recount.Decision) { d.Base = []string{victim.ID, victim.ID} })},
		{"a base in capitals", memo(func(d *recount.Decision) { d.Base = []string{strings.ToUpper(victim.ID)} })},
		{"it takes back what is no decision", memo(func(d *recount.Decision) { d.Replaces = []string{"the first"} })},
		{"a retraction of nothing", file(t, w.forge(t, recount.KindRetract, "ada", nil, recount.RetractBody{}))},
		{"keys as a study file", file(t, w.forge(t, recount.KindFile, "ada", nil, fileBody("allowed_signers", "eve ssh-ed25519 AAAA\n")))},
		{"a file outside the study", file(t, w.forge(t, recount.KindFile, "ada", nil, fileBody("../study.yaml", "title: x\n")))},
		{"a file with the hash of another", file(t, w.forge(t, recount.KindFile, "ada", nil, recount.FileBody{Name: "report.md", Hash: recount.HashText("y"), Content: "x"}))},
		{"a memo of nothing", memo(func(d *recount.Decision) { d.Erasable.Body = json.RawMessage(`{"text":""}`) })},
		{"a memo that is a list", memo(func(d *recount.Decision) { d.Erasable.Body = json.RawMessage(`[]`) })},
		{"a page of the year 0000", file(t, w.forge(t, recount.KindDate, "ada", nil, recount.DateBody{Page: "p", Published: "0000-01-01"}))},
		{"a place before its page", place(`[[-5,-1]]`)},
		{"a place that ends before it begins", place(`[[482,472]]`)},
		{"a place that is nowhere", place(`[]`)},
	}
	hopeless := false
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			changed, err := w.take(t, tt.file, study.Consent{})
			if err == nil || changed || recount.HintOf(err) == "" {
				t.Errorf("ImportDecisions = %v, hint %q; the study changed: %v; want it refused whole", err, recount.HintOf(err), changed)
			}
			if hopeless = hopeless || tt.name == "an answer that is missing"; hopeless {
				if changed, err := w.take(t, tt.file, study.Consent{Trusted: true}); err == nil || changed {
					t.Errorf("vouched for, ImportDecisions = %v; the study changed: %v", err, changed)
				}
			}
		})
	}
	t.Logf("%d forged files, 0 taken in silence", len(tests))

	// Whoever is accepted decided nothing that is still to come.
	tomorrow := memo(func(d *recount.Decision) { d.Time = later })
	if changed, err := w.take(t, tomorrow, study.Consent{People: []string{"ada"}}); !errors.Is(err, recount.ErrConflict) || changed {
		t.Errorf("ada's decision of %.4s: %v, changed %v", later, err, changed)
	}
	// What is known already asks for no consent, and what was accepted is taken.
	if changed, err := w.take(t, file(t, w.all...), study.Consent{}); err != nil || changed {
		t.Errorf("importing again what is there: %v, changed %v", err, changed)
	}
	hello := file(t, w.forge(t, recount.KindMemo, "eve", nil, recount.MemoBody{Text: "hello"}))
	if changed, err := w.take(t, hello, study.Consent{People: []string{"bob"}}); !errors.Is(err, recount.ErrConflict) || changed {
		t.Errorf("accepting somebody else: %v, changed %v", err, changed)
	}
	if changed, err := w.take(t, hello, study.Consent{People: []string{"eve"}}); err != nil || !changed {
		t.Errorf("accepting eve: %v, changed %v", err, changed)
	}
	// Accepting who wrote it does not accept the study file, and the other way
	// round.
	other := file(t, w.forge(t, recount.KindFile, "eve", []string{studyYAML.ID}, fileBody("study.yaml", content(studyYAML)+"\nadjudicators: [eve]\n")))
	for _, c := range []study.Consent{{People: []string{"eve"}}, {Files: []string{"study.yaml"}}} {
		if changed, err := w.take(t, other, c); !errors.Is(err, recount.ErrConflict) || changed {
			t.Errorf("consent %v: %v, changed %v", c, err, changed)
		}
	}
	if changed, err := w.take(t, other, study.Consent{People: []string{"eve"}, Files: []string{"study.yaml"}}); err != nil || !changed {
		t.Errorf("with both: %v, changed %v", err, changed)
	}
}

// Fifty files made by changing real decisions at random and making every hash
// fit again: none is taken in silence.
func TestGeneratedForgeriesAreRefused(t *testing.T) {
	w := newWork(t)
	rnd := seeded.New(seeded.NewPCG(16, 50))
	actors := []string{"ada", "bob", "eve", "init", "analyst", "ad\u200ba", ""}
	const files = 50
	for n := 0; n < files; {
		d := w.all[rnd.IntN(len(w.all))]
		if d.Erasable == nil {
			continue
		}
		e := *d.Erasable
		d.Erasable = &e
		for range 1 + rnd.IntN(3) {
			switch rnd.IntN(8) {
			case 0:
				d.Actor = actors[rnd.IntN(len(actors))]
			case 1:
				d.Time = time.Date(1970+rnd.IntN(100), 1, 1+rnd.IntN(28), 0, 0, 0, 0, time.UTC).Format(time.RFC3339)
			case 2:
				d.Replaces = append(slices.Clone(d.Replaces), w.all[rnd.IntN(len(w.all))].ID)
			case 3:
				d.Base = append(slices.Clone(d.Base), w.all[rnd.IntN(len(w.all))].ID)
			case 4:
				d.Round = []string{"", "calibration 1", "second"}[rnd.IntN(3)]
			case 5:
				d.Kind = w.all[rnd.IntN(len(w.all))].Kind
			case 6:
				d.Erasable.Body = w.all[rnd.IntN(len(w.all))].Erasable.Body
			case 7:
				d.Erasable.Salt += "0"
			}
		}
		d = reseal(t, d)
		if slices.ContainsFunc(w.all, func(x recount.Decision) bool { return x.ID == d.ID }) {
			continue // nothing was changed
		}
		n++
		changed, err := w.take(t, file(t, d), study.Consent{})
		if err == nil || changed || recount.HintOf(err) == "" {
			t.Errorf("file %d (%s by %q): %v, changed %v", n, d.Kind, d.Actor, err, changed)
		}
	}
}

// keys makes an SSH key as ssh-keygen would and returns the files of it.
func keys(t *testing.T, name string) (private, public string) {
	t.Helper()
	pub, priv, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	block, err := ssh.MarshalPrivateKey(priv, name)
	if err != nil {
		t.Fatal(err)
	}
	private = filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(private, pem.EncodeToMemory(block), 0o600); err != nil {
		t.Fatal(err)
	}
	k, err := ssh.NewPublicKey(pub)
	if err != nil {
		t.Fatal(err)
	}
	return private, strings.TrimSpace(string(ssh.MarshalAuthorizedKey(k)))
}

// Work that is signed by a known key of who did it is taken without a word of
// consent; another's key, a signature of another decision or none is not.
func TestSignedWork(t *testing.T) {
	ctx := context.Background()
	w := newWork(t)
	adaKey, adaPublic := keys(t, "ada")
	eveKey, evePublic := keys(t, "eve")

	// Bob's copy of the study, with ada's work of today.
	theirs := copyFolder(t, w.dir)
	s := openStudy(t, theirs, "ada")
	if _, err := s.Decide(ctx, study.By{}, casebook.Draft{Answer: recount.MemoBody{Text: "the pier was empty"}}); err != nil {
		t.Fatal(err)
	}
	if n, key, err := s.Sign(ctx, adaKey, nil); err != nil || n == 0 || !strings.HasPrefix(key, "SHA256:") {
		t.Fatalf("Sign = %d, %s, %v", n, key, err)
	}
	if n, _, err := s.Sign(ctx, adaKey, nil); err != nil || n != 0 {
		t.Errorf("signing again signs %d, %v", n, err)
	}
	if _, _, err := s.Sign(ctx, adaKey, []string{w.of[recount.KindMemo][0].ID, w.of[recount.KindMemo][1].ID}); err == nil {
		t.Errorf("ada signs what bob decided")
	}
	var signed, bare bytes.Buffer
	if err := s.ExportLog(ctx, &signed); err != nil {
		t.Fatal(err)
	}
	if _, err := s.ExportDecisions(ctx, &bare); err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	other := copyFolder(t, theirs)
	s = openStudy(t, other, "ada")
	if _, _, err := s.Sign(ctx, eveKey, nil); err != nil {
		t.Fatal(err)
	}
	closed(t, s)

	old := newRSAKey(t)
	signers := func(lines ...string) *work {
		x := *w
		x.dir = copyFolder(t, w.dir)
		if err := os.WriteFile(filepath.Join(x.dir, "allowed_signers"), []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		return &x
	}
	tests := []struct {
		name  string
		known *work
		file  []byte
		taken bool
	}{
		{"signed by ada's key", signers("ada " + adaPublic), signed.Bytes(), true},
		{"one of several names of the key", signers("# team", `"Ada Berg",ada `+adaPublic+" ada@example"), signed.Bytes(), true},
		{"for this use alone", signers(`ada namespaces="decision@recount" ` + adaPublic), signed.Bytes(), true},
		{"no keys are known", w, signed.Bytes(), false},
		{"a key of bob", signers("bob " + adaPublic), signed.Bytes(), false},
		{"another key of ada", signers("ada " + evePublic), signed.Bytes(), false},
		{"without the signatures", signers("ada " + adaPublic), bare.Bytes(), false},
		{"for another use", signers(`ada namespaces="git" ` + adaPublic), signed.Bytes(), false},
		{"a list that is broken", signers("ada ssh-ed25519 AAAA"), signed.Bytes(), false},
		{"a signature of another decision", signers("ada " + adaPublic), moveSignature(t, signed.Bytes()), false},
		{"by another key than it says", signers("ada "+adaPublic, "ada "+evePublic), bytes.ReplaceAll(signed.Bytes(), []byte(`"key":"`+adaPublic), []byte(`"key":"`+evePublic)), false},
		{"by a key of RSA", signers("ada " + old.public), old.signs(t, bare.Bytes(), "decision@recount", ssh.KeyAlgoRSASHA512), true},
		{"by it, with SHA-1", signers("ada " + old.public), old.signs(t, bare.Bytes(), "decision@recount", ssh.KeyAlgoRSA), false},
		{"by it, for something else", signers("ada " + old.public), old.signs(t, bare.Bytes(), "git", ssh.KeyAlgoRSASHA512), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			changed, err := tt.known.take(t, tt.file, study.Consent{})
			if tt.taken != (err == nil) || changed != tt.taken {
				t.Errorf("ImportDecisions = %v, changed %v; want it taken: %v", err, changed, tt.taken)
			}
		})
	}
	// Who signed is shown, and a recheck sets every signature beside its decision.
	x := signers("ada " + adaPublic)
	s = openStudy(t, x.dir, "ada")
	defer closed(t, s)
	in, err := s.ImportDecisions(ctx, bytes.NewReader(signed.Bytes()), study.Consent{})
	if err != nil || len(in.Whose) != 1 || in.Whose[0].Actor != "ada" || in.Whose[0].Signed != in.Whose[0].New {
		t.Errorf("ImportDecisions = %+v, %v", in, err)
	}
	list, _, err := s.Decisions(ctx, study.Chosen{By: "ada", Kind: "memo"})
	if err != nil || len(list) == 0 || !strings.HasPrefix(list[len(list)-1].Signed, "by SHA256:") {
		t.Errorf("Decisions = %+v, %v", list, err)
	}
	if r, err := s.Recheck(ctx, study.Recheck{}); err != nil || len(r.Problems) > 0 || r.Signed == 0 {
		t.Errorf("Recheck = %+v, %v", r, err)
	}
}

// An rsaKey is a key of RSA, which can sign with SHA-1 too.
type rsaKey struct {
	ssh.AlgorithmSigner
	public string
}

func newRSAKey(t *testing.T) rsaKey {
	t.Helper()
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	s, err := ssh.NewSignerFromKey(k)
	if err != nil {
		t.Fatal(err)
	}
	return rsaKey{s.(ssh.AlgorithmSigner), strings.TrimSpace(string(ssh.MarshalAuthorizedKey(s.PublicKey())))}
}

// signs puts a signature by k behind each decision of a file, as PROTOCOL.sshsig of
// OpenSSH says.
func (k rsaKey) signs(t *testing.T, data []byte, namespace, algorithm string) []byte {
	t.Helper()
	magic := [6]byte{'S', 'S', 'H', 'S', 'I', 'G'}
	var out []byte
	for line := range bytes.Lines(data) {
		out = append(out, line...)
		var d struct{ ID, Actor string }
		if json.Unmarshal(line, &d) != nil || d.ID == "" {
			continue
		}
		sum := sha512.Sum512([]byte(d.ID + "\n"))
		sig, err := k.SignWithAlgorithm(rand.Reader, ssh.Marshal(struct {
			Magic                          [6]byte
			Namespace, Reserved, Hash, Sum string
		}{magic, namespace, "", "sha512", string(sum[:])}), algorithm)
		if err != nil {
			t.Fatal(err)
		}
		blob := ssh.Marshal(struct {
			Magic                                     [6]byte
			Version                                   uint32
			Key, Namespace, Reserved, Hash, Signature string
		}{magic, 1, string(k.PublicKey().Marshal()), namespace, "", "sha512", string(ssh.Marshal(*sig))})
		text, err := json.Marshal(string(pem.EncodeToMemory(&pem.Block{Type: "SSH SIGNATURE", Bytes: blob})))
		if err != nil {
			t.Fatal(err)
		}
		out = fmt.Appendf(out, `{"signature":{"decision":%q,"key":%q,"text":%s}}`+"\n", d.ID, k.public, text)
	}
	return out
}

// moveSignature puts each signature beside another decision.
func moveSignature(t *testing.T, data []byte) []byte {
	t.Helper()
	var ids []string
	for line := range bytes.Lines(data) {
		var x struct{ Signature *struct{ Decision string } }
		if json.Unmarshal(line, &x) == nil && x.Signature != nil {
			ids = append(ids, x.Signature.Decision)
		}
	}
	if len(ids) < 2 {
		t.Fatalf("%d signatures", len(ids))
	}
	lines := bytes.SplitAfter(data, []byte("\n"))
	for i, line := range lines {
		if bytes.HasPrefix(line, []byte(`{"signature"`)) {
			lines[i] = bytes.Replace(line, []byte(ids[0]), []byte(ids[1]), 1)
			break
		}
	}
	return bytes.Join(lines, nil)
}

// What recount signs, ssh-keygen verifies, and the other way round.
func TestSignaturesAreThoseOfOpenSSH(t *testing.T) {
	if _, err := exec.LookPath("ssh-keygen"); err != nil {
		t.Skip("no ssh-keygen on this machine")
	}
	ctx := context.Background()
	w := newWork(t)
	private, public := keys(t, "ada")
	signersFile := filepath.Join(t.TempDir(), "signers")
	if err := os.WriteFile(signersFile, []byte("ada "+public+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := copyFolder(t, w.dir)
	s := openStudy(t, dir, "ada")
	if _, _, err := s.Sign(ctx, private, nil); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := s.ExportLog(ctx, &b); err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	seen := 0
	for line := range bytes.Lines(b.Bytes()) {
		var x struct {
			Signature *struct{ Decision, Key, Text string }
		}
		if json.Unmarshal(line, &x) != nil || x.Signature == nil {
			continue
		}
		seen++
		armored := filepath.Join(t.TempDir(), "sig")
		if err := os.WriteFile(armored, []byte(x.Signature.Text), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("ssh-keygen", "-Y", "verify", "-f", signersFile, "-I", "ada", "-n", "decision@recount", "-s", armored)
		cmd.Stdin = strings.NewReader(x.Signature.Decision + "\n")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("ssh-keygen -Y verify: %v\n%s", err, out)
		}
		// Signed by ssh-keygen, the same decision is taken.
		cmd = exec.Command("ssh-keygen", "-Y", "sign", "-f", private, "-n", "decision@recount")
		cmd.Stdin = strings.NewReader(x.Signature.Decision + "\n")
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(string(out))
		if err != nil {
			t.Fatal(err)
		}
		line := fmt.Sprintf(`{"signature":{"decision":%q,"key":%q,"text":%s}}`+"\n", x.Signature.Decision, x.Signature.Key, text)
		if _, err := w.take(t, append(file(t, w.all...), line...), study.Consent{}); err != nil {
			t.Errorf("a signature by ssh-keygen: %v", err)
		}
		break
	}
	if seen == 0 {
		t.Error("nothing was signed")
	}
	// The list of the decisions, by its digest.
	b.Reset()
	s = openStudy(t, dir, "ada")
	if err := s.ExportSignedLog(ctx, &b, private); err != nil {
		t.Fatal(err)
	}
	closed(t, s)
	var end struct {
		Signed struct{ Digest, Key, Text string }
	}
	data := b.String()
	line := data[strings.LastIndex(strings.TrimSuffix(data, "\n"), "\n")+1:]
	if err := json.Unmarshal([]byte(line), &end); err != nil {
		t.Fatal(err)
	}
	armored := filepath.Join(t.TempDir(), "sig")
	if err := os.WriteFile(armored, []byte(end.Signed.Text), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("ssh-keygen", "-Y", "verify", "-f", signersFile, "-I", "ada", "-n", "list@recount", "-s", armored)
	cmd.Stdin = strings.NewReader(end.Signed.Digest + "\n")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("ssh-keygen -Y verify of a list: %v\n%s", err, out)
	}
	cmd = exec.Command("ssh-keygen", "-Y", "sign", "-f", private, "-n", "list@recount")
	cmd.Stdin = strings.NewReader(end.Signed.Digest + "\n")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(string(out))
	if err != nil {
		t.Fatal(err)
	}
	to := copyFolder(t, dir)
	if err := os.WriteFile(filepath.Join(to, "allowed_signers"), []byte("ada "+public+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s = openStudy(t, to, "ada")
	defer closed(t, s)
	byHand := strings.TrimSuffix(data, line) + fmt.Sprintf(`{"signed":{"digest":%q,"key":%q,"text":%s}}`+"\n", end.Signed.Digest, end.Signed.Key, text)
	if x, err := s.ImportDecisions(ctx, strings.NewReader(byHand), study.Consent{ListedBy: "ada"}); err != nil || !slices.Equal(x.Listed, []string{"ada"}) {
		t.Errorf("a list that ssh-keygen signed: %+v, %v", x, err)
	}
}

// A removal of a page that was never here is listed, and of one that is still here,
// though another copy took it out; one of what can be no page is refused.
func TestRemovalOfWhatWasNeverHere(t *testing.T) {
	w := newWork(t)
	s := openStudy(t, w.dir, "ada")
	defer closed(t, s)
	pages, err := s.Captures(t.Context())
	if err != nil || len(pages) == 0 {
		t.Fatal(err)
	}
	key := string(pages[0].Key)
	const refused, away, here, nothing = "refused", "it takes out a capture that is not in this study", "took it out in another copy", ""
	for _, tt := range []struct{ what, id, told string }{
		{"capture", "x", refused}, {"capture", "", refused}, {"capture", strings.Repeat("ab", 32), refused}, {"capture", key[:12], refused}, {"capture", key + " ", refused},
		{"capture", strings.ToUpper(key), refused}, {"capture", pages[0].Hash, refused}, {"capture", pages[0].Name, refused}, {"capture", "\x1b[2J", refused}, {"capture", strings.Repeat("g", 32), refused},
		{"decision", "x", refused}, {"decision", strings.Repeat("ab", 32), refused}, {"page", key, refused}, {"key", "\x1b[2J", refused}, {"person", "a\nb", refused},
		{"capture", strings.Repeat("ab", 16), away}, {"capture", strings.Repeat("0", 32), away}, {"key", "x", nothing}, {"person", "0123456789ab", nothing}, {"capture", key, here},
	} {
		var b bytes.Buffer
		b.Write(file(t, w.forge(t, recount.KindRemove, "eve", nil, recount.RemoveBody{What: tt.what, ID: tt.id})))
		in, err := s.ImportDecisions(t.Context(), &b, study.Consent{People: []string{"eve"}})
		if err != nil || tt.told == refused {
			if tt.told != refused || !errors.Is(err, recount.ErrInvalid) || recount.HintOf(err) == "" {
				t.Errorf("%s %q: %v, want %q", tt.what, tt.id, err, tt.told)
			}
			continue
		}
		for _, words := range []string{away, here} {
			told := slices.ContainsFunc(in.Findings, func(f recount.Finding) bool { return strings.Contains(f.Text, words) })
			if told != (words == tt.told) {
				t.Errorf("%s %q: %q is told: %v", tt.what, tt.id, words, told)
			}
		}
	}
	// As long as it is here, the study is not as its decisions say.
	x, err := s.Recheck(t.Context(), study.Recheck{})
	if err != nil || !slices.ContainsFunc(x.Problems, func(p study.Problem) bool {
		return p.Name == pages[0].Name && strings.Contains(p.Text, here) && p.Hint != ""
	}) {
		t.Errorf("a page that was taken out elsewhere and is still here: %+v, %v", x, err)
	}
}

// Of a removal in another copy an import takes the decisions alone: it names each
// page that is still here, and so does recheck, until the person is taken out here too.
func TestRemovalInAnotherCopyIsSaid(t *testing.T) {
	w := newWork(t)
	ctx := t.Context()
	there := openStudy(t, copyFolder(t, w.dir), "ada")
	defer closed(t, there)
	people, _, err := there.Persons(ctx)
	if err != nil || len(people) == 0 {
		t.Fatal(people, err)
	}
	gone, err := there.Remove(ctx, study.Removal{Person: people[0].ID, Save: true})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := there.ExportDecisions(ctx, &b); err != nil {
		t.Fatal(err)
	}
	s := openStudy(t, copyFolder(t, w.dir), "bob")
	defer closed(t, s)
	pages := func(findings []recount.Finding) (n int) {
		for _, f := range findings {
			if strings.Contains(f.Text, "is still here") {
				n++
			}
		}
		return n
	}
	in, err := s.ImportDecisions(ctx, &b, study.Consent{Trusted: true})
	if err != nil || gone.Captures == 0 || pages(in.Findings) != gone.Captures {
		t.Fatalf("an import of a removal of %d pages: %+v, %v", gone.Captures, in, err)
	}
	problems := func() (n int) {
		x, err := s.Recheck(ctx, study.Recheck{})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range x.Problems {
			if strings.Contains(p.Text, "is still here") {
				n++
			} else {
				t.Errorf("recheck: %+v", p)
			}
		}
		return n
	}
	if n := problems(); n != gone.Captures {
		t.Errorf("recheck names %d pages that are still here, want %d", n, gone.Captures)
	}
	var by string // one of the decisions that took them out
	for _, f := range in.Findings {
		if strings.Contains(f.Text, "is still here") {
			by = f.Decisions[0]
		}
	}
	here, err := s.Remove(ctx, study.Removal{Person: by[:12], Save: true})
	if err != nil || here.Captures != gone.Captures || here.Pages != gone.Pages {
		t.Errorf("Remove(%.12s) = %+v, %v; want the %d pages of then", by, here, err, gone.Pages)
	}
	if n := problems(); n != 0 {
		t.Errorf("recheck names %d pages after the person was taken out here too", n)
	}
}
