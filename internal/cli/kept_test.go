package cli

import (
	"bytes"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// The scripts call some 1,700 verbs, and half of what a short verb costs is the
// start of its process. Every day a script's verbs are run by processes that are
// kept, one verb after the other, each with the folder, the environment and the
// input that a process of its own would get; `make bars` starts a process for each.

// keeps is the name by which the tests' binary is called to run verbs one after the other.
const keeps = "recount-test-keeps-running"

// A call is a verb with what surrounds it; a reply is what it said.
type call struct {
	Dir, Input string
	Env, Args  []string
}
type reply struct {
	Out, Err []byte
	Code     int
}

// keepRunning runs the verbs that come in until there are no more.
func keepRunning(in io.Reader, out io.Writer) error {
	calls, replies := gob.NewDecoder(in), gob.NewEncoder(out)
	for {
		var c call
		if err := calls.Decode(&c); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		os.Clearenv()
		for _, v := range c.Env {
			name, value, _ := strings.Cut(v, "=")
			if err := os.Setenv(name, value); err != nil {
				return err
			}
		}
		if err := os.Chdir(c.Dir); err != nil {
			return err
		}
		input, err := os.Open(c.Input)
		if err != nil {
			return err
		}
		var said, errs bytes.Buffer
		code := Main(c.Args, input, &said, &errs)
		input.Close()
		if err := replies.Encode(reply{said.Bytes(), errs.Bytes(), code}); err != nil {
			return err
		}
	}
}

// A kept process waits for its next verb.
type kept struct {
	cmd     *exec.Cmd
	in      io.WriteCloser
	calls   *gob.Encoder
	replies *gob.Decoder
	errs    bytes.Buffer
}

// keepers are the kept processes that have nothing to do.
var keepers struct {
	sync.Mutex
	idle []*kept
}

func newKept() (*kept, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, err
	}
	k := &kept{cmd: exec.Command(exe, keeps)}
	k.cmd.Env = append(os.Environ(), "GOGC=400")
	k.cmd.Stderr = &k.errs
	if k.in, err = k.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := k.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	k.calls, k.replies = gob.NewEncoder(k.in), gob.NewDecoder(out)
	return k, k.cmd.Start()
}

// do runs a verb. A process that fails to answer is not used again.
func (c call) do() (r reply, err error) {
	keepers.Lock()
	var k *kept
	if n := len(keepers.idle); n > 0 {
		k, keepers.idle = keepers.idle[n-1], keepers.idle[:n-1]
	}
	keepers.Unlock()
	if k == nil {
		if k, err = newKept(); err != nil {
			return r, err
		}
	}
	if err = k.calls.Encode(c); err == nil {
		err = k.replies.Decode(&r)
	}
	if err != nil {
		k.in.Close()
		err = errors.Join(err, k.cmd.Wait())
		return r, fmt.Errorf("recount %q: %w\n%s", c.Args, err, k.errs.String())
	}
	keepers.Lock()
	keepers.idle = append(keepers.idle, k)
	keepers.Unlock()
	return r, nil
}

// endKept ends the kept processes.
func endKept() {
	keepers.Lock()
	defer keepers.Unlock()
	for _, k := range keepers.idle {
		k.in.Close()
		k.cmd.Wait()
	}
	keepers.idle = nil
}

// A surrounding is what the verbs of one script run in.
type surrounding struct {
	names []string // of the environment
	input string   // of the next verb
}

var environment = regexp.MustCompile(`(?m)^env (\w+)=`)

// surround gives a script its surrounding.
func surround(e *testscript.Env) {
	s := &surrounding{input: os.DevNull}
	for _, v := range e.Vars {
		name, _, _ := strings.Cut(v, "=")
		s.names = append(s.names, name)
	}
	e.Values[keeps] = s
}

// setByScripts names what a script sets in its environment.
var setByScripts = sync.OnceValues(func() (names []string, err error) {
	files, err := filepath.Glob("testdata/*.txtar")
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			return nil, err
		}
		for _, m := range environment.FindAllSubmatch(b, -1) {
			names = append(names, string(m[1]))
		}
	}
	slices.Sort(names)
	return slices.Compact(names), err
})

// input FILE is what the next verb reads.
func input(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: input FILE")
	}
	ts.Value(keeps).(*surrounding).input = ts.MkAbs(args[0])
}

// runVerb runs recount as a script says, writes what it says, and returns it with the exit code.
func runVerb(ts *testscript.TestScript, args []string) reply {
	s := ts.Value(keeps).(*surrounding)
	c := call{Dir: ts.MkAbs("."), Input: s.input, Args: args}
	s.input = os.DevNull
	set, err := setByScripts()
	ts.Check(err)
	for _, name := range s.names {
		c.Env = append(c.Env, name+"="+ts.Getenv(name))
	}
	for _, name := range set {
		if v := ts.Getenv(name); v != "" && !slices.Contains(s.names, name) {
			c.Env = append(c.Env, name+"="+v)
		}
	}
	do := call.do
	if os.Getenv("RECOUNT_BARS") != "" {
		do = call.alone
	}
	r, err := do(c)
	ts.Check(err)
	_, err = ts.Stdout().Write(r.Out)
	ts.Check(err)
	_, err = ts.Stderr().Write(r.Err)
	ts.Check(err)
	return r
}

// alone runs a verb in a process of its own.
func (c call) alone() (r reply, err error) {
	cmd := exec.Command(filepath.Join(builtIn, "bin", "recount"), c.Args...)
	cmd.Dir, cmd.Env = c.Dir, c.Env
	in, err := os.Open(c.Input)
	if err != nil {
		return r, err
	}
	defer in.Close()
	var out, errs bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = in, &out, &errs
	err = cmd.Run()
	if exit := new(exec.ExitError); errors.As(err, &exit) {
		r.Code, err = exit.ExitCode(), nil
	}
	r.Out, r.Err = out.Bytes(), errs.Bytes()
	return r, err
}

// recountVerb is the command recount of a script.
func recountVerb(ts *testscript.TestScript, neg bool, args []string) {
	if r := runVerb(ts, args); (r.Code != 0) != neg {
		ts.Fatalf("recount ended with exit code %d", r.Code)
	}
}

// A verb in a kept process gets the folder, the environment and the input of its
// own call and nothing of the one before, and says what a process of its own says.
func TestKeptProcesses(t *testing.T) {
	t.Cleanup(endKept)
	one, two := t.TempDir(), t.TempDir()
	pages := filepath.Join(one, "answers.jsonl")
	if err := os.WriteFile(pages, []byte(`{"text":"“The pier is closed,” said Ada Stone."}`+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	env := func(more ...string) []string { return append([]string{"PATH=" + os.Getenv("PATH")}, more...) }
	for _, c := range []call{
		{one, os.DevNull, env("RECOUNT_TIME=2026-01-31T12:00:00Z"), []string{"init", "--title", "T", "study"}},
		{one, os.DevNull, env("RECOUNT_TIME=yesterday"), []string{"count", "--study", "study"}},
		{one, os.DevNull, env(), []string{"count", "--study", "study"}},
		{two, os.DevNull, env(), []string{"count", "--study", "study"}},
		{two, pages, env(), []string{"quotes"}},
		{two, os.DevNull, env(), []string{"quotes"}},
		{two, os.DevNull, env(), []string{"nothing", "of", "the", "kind"}},
		{two, os.DevNull, env(), []string{"--help"}},
	} {
		got, err := c.do()
		if err != nil {
			t.Fatal(err)
		}
		if c.Args[0] == "init" {
			if err := os.RemoveAll(filepath.Join(one, "study")); err != nil {
				t.Fatal(err)
			}
		}
		want, err := c.alone()
		if err != nil {
			t.Fatal(err)
		}
		if got.Code != want.Code || !bytes.Equal(got.Out, want.Out) || !bytes.Equal(got.Err, want.Err) {
			t.Errorf("recount %q in a kept process: %d\n%s%s\nin its own: %d\n%s%s", c.Args, got.Code, got.Out, got.Err, want.Code, want.Out, want.Err)
		}
		t.Logf("recount %q: %d\n%.200s%.200s", c.Args, got.Code, got.Out, got.Err)
	}
}
