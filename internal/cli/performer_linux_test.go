package cli

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"io"
	mathrand "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// A performer is a process that runs one verb after another as the program
// would. Most of what a short verb costs is that its program starts and reads its
// tables, and a performer does so once. What is chosen by chance is the same for
// the same step, so that disks on which the same was done hold the same bytes.
type performer struct {
	cmd *exec.Cmd
	in  *json.Encoder
	out *json.Decoder
}

// A performance is one run of a verb, and what came of it.
type performance struct {
	Args []string
	Temp string // folder for temporary files
	At   string // where the disk is mounted
	Seed string

	Code      int
	Out, Errs string
	Holds     []string // files of the disk that are still open
}

// performs makes a process a performer.
const performs = "RECOUNT_TEST_PERFORMS"

// performer starts one, which ends with the test.
func newPerformer(t *testing.T) *performer {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &performer{cmd: exec.Command(exe)}
	p.cmd.Env = append(slices.Clone(fixed), performs+"=1")
	p.cmd.Stderr = os.Stderr
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	in, err := p.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p.in, p.out = json.NewEncoder(in), json.NewDecoder(out)
	t.Cleanup(p.end)
	return p
}

func (p *performer) end() {
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
}

// perform is what a performer does.
func perform(in io.Reader, out io.Writer) {
	tasks, results := json.NewDecoder(in), json.NewEncoder(out)
	for {
		var task performance
		if tasks.Decode(&task) != nil {
			return
		}
		os.Setenv("TMPDIR", task.Temp)
		rand.Reader = &seeded{source: mathrand.NewChaCha8(sha256.Sum256([]byte(task.Seed)))}
		var o, e bytes.Buffer
		task.Code = Main(task.Args, strings.NewReader(""), &o, &e)
		task.Out, task.Errs, task.Holds = o.String(), e.String(), heldUnder(task.At)
		if results.Encode(task) != nil {
			return
		}
	}
}

// seeded is a source of what is chosen by chance, for many.
type seeded struct {
	mu     sync.Mutex
	source io.Reader
}

func (s *seeded) Read(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.source.Read(b)
}

// heldUnder lists the files in a folder that this process has open.
func heldUnder(dir string) (held []string) {
	entries, _ := os.ReadDir("/proc/self/fd")
	for _, e := range entries {
		if to, err := os.Readlink(filepath.Join("/proc/self/fd", e.Name())); err == nil && strings.HasPrefix(to, dir+"/") {
			held = append(held, to)
		}
	}
	return held
}

// play is as the function play, with a fault. It reports whether the performer can
// go on: one that broke off, hangs or holds on to the disk cannot.
func (p *performer) play(t *testing.T, s *step, tree *node, fault func(e event) syscall.Errno) (end *ending, goesOn bool) {
	t.Helper()
	d := mount(t, tree)
	d.before = fault
	tmp := t.TempDir()
	hangs := time.AfterFunc(5*time.Minute, func() { _ = p.cmd.Process.Kill() })
	done := performance{Code: -1}
	task := performance{Args: append(slices.Clone(s.line), "--quiet", "--study", filepath.Join(d.at, "s")), Temp: tmp, At: d.at, Seed: s.name}
	if err := p.in.Encode(task); err == nil {
		_ = p.out.Decode(&done)
	}
	goesOn = hangs.Stop() && done.Code >= 0 && len(done.Holds) == 0
	if !goesOn {
		p.end()
	}
	d.unmount()
	return ended(t, d, tmp, &ending{code: done.Code, out: done.Out, errs: done.Errs}), goesOn
}
