package cli

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	_ "modernc.org/sqlite"
)

func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == child {
		os.Exit(Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	if os.Getenv(performs) != "" {
		perform(os.Stdin, os.Stdout)
		return
	}
	if len(os.Args) == 2 && os.Args[1] == keeps {
		if err := keepRunning(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe") == "recount" { // the program, as scripts call it
		os.Exit(Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(tests{m}.Run())
}

// times is how often a thing is tried every day, and by `make bars`.
func times(daily, bars int) int {
	if os.Getenv("RECOUNT_BARS") != "" {
		return bars
	}
	return daily
}

// tests run with a folder for the binary that they share.
type tests struct{ *testing.M }

func (t tests) Run() (code int) {
	var err error
	if builtIn, err = os.MkdirTemp("", "recount-test-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	defer os.RemoveAll(builtIn)
	if err := linkProgram(filepath.Join(builtIn, "bin")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	defer endKept()
	return t.M.Run()
}

// linkProgram puts this binary, by the name of the program, into a folder and the
// folder before all others where programs are looked for.
func linkProgram(bin string) error {
	exe, err := os.Executable()
	if err != nil {
		return err
	}
	if err := os.Mkdir(bin, 0o700); err != nil {
		return err
	}
	name := filepath.Join(bin, "recount"+filepath.Ext(exe))
	if filepath.Ext(exe) != ".exe" {
		name = filepath.Join(bin, "recount")
	}
	if os.Link(exe, name) != nil { // on another disk
		if err := copyProgram(name, exe); err != nil {
			return err
		}
	}
	return os.Setenv("PATH", bin+string(filepath.ListSeparator)+os.Getenv("PATH"))
}

// copyProgram copies a program piece by piece: what this process holds at most,
// the programs that it starts are said to have held too.
func copyProgram(to, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o700)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}

// The scripts are the examples of the manual. UPDATE=1 refreshes what they
// compare with.
func TestScripts(t *testing.T) {
	examples, err := filepath.Abs("../../examples/order")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           "testdata",
		UpdateScripts: os.Getenv("UPDATE") != "",
		Setup: func(e *testscript.Env) error {
			e.Setenv("ORDER", examples)
			e.Setenv("RECOUNT_TIME", "2026-01-31T12:00:00Z")
			e.Setenv("RECOUNT_AS", "")
			// A verb is a process of its own, and a third of what it costs to start is
			// that the collector looks through what it begins with.
			e.Setenv("GOGC", "off")
			e.Setenv("GOMEMLIMIT", "256MiB")
			surround(e)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "key": key, "flip": flip, "nest": nest, "zeros": zeros, "visit": visit, "newer": newer, "web": serveFolder, "signers": signers, "wrong": wrong, "crawl": crawl,
			"example": exampleOnce(t), "recount": recountVerb, "input": input,
		},
		Condition: func(cond string) (bool, error) {
			if cond == "superuser" { // may read everything
				return os.Geteuid() == 0, nil
			}
			return false, fmt.Errorf("no condition named %q", cond)
		},
	})
}

// exampleOnce returns the command example DIR, which lays the example study, as
// recount demo leaves it, into a new folder: it is made once and copied.
func exampleOnce(t *testing.T) func(*testscript.TestScript, bool, []string) {
	made := filepath.Join(t.TempDir(), "study")
	var once sync.Once
	var failed error
	return func(ts *testscript.TestScript, neg bool, args []string) {
		if neg || len(args) != 1 {
			ts.Fatalf("usage: example DIR")
		}
		once.Do(func() { failed = ts.Exec("recount", "demo", "-q", "--no-serve", made) })
		ts.Check(failed)
		ts.Check(os.CopyFS(ts.MkAbs(args[0]), os.DirFS(made)))
	}
}

// exits N COMMAND... runs a command that must end with exit code N.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits N COMMAND...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	if args[1] != "recount" {
		ts.Fatalf("exits runs recount alone")
	}
	if r := runVerb(ts, args[2:]); r.Code != want {
		ts.Fatalf("recount ended with exit code %d, want %d", r.Code, want)
	}
}

var digits = regexp.MustCompile(`\b[0-9a-f]{12}\b`)

// key NAME PATTERN sets $NAME to the first key on the first line of the last
// standard output that matches.
func key(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: key NAME PATTERN")
	}
	re, err := regexp.Compile(args[1])
	ts.Check(err)
	for _, line := range strings.Split(ts.ReadFile("stdout"), "\n") {
		if k := digits.FindString(line); k != "" && re.MatchString(line) {
			ts.Setenv(args[0], k)
			return
		}
	}
	ts.Fatalf("no line with a key matches %s", args[1])
}

// flip FILE [WORDS] changes one bit: of the first of WORDS in the file, or of
// the byte in its middle. FILE may be a pattern that fits one file.
func flip(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 || len(args) > 2 {
		ts.Fatalf("usage: flip FILE [WORDS]")
	}
	files, err := filepath.Glob(ts.MkAbs(args[0]))
	ts.Check(err)
	if len(files) != 1 {
		ts.Fatalf("%s fits %d files", args[0], len(files))
	}
	b, err := os.ReadFile(files[0])
	ts.Check(err)
	at := len(b) / 2
	if len(args) == 2 {
		if n := strings.Count(string(b), args[1]); n != 1 {
			ts.Fatalf("%q stands %d times in %s", args[1], n, args[0])
		}
		at = strings.Index(string(b), args[1])
	}
	b[at] ^= 1
	ts.Check(os.WriteFile(files[0], b, 0o600))
}

// wrong PATTERN COMMAND... runs a command that cannot be meant: it must end with
// exit code 2 and say one line that PATTERN fits, and a second what to do.
func wrong(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || args[1] != "recount" {
		ts.Fatalf("usage: wrong PATTERN recount ARGUMENT...")
	}
	r := runVerb(ts, args[2:])
	if r.Code != 2 {
		ts.Fatalf("recount ended with exit code %d, want 2", r.Code)
	}
	said := string(r.Err)
	lines := strings.Split(strings.TrimSuffix(said, "\n"), "\n")
	if len(lines) != 2 || !strings.HasPrefix(lines[0], "recount: ") || !strings.HasPrefix(lines[1], "hint: ") {
		ts.Fatalf("it says\n%s\nwant one line that says why and one what to do", said)
	}
	if ok, err := regexp.MatchString(args[0], said); err != nil || !ok {
		ts.Fatalf("it says\n%s\nwant %s: %v", said, args[0], err)
	}
}

// signers FILE NAME KEY says in FILE that the public key in KEY is NAME's.
func signers(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: signers FILE NAME KEY")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(args[1]+" "+ts.ReadFile(args[2])), 0o600))
}

// crawl FILE DIR writes the pages of a folder as a crawler would who found them
// at https://, their path below the folder.
func crawl(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: crawl FILE DIR")
	}
	var out bytes.Buffer
	dir := ts.MkAbs(args[1])
	ts.Check(filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		page, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		address := "https://" + filepath.ToSlash(strings.TrimPrefix(name, dir+string(filepath.Separator)))
		answer := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s", len(page), page)
		z := gzip.NewWriter(&out)
		fmt.Fprintf(z, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%x>\r\nWARC-Date: 2021-01-01T00:00:00Z\r\nWARC-Target-URI: %s\r\n"+
			"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", sha256.Sum256([]byte(address)), address, len(answer), answer)
		return z.Close()
	}))
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[0])), 0o700))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), out.Bytes(), 0o600))
}

// newer FILE makes a database say that a later recount wrote it.
func newer(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: newer FILE")
	}
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	defer db.Close()
	_, err = db.Exec("UPDATE schema_version SET version = version + 1, program = '99.0.0'")
	ts.Check(err)
}

// visit COMMAND... [-- COMMAND...] starts a server, fetches the page that it
// names, which follows its own words on the standard output, or runs the second
// command, and stops it as Ctrl-C does.
func visit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: visit COMMAND...")
	}
	var then []string
	if i := slices.Index(args, "--"); i > 0 {
		args, then = args[:i], args[i+1:]
	}
	c := exec.Command(args[0], args[1:]...)
	c.Dir = ts.MkAbs(".")
	out, err := c.StdoutPipe()
	ts.Check(err)
	ts.Check(c.Start())
	defer c.Process.Kill()
	address := "" // on the line "serving http://..."
	for lines := bufio.NewScanner(out); address == "" && lines.Scan(); {
		if f := strings.Fields(lines.Text()); len(f) > 1 && f[0] == "serving" {
			address = f[1]
			if then == nil {
				fmt.Fprintln(ts.Stdout(), lines.Text())
			}
		}
	}
	if address == "" {
		ts.Fatalf("%s says no address: %v", args[0], c.Wait())
	}
	if then != nil {
		ts.Check(ts.Exec(then[0], then[1:]...))
	} else {
		page, err := http.Get(address)
		ts.Check(err)
		_, err = io.Copy(ts.Stdout(), page.Body)
		page.Body.Close()
		ts.Check(err)
	}
	ts.Check(c.Process.Signal(os.Interrupt))
	ts.Check(c.Wait())
}

// nest FILE N writes a page whose paragraph lies N elements deep.
func nest(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: nest FILE N")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	page := "<html><body>" + strings.Repeat("<div>", n) + `<p>"It is dark down here," said Ada Stone.</p>` + strings.Repeat("</div>", n) + "</body></html>"
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(page), 0o600))
}

// zeros FILE writes a page with a NUL and bytes that are not UTF-8.
func zeros(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: zeros FILE")
	}
	page := "<html><head><title>The bridge</title></head><body><article><h1>The bridge</h1><p>\"The br\xff\xfeidge is \x00 closed for the winter,\" said Ada Stone.</p>" +
		"<p>The road stays open for those who walk, and the ferry goes twice a day from the northern pier.</p></article></body></html>"
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(page), 0o600))
}

// web DIR serves the files of a folder from this machine and puts the address
// into $WEB. What is in a file named FILE.header is sent before it, a status
// and header lines.
func serveFolder(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: web DIR")
	}
	dir := ts.MkAbs(args[0])
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := filepath.Join(dir, filepath.FromSlash(path.Clean("/"+r.URL.Path)))
		b, err := os.ReadFile(name)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		etag := fmt.Sprintf("%q", fmt.Sprintf("%x", sha256.Sum256(b))[:16])
		w.Header().Set("ETag", etag)
		if r.Header.Get("If-None-Match") == etag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		b = bytes.ReplaceAll(b, []byte("$WEB"), []byte("http://"+r.Host))
		status := http.StatusOK
		if head, err := os.ReadFile(name + ".header"); err == nil {
			for i, line := range strings.Split(strings.TrimSpace(string(head)), "\n") {
				if i == 0 {
					status, _ = strconv.Atoi(line)
				} else if k, v, ok := strings.Cut(line, ": "); ok {
					w.Header().Set(k, strings.ReplaceAll(v, "$WEB", "http://"+r.Host))
				}
			}
		}
		w.WriteHeader(status)
		w.Write(b)
	}))
	ts.Defer(srv.Close)
	ts.Setenv("WEB", srv.URL)
}
