package sandbox

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"recount"
)

var (
	errClosed = errors.New("sandbox: the pool is closed")
	errLate   = errors.New("sandbox: no answer in time")
)

const (
	stderrKept = 8 << 10         // bytes of what a child says on its standard error, to tell why it ended
	graceful   = 2 * time.Second // for a child that closed its output to end by itself
)

// A child is one running process.
type child struct {
	cmd  *exec.Cmd
	in   io.WriteCloser
	pipe *os.File // its standard output
	out  *bufio.Reader
	said *head
	gone chan struct{} // closed when the process has ended
}

// start starts a child.
func start(o Options) (*child, error) {
	if len(o.Command) == 0 {
		return nil, fmt.Errorf("sandbox: no command: %w", recount.ErrInvalid)
	}
	cmd := exec.Command(o.Command[0], o.Command[1:]...)
	cmd.Env = environment()
	cmd.Dir = filepath.VolumeName(o.Command[0]) + string(filepath.Separator)
	cmd.WaitDelay = time.Second
	detach(cmd)
	c := &child{cmd: cmd, said: &head{}, gone: make(chan struct{})}
	cmd.Stderr = c.said
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("start a reader: %w", err)
	}
	// The pipe is our own: the one of StdoutPipe loses an answer that is not
	// read before the process ends.
	out, childs, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("start a reader: %w", err)
	}
	cmd.Stdout = childs
	c.in, c.pipe, c.out = in, out, bufio.NewReaderSize(out, 64<<10)
	begun := make(chan error, 1)
	go func() {
		// On Linux the child dies with the thread that started it; so that
		// thread is kept as long as the child.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		begun <- err
		if err == nil {
			_ = cmd.Wait() // the state tells more than the error
			close(c.gone)
		}
	}()
	err = <-begun
	childs.Close()
	if err != nil {
		out.Close()
		return nil, fmt.Errorf("start a reader: %w", err)
	}
	return c, nil
}

// environment is what a child inherits: where programs lie, and what the Go
// runtime needs.
func environment() []string {
	env := []string{"GOTRACEBACK=single", "GOMAXPROCS=2"}
	for _, name := range [...]string{"PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP", "TZ"} {
		if v, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+v)
		}
	}
	return env
}

// ask sends a call and waits for the reply, no longer than wall. After an
// error the child is of no further use.
func (c *child) ask(ctx context.Context, quit <-chan struct{}, q *call, wall time.Duration) (*reply, error) {
	type outcome struct {
		a   *reply
		err error
	}
	got := make(chan outcome, 1)
	go func() {
		err := q.write(c.in)
		if errors.Is(err, recount.ErrInvalid) {
			got <- outcome{nil, err}
			return
		}
		// A child that ended before it read everything may still have said why.
		a, err := readReply(c.out)
		got <- outcome{a, err}
	}()
	late := time.NewTimer(wall)
	defer late.Stop()
	select {
	case o := <-got:
		return o.a, o.err
	case <-late.C:
		return nil, errLate
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-quit:
		return nil, errClosed
	}
}

// end ends the child and says why it ended. A child that is ending is given
// the time to do so, so that its exit code is its own.
func (c *child) end(ending bool) childEnd {
	if ending {
		t := time.NewTimer(graceful)
		select {
		case <-c.gone:
		case <-t.C:
		}
		t.Stop()
	}
	byUs := false
	select {
	case <-c.gone:
	default:
		byUs = true
		kill(c.cmd)
	}
	c.in.Close()
	<-c.gone
	c.pipe.Close()
	e := childEnd{exit: c.cmd.ProcessState.ExitCode(), said: c.said.String()}
	switch {
	case e.exit == exitMemory, saysAny(e.said, "out of memory", "cannot allocate memory", "failed to create new OS thread"):
		e.cause = greedy
	case e.exit == exitTime:
		e.cause = slow
	case saysAny(e.said, "stack overflow", "stack exceeds"):
		e.cause = endless
	case e.exit == -1 && !byUs:
		e.cause = killed
	}
	return e
}

func saysAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// A childEnd is how a child came to its end.
type childEnd struct {
	cause cause
	exit  int    // -1 = by a signal
	said  string // the beginning of its standard error
}

// A cause is why a child ended.
type cause int

const (
	broke   cause = iota // it ended or answered nonsense
	slow                 // too much time
	greedy               // too much memory
	endless              // calls without end
	killed               // by the system or a person
)

func (c cause) String() string {
	return [...]string{"broke", "slow", "greedy", "endless", "killed"}[c]
}

// refusal is the error for the payload that ended a child.
func (e childEnd) refusal(cpu time.Duration, memory int64) error {
	var reason string
	switch e.cause {
	case slow:
		reason = "reading it took longer than " + strconv.FormatFloat(cpu.Seconds(), 'f', -1, 64) + " s"
	case greedy:
		reason = "reading it took more than " + strconv.FormatInt(memory>>20, 10) + " MB of memory"
	case endless:
		reason = "it is nested without end, or refers to itself"
	case killed:
		reason = "the system ended the program that read it, most likely for want of memory"
	default:
		reason = "the program that read it ended without an answer"
	}
	return recount.WithHint(fmt.Errorf("%s: %w", reason, recount.ErrRefused),
		"supply its text in another form: a saved page, plain text, or typed in with recount attach")
}

// A head keeps the beginning of what is written to it.
type head struct {
	mu sync.Mutex
	b  []byte
}

func (h *head) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if room := stderrKept - len(h.b); room > 0 {
		h.b = append(h.b, p[:min(room, len(p))]...)
	}
	return len(p), nil
}

func (h *head) String() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return string(h.b)
}
