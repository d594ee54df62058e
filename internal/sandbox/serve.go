package sandbox

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
	"time"

	"recount/internal/parallel"
)

// The exit codes by which a child says why it ended itself.
const (
	exitMemory = 80
	exitTime   = 81
)

const (
	watchEvery = 10 * time.Millisecond
	stackLimit = 64 << 20 // bytes of one goroutine; a reader that calls itself without end reaches it quickly
	tidyAbove  = 48 << 20 // bytes in use after a call above which memory is given back before the next
	garbage    = 100      // per cent of what is in use that may be garbage
)

// Do is a reader as a child calls it: kind names what to do.
type Do func(kind string, options, payload []byte) ([]byte, error)

// Serve is the child's side: it reads calls from r, lets do answer them and
// writes the answers to w, until r ends. It takes limits on memory and time
// over the whole process with the first call, so it is for a process of its
// own. do must not write to w.
func Serve(r io.Reader, w io.Writer, do Do) error {
	debug.SetMaxStack(stackLimit)
	debug.SetGCPercent(garbage)
	in := bufio.NewReaderSize(r, 64<<10)
	var watch *watchdog
	for {
		c, err := readCall(in)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if watch == nil {
			watch = &watchdog{}
			if c.most > 0 {
				limitProcess(c.most)
			}
			go watch.run()
		}
		watch.begin(c.cpu, c.memory)
		a := answer(do, c)
		watch.end()
		c.payload = nil
		if err := a.write(w); err != nil {
			return err
		}
		if a.outcome == panicked {
			return fmt.Errorf("sandbox: the reader panicked: %s", a.body)
		}
		if inUse() > tidyAbove {
			debug.FreeOSMemory()
		}
	}
}

// answer calls do and turns a panic into a reply.
func answer(do Do, c *call) (a *reply) {
	defer func() {
		if x := recover(); x != nil {
			a = &reply{outcome: panicked, reason: "reading it failed: a fault of the program",
				hint: "supply its text in another form (a saved page, plain text), and report the file", body: fmt.Append(nil, x)}
		}
	}()
	out, err := do(c.kind, c.options, c.payload)
	if err != nil {
		return replyTo(err)
	}
	return &reply{outcome: done, body: out}
}

// inUse is the memory that the process holds, in bytes, without what it has
// given back to the system.
func inUse() int64 {
	s := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(s)
	if s[0].Value.Kind() != metrics.KindUint64 || s[1].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return int64(s[0].Value.Uint64() - s[1].Value.Uint64())
}

// A watchdog ends the process when a call takes too much.
type watchdog struct {
	memory   atomic.Int64 // bytes, 0 = no limit
	deadline atomic.Int64 // of processor time, in nanoseconds; 0 = no call is running
}

func (g *watchdog) begin(cpu time.Duration, memory int64) {
	if memory > 0 {
		debug.SetMemoryLimit(memory / 4 * 3)
	}
	g.memory.Store(memory)
	if cpu > 0 {
		g.deadline.Store(int64(parallel.Used() + cpu))
	}
}

func (g *watchdog) end() { g.deadline.Store(0) }

func (g *watchdog) run() {
	if runtime.GOMAXPROCS(0) < 2 {
		runtime.GOMAXPROCS(2) // a reader in a tight loop must not keep the watchdog waiting
	}
	for {
		time.Sleep(watchEvery)
		if m := g.memory.Load(); m > 0 && inUse() > m {
			os.Exit(exitMemory)
		}
		if d := g.deadline.Load(); d > 0 && int64(parallel.Used()) > d {
			os.Exit(exitTime)
		}
	}
}
