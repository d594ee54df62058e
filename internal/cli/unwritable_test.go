package cli

import (
	"bytes"
	"crypto/ed25519"
	"encoding/pem"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"
)

// A deed is one way to call a verb.
type deed struct {
	verb string
	args []string // behind the verb
	out  string   // what it writes or makes; taken away after each run
}

// everyDeed calls each verb of the command line on a small study, except those
// that only talk to somebody else.
func everyDeed(t *testing.T, dir string) []deed {
	t.Helper()
	elsewhere := map[string]string{
		"serve": "says one line and serves: TestServe*", "open": "as serve", "assist": "asks a language model",
		"worker": "needs a queue in PostgreSQL: TestKilledWorkers", "watch": "asks feeds",
		"vault init": "begins once: vault.txtar", "vault move": "needs somebody who is protected and named: vault.txtar", "vault put": "reads what it seals: vault.txtar", "vault unseal": "needs a sealed field: vault.txtar",
	}
	tmp := t.TempDir()
	put := func(name, content string) string {
		path := filepath.Join(tmp, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	said := func(args ...string) string {
		code, out, errs := at(dir, args...)
		if code != exitDone {
			t.Fatalf("recount %v: %d %s%s", args, code, out, errs)
		}
		return out
	}
	said("scope", "--kind", "named", "--each", "yes", "--save")
	person := ""
	for line := range strings.Lines(said("people", "--csv", "-")) {
		person = strings.SplitN(line, ",", 2)[0]
	}
	speaker := strings.Fields(said("scope", "--all"))[0]
	memo := strings.Fields(said("decisions", "list", "--kind", "memo"))[0]
	exported := filepath.Join(tmp, "exported.jsonl")
	said("decisions", "export", exported)
	said("assign", "pier.html", "bob", "yes")
	ada, safe := filepath.Join(tmp, "ada.key"), filepath.Join(tmp, "safe.key")
	said("vault", "key", ada)
	said("vault", "key", safe)
	open := []string{"--recipient", "ada=" + ada, "--recipient", "safe=" + safe, "--identity", ada, "--identity", safe}
	said(append([]string{"vault", "init"}, open...)...)
	_, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	block, err := ssh.MarshalPrivateKey(private, "")
	if err != nil {
		t.Fatal(err)
	}
	key := put("key", string(pem.EncodeToMemory(block)))
	page := put("shed.html", "<html><title>The shed</title><body><article><p>\"The shed is open,\" said Berta Holm on Monday in Sandwick.</p><p>It was the third shed in two years that the council had built.</p></article></body></html>")
	articles := put("articles.jsonl", `{"id":"a","text":"\"The shed is open,\" said Berta Holm on Monday in Sandwick."}`+"\n"+`{"id":"b","text":"\"The shed is open,\" said Berta Holm on Monday in Sandwick."}`+"\n")
	names := put("names.jsonl", `{"name1":"Ana Rossi","name2":"A. Rossi"}`+"\n")
	mentions := put("mentions.jsonl", `{"doc":"a","local":"p1","mentions":[{"text":"Maria Holt","sent":0}]}`+"\n"+`{"doc":"b","local":"p1","mentions":[{"text":"Maria Holt","sent":0}]}`+"\n")
	picture := put("picture.png", "\x89PNG\r\n\x1a\n")
	corpus := filepath.Join(tmp, "corpus")
	if code, out, errs := at(dir, "corpus", "scan", articles, "--to", corpus); code == exitUsage {
		t.Fatalf("corpus scan: %s%s", out, errs)
	}
	new := func(name string) string { return filepath.Join(tmp, name) }
	deeds := []deed{
		{"demo", []string{new("order"), "--no-serve"}, new("order")},
		{"run", []string{page, "--study", new("ran")}, new("ran")},
		{"init", []string{new("made"), "--title", "x", "--question", "y"}, new("made")},
		{"add", []string{page}, ""},
		{"extract", nil, ""},
		{"attach", []string{"https://example.org/gone", picture}, ""},
		{"searches", nil, ""},
		{"versions", nil, ""},
		{"scope", nil, ""},
		{"link", nil, ""},
		{"code", nil, ""},
		{"type", []string{"pier.html", "--words", "It was the third time in two years", "--speaker", speaker}, ""},
		{"page", nil, ""},
		{"screen", nil, ""},
		{"owner", nil, ""},
		{"assign", nil, ""},
		{"codes", nil, ""},
		{"handout", []string{"bob", new("bob.zip")}, new("bob.zip")},
		{"takeback", []string{exported}, ""},
		{"memo", []string{"a thought"}, ""},
		{"note", []string{"who says so?"}, ""},
		{"agreement", nil, ""},
		{"people", []string{"--csv", "-"}, ""},
		{"speaker", []string{"pier.html", "Sandwick"}, ""},
		{"value", nil, ""},
		{"tier", nil, ""},
		{"aside", nil, ""},
		{"reprint", nil, ""},
		{"date", nil, ""},
		{"sample", nil, ""},
		{"count", nil, ""},
		{"count", []string{"--by", "month"}, ""},
		{"count", []string{"--csv", "-"}, ""},
		{"count", []string{"--rules"}, ""},
		{"figures", nil, ""},
		{"report", nil, ""},
		{"diff", []string{"2020-01-01"}, ""},
		{"disclosure", nil, ""},
		{"publish", nil, ""},
		{"vault list", nil, ""},
		{"vault key", []string{new("lee.key")}, new("lee.key")},
		{"vault prove", []string{"--identity", safe}, ""},
		{"vault rotate", append(slices.Clone(open), "--reason", "a year is over"), ""},
		{"vault join", []string{dir + ".keys"}, ""},
		{"remove", []string{person}, ""},
		{"recheck", nil, ""},
		{"check", []string{"61% of 58"}, ""},
		{"decisions list", nil, ""},
		{"decisions export", nil, ""},
		{"decisions import", []string{exported}, ""},
		{"decisions retract", []string{memo}, ""},
		{"decisions erase", []string{memo, "--reason", "a name"}, ""},
		{"decisions restore", []string{"study.yaml"}, ""},
		{"decisions sign", []string{"--key", key}, filepath.Join(dir, "allowed_signers")},
		{"decisions use", []string{"study.yaml"}, ""},
		{"decisions log", nil, ""},
		{"rebuild", nil, ""},
		{"export all", []string{"-"}, ""},
		{"export wacz", []string{new("a.wacz")}, new("a.wacz")},
		{"export sources", []string{new("a.bib")}, new("a.bib")},
		{"export result", []string{"people", new("result")}, new("result")},
		{"export tables", []string{new("tables")}, new("tables")},
		{"version", nil, ""},
		{"help", nil, ""},
		{"corpus scan", []string{articles, "--to", new("scanned")}, new("scanned")},
		{"corpus status", []string{corpus}, ""},
		{"corpus slice", []string{corpus, dir, "--all", "--dry-run"}, ""},
		{"text", []string{page}, ""},
		{"quotes", []string{articles}, ""},
		{"copies", []string{articles}, ""},
		{"origins", []string{articles, "--against", articles}, ""},
		{"propose", []string{mentions}, ""},
		{"match", []string{names}, ""},
	}
	for _, leaf := range model(t).Leaves(true) {
		verb := strings.TrimPrefix(leaf.FullPath(), "recount ")
		if elsewhere[verb] == "" && !slices.ContainsFunc(deeds, func(d deed) bool { return d.verb == verb }) {
			t.Errorf("recount %s stands in no table of what cannot be written", verb)
		}
	}
	return deeds
}

// run calls the verb on a study, its output to w.
func (d *deed) run(dir string, w io.Writer) (code int, errs string) {
	var said bytes.Buffer
	args := append([]string{"--study", dir, "-q"}, strings.Fields(d.verb)...)
	code = Main(append(args, d.args...), strings.NewReader(""), w, &said)
	if d.out != "" {
		os.RemoveAll(d.out)
	}
	return code, said.String()
}

// Output that cannot be written is an error for every verb, from the first byte
// to the last.
func TestUnwritableOutput(t *testing.T) {
	dir := smallStudy(t)
	silent := []string{"link", "owner", "value", "reprint"} // say nothing where there is nothing
	once := []string{"decisions retract", "decisions erase"}
	stable := []string{"scope", "page", "people", "count", "recheck", "check", "decisions list", "decisions export", "decisions log", "export all", "export sources", "export result", "export tables", "version", "help"}
	for _, d := range everyDeed(t, dir) {
		t.Run(strings.Join(append([]string{d.verb}, d.args...), " "), func(t *testing.T) {
			said := 1
			rooms := []int{0}
			if !slices.Contains(once, d.verb) {
				whole := &fullDisk{1 << 30}
				if code, errs := d.run(dir, whole); code == exitUsage {
					t.Fatalf("it fails by itself: %s", errs)
				}
				if said = 1<<30 - whole.left; said == 0 {
					if !slices.Contains(silent, d.verb) {
						t.Error("it says nothing")
					}
					return
				}
				last := 1 // what is said the second time may be shorter
				if slices.Contains(stable, d.verb) {
					last = said - 1
				}
				rooms = append(rooms, last)
			}
			for _, room := range rooms {
				code, errs := d.run(dir, &fullDisk{room})
				if code != exitUsage || !strings.Contains(errs, "could not be written") || !strings.Contains(errs, "\nhint: ") || strings.Count(errs, "\n") != 2 {
					t.Errorf("with room for %d of %d bytes: exit code %d\n%s", room, said, code, errs)
				}
			}
		})
	}
}

// A study that cannot be closed is an error for every verb that opened it: what
// closing saves is the checkpoint of the session.
func TestStudyThatCannotBeClosed(t *testing.T) {
	dir := smallStudy(t)
	outside := []string{"demo", "run", "init", "version", "help", "check", "corpus scan", "corpus status", "corpus slice", "text", "quotes", "copies", "origins", "propose", "match", "vault key"}
	deeds := everyDeed(t, dir)
	path := filepath.Join(dir, "checkpoints.txt")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(dir, "gone", "file"), path); err != nil {
		t.Skipf("SKIPPED: no links here: %v", err)
	}
	for _, d := range deeds {
		if slices.Contains(outside, d.verb) {
			continue
		}
		t.Run(strings.Join(append([]string{d.verb}, d.args...), " "), func(t *testing.T) {
			code, errs := d.run(dir, io.Discard)
			if code != exitUsage || !strings.Contains(errs, "keep a checkpoint") || strings.Count(errs, "\n") != 2 || !strings.Contains(errs, "\nhint: ") {
				t.Errorf("exit code %d\n%s", code, errs)
			}
		})
	}
}

// A study that lies where two machines can change it says so once, to whoever
// changes it, and not again until it lies elsewhere.
func TestSharedFolderIsSaidOnce(t *testing.T) {
	tmp := t.TempDir()
	say := func(args ...string) string {
		var out, errs bytes.Buffer
		if code := Main(args, strings.NewReader(""), &out, &errs); code != exitDone {
			t.Fatalf("recount %v: %d\n%s%s", args, code, out.String(), errs.String())
		}
		return errs.String()
	}
	for _, tt := range []struct{ folder, note string }{
		{"Dropbox", "note: the study lies in a folder that Dropbox synchronises"},
		{"OneDrive - Example University", "note: the study lies in a folder that OneDrive synchronises"},
		{"Nextcloud", "note: the study lies in a folder that Nextcloud synchronises"},
		{"work", ""},
	} {
		dir := filepath.Join(tmp, tt.folder, "study")
		if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
			t.Fatal(err)
		}
		said := say("--study", dir, "-q", "init", "--title", "x", "--question", "y") + say("--study", dir, "-q", "memo", "quietly")
		if said != "" {
			t.Errorf("%s: with --quiet it says %q", tt.folder, said)
		}
		said = say("--study", dir, "memo", "one")
		if !strings.HasPrefix(said, tt.note) || strings.Count(said, "\n") != min(1, len(tt.note)) {
			t.Errorf("%s: the first time it says %q", tt.folder, said)
		}
		if said = say("--study", dir, "memo", "two") + say("--study", dir, "recheck"); said != "" {
			t.Errorf("%s: it says again %q", tt.folder, said)
		}
	}
	moved := filepath.Join(tmp, "Seafile")
	if err := os.Rename(filepath.Join(tmp, "Dropbox"), moved); err != nil {
		t.Fatal(err)
	}
	if said := say("--study", filepath.Join(moved, "study"), "memo", "three"); !strings.Contains(said, "Seafile") {
		t.Errorf("moved into another such folder it says %q", said)
	}
}
