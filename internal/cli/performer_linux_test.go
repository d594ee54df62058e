package cli

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
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

// newPerformer starts one, which ends with the test.
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
