//go:build !windows

package cli

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// canaryNames are 20 names that stand on no page.
func canaryNames() (out []string) {
	for i := range 20 {
		out = append(out, fmt.Sprintf("Geheim%cuvra%cim", 'a'+i, 'z'-i))
	}
	return out
}

// canariesIn lists those of the names that bytes hold, unpacked.
func canariesIn(t *testing.T, names []string, b []byte) (out []string) {
	t.Helper()
	small := bytes.ToLower(b)
	for _, n := range names {
		if bytes.Contains(small, []byte(strings.ToLower(n))) {
			out = append(out, n)
		}
	}
	if z, err := zip.NewReader(bytes.NewReader(b), int64(len(b))); err == nil {
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			inner, err := io.ReadAll(r)
			r.Close()
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, canariesIn(t, names, inner)...)
		}
	}
	return out
}

// TestNothingOfTheVaultLeaves seals 20 names about a protected person of the example
// and looks for them in everything that leaves: each file of a public edition and of
// every report, each answer of the workbench with its headers, which no browser may
// keep, the files of the study, and the image of a process that holds one and is
// killed.
func TestNothingOfTheVaultLeaves(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: the program is not built")
	}
	exe, base := program(t), t.TempDir()
	dir, names := filepath.Join(base, "order"), canaryNames()
	run := func(in string, args ...string) string {
		t.Helper()
		cmd := exec.Command(exe, args...)
		cmd.Dir, cmd.Env, cmd.Stdin = base, append(os.Environ(), "RECOUNT_TIME=2026-01-31T12:00:00Z", "RECOUNT_AS=ada", "RECOUNT_STUDY="), strings.NewReader(in)
		out, err := cmd.CombinedOutput()
		if e, ok := err.(*exec.ExitError); err != nil && (!ok || e.ExitCode() != 1) {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
		return string(out)
	}
	run("", "demo", "-q", "--no-serve", dir)
	in := func(args ...string) []string { return append([]string{"--study", dir}, args...) }
	person := ""
	for line := range strings.Lines(run("", in("tier")...)) {
		if strings.Contains(line, "protected") {
			person = strings.Fields(line)[0]
		}
	}
	run("", "vault", "key", "ada.key")
	run("", "vault", "key", "lee.key")
	run("", in("vault", "init", "--recipient", "ada=ada.key", "--recipient", "lee=lee.key", "--identity", "ada.key", "--identity", "lee.key")...)
	for i, n := range names {
		run(n+"\n", in("vault", "put", person, []string{"name", "alias", "contact", "note", "evidence"}[i%5])...)
	}
	if out := run("", in("vault", "unseal", person, "--reason", "to see", "--identity", "lee.key")...); len(canariesIn(t, names, []byte(out))) != len(names) {
		t.Fatalf("what opens is\n%s", out)
	}
	run("", in("publish", "--apply", "all", "--identity", "lee.key", "edition")...)
	for _, standard := range []string{"", "pile", "sources", "result"} {
		args := in("report")
		if standard != "" {
			args = append(args, "--standard", standard)
		}
		cmd := exec.Command(exe, args...)
		cmd.Dir, cmd.Env = base, fixed
		_, _ = cmd.CombinedOutput() // not every standard report can be made of the example
	}
	run("", in("export", "tables", "tables")...)
	files := 0
	look := func(root string) {
		t.Helper()
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b, err := os.ReadFile(path)
			if got := canariesIn(t, names, append(b, filepath.Base(path)...)); len(got) > 0 {
				t.Errorf("%s holds %v", path, got)
			}
			files++
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, part := range []string{"edition", "order", "tables", "order.keys"} {
		look(filepath.Join(base, part))
	}
	if _, err := os.Stat(filepath.Join(base, "edition", "report.docx")); err != nil {
		t.Errorf("the edition was not written: %v", err)
	}
	// The control: what was written down is found.
	if err := os.WriteFile(filepath.Join(base, "control"), []byte("of "+names[7]), 0o600); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(filepath.Join(base, "control")); err != nil || len(canariesIn(t, names, b)) != 1 {
		t.Error("a name that stands in a file is not found")
	}

	answers := askEverything(t, exe, dir, func(what string, b []byte, h http.Header) {
		var head bytes.Buffer
		_ = h.Write(&head)
		if got := canariesIn(t, names, append(head.Bytes(), b...)); len(got) > 0 {
			t.Errorf("%s holds %v", what, got)
		}
		if c := h.Get("Cache-Control"); !strings.Contains(c, "no-store") && !strings.HasPrefix(what, "/static/") {
			t.Errorf("%s may be kept by a browser: %q", what, c)
		}
	})
	t.Logf("%d files and %d answers hold none of %d names", files, answers, len(names))

	// A process that holds a name in memory and ends badly leaves no image of it.
	pattern, err := os.ReadFile("/proc/sys/kernel/core_pattern")
	if err != nil || !regexp.MustCompile(`^core(\.%p)?\s*$`).Match(pattern) {
		t.Logf("images of processes are not written to their folder here (%q), so none was looked for", pattern)
		return
	}
	dumped := func(args ...string) bool {
		t.Helper()
		at := t.TempDir()
		line := "ulimit -c unlimited; exec \"$0\" \"$@\""
		cmd := exec.Command("sh", append([]string{"-c", line, exe}, args...)...)
		cmd.Dir, cmd.Env = at, append(os.Environ(), "RECOUNT_AS=ada", "GOTRACEBACK=crash")
		pipe, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// What is written is read before the process is stopped: the pipe takes more
		// than it holds only once it is.
		if _, err := pipe.Write(append([]byte(names[0]+"\n"), bytes.Repeat([]byte(" \n"), 1<<16)...)); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Process.Signal(syscall.SIGABRT)
		_ = cmd.Wait()
		found, err := filepath.Glob(filepath.Join(at, "core*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			if b, err := os.ReadFile(f); err == nil && len(canariesIn(t, names, b)) > 0 {
				return true
			}
		}
		return false
	}
	if dumped("--study", dir, "vault", "put", person, "note") {
		t.Error("the image of a process that was killed holds a sealed name")
	}
	if !dumped("quotes") {
		t.Log("no image is written of any process here, so that of the vault says nothing")
	}
}

// askEverything serves a study, asks every address that a browser does, and hands out each
// answer.
func askEverything(t *testing.T, exe, dir string, each func(what string, b []byte, h http.Header)) (n int) {
	t.Helper()
	cmd := exec.Command(exe, "serve", dir, "--addr", "127.0.0.1:0", "--as", "ada")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || len(strings.Fields(line)) < 2 {
		t.Fatalf("serve printed %q, %v", line, err)
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	r := &reviewer{base: strings.Fields(line)[1], client: &http.Client{Jar: jar}}
	get := func(path string) []byte {
		t.Helper()
		req, err := http.NewRequest("GET", strings.TrimSuffix(r.base, "/")+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		w, err := r.client.Do(req)
		if err != nil {
			t.Fatalf("GET %s: %v", path, err)
		}
		defer w.Body.Close()
		b, err := io.ReadAll(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		each(path, b, w.Header)
		n++
		return b
	}
	var described struct {
		Paths map[string]map[string]any `json:"paths"`
	}
	b, err := os.ReadFile("../../docs/api/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &described); err != nil {
		t.Fatal(err)
	}
	var session any
	if code, err := r.ask("GET", "/session", nil, &session); err != nil || code != http.StatusOK {
		t.Fatalf("session %d, %v", code, err)
	}
	keys := regexp.MustCompile(`"(?:id|key)":"([0-9a-f]{16,64})"`)
	ids := map[string][]string{}
	for list, of := range map[string]string{"/api/v1/articles": "key", "/api/v1/people": "id"} {
		for _, m := range keys.FindAllSubmatch(get(list), -1) {
			if len(ids[of]) < 40 {
				ids[of] = append(ids[of], string(m[1]))
			}
		}
	}
	if len(ids["key"]) == 0 || len(ids["id"]) == 0 {
		t.Fatal("there are no articles or no people")
	}
	var paths []string
	for p, methods := range described.Paths {
		if methods["get"] != nil && !strings.HasSuffix(p, "/events") {
			paths = append(paths, p)
		}
	}
	slices.Sort(paths)
	for _, p := range paths {
		switch {
		case strings.Contains(p, "{key}"):
			for _, k := range ids["key"][:3] {
				get(strings.ReplaceAll(p, "{key}", k))
			}
		case strings.HasSuffix(p, "/people/{id}"):
			for _, k := range ids["id"] {
				get(strings.ReplaceAll(p, "{id}", k))
			}
		case strings.HasSuffix(p, "/files/{name}"):
			for _, f := range []string{"study.yaml", "codebook.yaml", "report.md"} {
				get(strings.ReplaceAll(p, "{name}", f))
			}
		default:
			get(regexp.MustCompile(`\{[^}]*\}`).ReplaceAllString(p, "people"))
		}
	}
	for _, p := range []string{"/api/v1/search?q=geheim", "/", "/people", "/publish", "/history", "/articles", "/nothing"} {
		get(p)
	}
	return n
}
