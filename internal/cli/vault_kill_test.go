package cli

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const pageOfTheClerk = `<!DOCTYPE html><html lang="en"><head><title>Ferry stops at Sandwick</title>
<meta property="og:site_name" content="The Sandwick Post">
<meta property="article:published_time" content="2014-05-14T09:00:00Z">
<link rel="canonical" href="https://post.example/ferry"></head><body><article>
<h1>Ferry stops at Sandwick</h1>
<p>The ferry between Sandwick and the mainland stopped on Monday. The harbour was empty in the afternoon, and the ticket window stayed shut.</p>
<p>"We were told nothing at all about it," said Maria Holt. "I have sold tickets here for eleven years, and I left my post in April."</p>
</article></body></html>`

// TestVaultKilledAtAnyMoment kills the real binary while it begins the vault,
// seals, changes the recipients, takes a person out and moves words into the vault. The study can be opened
// after each, what was sealed before opens with the identity of one of the
// recipients, recheck finds nothing, the log names the recipients of the file of
// keys, and the verb, given again, ends.
func TestVaultKilledAtAnyMoment(t *testing.T) {
	moments := 2
	if os.Getenv("RECOUNT_BARS") != "" {
		moments = 25
	}
	exe := program(t)
	var at string
	run := func(in string, args ...string) (string, error) {
		cmd := exec.Command(exe, args...)
		cmd.Dir, cmd.Env, cmd.Stdin = filepath.Join(at, "s"), append(fixed, "RECOUNT_AS=ada"), strings.NewReader(in)
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	must := func(in string, args ...string) string {
		t.Helper()
		out, err := run(in, args...)
		if err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
		return out
	}
	base := t.TempDir()
	at = base
	if err := os.MkdirAll(filepath.Join(base, "pages"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(base, "pages", "a.html"), []byte(pageOfTheClerk), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(exe, "init", filepath.Join(base, "s"), "--title", "The ferry").CombinedOutput(); err != nil {
		t.Fatalf("init: %v\n%s", err, out)
	}
	must("", "add", "-q", "../pages")
	must("", "extract", "-q")
	speaker := ""
	for line := range strings.Lines(must("", "scope")) {
		if strings.Contains(line, "Maria Holt") {
			speaker = strings.Fields(line)[0]
		}
	}
	must("", "scope", speaker, "yes")
	person := strings.Fields(must("", "tier"))[0]
	must("", "tier", person, "protected")
	for _, name := range []string{"ada", "safe", "lee"} {
		must("", "vault", "key", "../"+name)
	}
	begin := []string{"vault", "init", "--recipient", "ada=../ada", "--recipient", "safe=../safe", "--identity", "../ada", "--identity", "../safe"}
	put := []string{"vault", "put", person, "name"}
	stages := []struct {
		name, in string
		args     []string
		before   func()
	}{
		{"init", "", begin, func() {}},
		{"put", "Second Name\n", put, func() { must("", begin...); must("Jonathan Realname\n", put...) }},
		{"rotate", "", []string{"vault", "rotate", "--recipient", "safe=../safe", "--recipient", "lee=../lee", "--identity", "../safe", "--identity", "../lee"}, nil},
		{"remove", "", []string{"remove", person, "--save", "--unlooked"}, nil},
		{"move", "", []string{"vault", "move", person, "--save"}, nil},
	}
	stages[2].before, stages[3].before = stages[1].before, stages[1].before
	stages[4].before = func() {
		must("", begin...)
		must("", "--no-names", "tier", person, "protected", "--reason", "her name is Frida Realname")
	}
	for _, st := range stages {
		t.Run(st.name, func(t *testing.T) {
			ready := t.TempDir()
			if err := os.CopyFS(ready, os.DirFS(base)); err != nil {
				t.Fatal(err)
			}
			for _, key := range []string{"ada", "safe", "lee"} {
				if err := os.Chmod(filepath.Join(ready, key), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			at = ready
			st.before()
			calm := t.TempDir()
			if err := os.CopyFS(calm, os.DirFS(ready)); err != nil {
				t.Fatal(err)
			}
			again := func(dir string) {
				at = dir
				for _, key := range []string{"ada", "safe", "lee"} {
					if err := os.Chmod(filepath.Join(dir, key), 0o600); err != nil {
						t.Fatal(err)
					}
				}
			}
			again(calm)
			began := time.Now()
			must(st.in, st.args...)
			whole := time.Since(began)
			cut := 0
			for n := range moments {
				dir := t.TempDir()
				if err := os.CopyFS(dir, os.DirFS(ready)); err != nil {
					t.Fatal(err)
				}
				again(dir)
				cmd := exec.Command(exe, st.args...)
				cmd.Dir, cmd.Env, cmd.Stdin = filepath.Join(dir, "s"), append(fixed, "RECOUNT_AS=ada"), bytes.NewReader([]byte(st.in))
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				time.Sleep(whole * time.Duration(n+1) / time.Duration(moments+1))
				cmd.Process.Kill()
				if cmd.Wait() != nil {
					cut++
				}
				listed, err := run("", "vault")
				if begun := err == nil; !begun && (st.name != "init" || !strings.Contains(listed, "no vault yet")) {
					t.Fatalf("kill %d of %s: recount vault: %v\n%s", n, st.name, err, listed)
				} else if begun && st.name != "remove" {
					// The log names who opens the file of keys, so a copy is taken in.
					must("", "vault", "join", "../s.keys")
				}
				if st.name == "put" || st.name == "rotate" {
					if out := must("", "vault", "unseal", person, "--reason", "to see", "--identity", "../safe"); !strings.Contains(out, "Jonathan Realname") {
						t.Fatalf("kill %d of %s: opened\n%s", n, st.name, out)
					}
				}
				if st.name == "move" { // it stands in the answer, or in the vault
					answers, sealed := must("", "decisions", "list", "--all"), must("", "vault")
					if open := strings.Contains(answers, "Realname"); open == strings.Contains(sealed, "  note  ") {
						t.Fatalf("kill %d of move: in the open %v\n%s\n%s", n, open, answers, sealed)
					}
				}
				if out, err := run(st.in, st.args...); err != nil && !strings.Contains(out, "the vault was begun already") && (st.name != "remove" || !strings.Contains(out, "not found")) {
					t.Fatalf("%s after kill %d: %v\n%s", st.name, n, err, out)
				}
				if st.name == "move" {
					if _, err := os.Stat(filepath.Join(dir, "s", ".removal")); err == nil {
						t.Fatalf("the move has not ended after kill %d", n)
					}
					if out := must("", "vault", "unseal", person, "--reason", "to see", "--identity", "../safe"); strings.Count(out, "Realname") != 1 {
						t.Fatalf("kill %d of move: opened\n%s", n, out)
					}
					for _, name := range []string{"study.db", "study.db-wal", "derived.db", "derived.db-wal"} {
						if b, err := os.ReadFile(filepath.Join(dir, "s", name)); err == nil && bytes.Contains(b, []byte("Realname")) {
							t.Fatalf("the name is in %s after kill %d", name, n)
						}
					}
				}
				if st.name == "remove" {
					if _, err := os.Stat(filepath.Join(dir, "s", ".removal")); err == nil {
						t.Fatalf("the removal has not ended after kill %d", n)
					}
					if out, _ := run("", "tier"); strings.Contains(out, "Maria Holt") {
						t.Fatalf("the person is left after kill %d\n%s", n, out)
					}
					if b, err := os.ReadFile(filepath.Join(dir, "s.keys")); err != nil || !bytes.Contains(b, []byte(`"keys": []`)) {
						t.Fatalf("a key is left after kill %d (%v)", n, err)
					}
				}
				if out := must("", "recheck"); !strings.Contains(out, "everything fits") {
					t.Fatalf("kill %d of %s: recheck\n%s", n, st.name, out)
				}
			}
			t.Logf("%s: %d of %d runs of about %v were killed", st.name, cut, moments, whole.Round(time.Millisecond))
		})
	}
}
