package sandbox

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"runtime"
	"sync"
	"time"

	"recount"
)

// Defaults of Options.
const (
	DefaultMemory  = 224 << 20 // bytes of the Go heap and stacks; the program itself comes on top
	DefaultTimeout = 1500 * time.Millisecond
	DefaultPerMiB  = time.Second
	DefaultLongest = 60 * time.Second
)

// Other programs may hold the processors. A call may take patience times its
// processor time by the clock, and if there is no answer yet, stubborn times as
// long once more in a new child, before it is refused: what a page holds must not
// depend on how busy the machine was. A child that uses its time up ends itself.
const (
	patience = 20
	stubborn = 10
)

// Options says how a pool starts its children and what they may use.
type Options struct {
	Command  []string      // the program and its arguments: os.Executable() and the verb that calls Serve
	Workers  int           // children at once, 0 = one a processor
	Timeout  time.Duration // of processor time for a call, without its payload; 0 = DefaultTimeout
	PerMiB   time.Duration // more for each MiB of payload; 0 = DefaultPerMiB
	Longest  time.Duration // of processor time for a call; 0 = DefaultLongest
	Patience int           // times its processor time that a call may take by the clock; 0 = 20
	Memory   int64         // bytes a child may hold for a call, without its payload; 0 = DefaultMemory
	Growth   int64         // bytes more for each byte of payload
	Most     int64         // bytes a child may ever hold; 0 = Memory
	Log      *slog.Logger  // hears at Debug what children say on their standard error; nil = nobody
}

// A Pool keeps children and gives them calls. It is safe for use by several
// goroutines.
type Pool struct {
	o     Options
	slots chan *child // one for each worker; nil = no process is running
	quit  chan struct{}
	once  sync.Once
}

// NewPool returns a pool that has started nothing yet.
func NewPool(o Options) *Pool {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Timeout <= 0 {
		o.Timeout = DefaultTimeout
	}
	if o.Patience <= 0 {
		o.Patience = patience
	}
	if o.PerMiB <= 0 {
		o.PerMiB = DefaultPerMiB
	}
	if o.Longest <= 0 {
		o.Longest = DefaultLongest
	}
	if o.Memory <= 0 {
		o.Memory = DefaultMemory
	}
	o.Most = max(o.Most, o.Memory)
	p := &Pool{o: o, slots: make(chan *child, o.Workers), quit: make(chan struct{})}
	for range o.Workers {
		p.slots <- nil
	}
	return p
}

// Do lets a child answer one call. Where the child is ended because of the
// payload, the error wraps recount.ErrRefused and says what was too much. Only
// what a payload does to a fresh child counts, so that no answer depends on the
// calls before it.
func (p *Pool) Do(ctx context.Context, kind string, options, payload []byte) ([]byte, error) {
	var c *child
	select {
	case c = <-p.slots:
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-p.quit:
		return nil, errClosed
	}
	defer func() { p.slots <- c }()
	limit, memory := p.limit(len(payload)), min(p.o.Memory+p.o.Growth*int64(len(payload)), p.o.Most)
	wall, again := limit*time.Duration(p.o.Patience), false
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		used := c != nil
		if c == nil {
			var err error
			if c, err = start(p.o); err != nil {
				return nil, err
			}
		}
		a, err := c.ask(ctx, p.quit, &call{most: p.o.Most, memory: memory, cpu: limit, kind: kind, options: options, payload: payload}, wall)
		if err == nil && a.outcome != panicked {
			return a.body, a.err()
		}
		why := c.end(errors.Is(err, io.EOF))
		c = nil
		switch {
		case err == nil:
			if p.o.Log != nil {
				p.o.Log.Debug("a reader panicked", "kind", kind, "with", string(a.body))
			}
			return nil, a.err()
		case errors.Is(err, recount.ErrInvalid):
			return nil, err
		case errors.Is(err, errClosed):
			return nil, err
		case ctx.Err() != nil:
			return nil, ctx.Err()
		}
		if errors.Is(err, errLate) {
			why.cause = slow
		}
		first := errors.Is(err, errLate) && !again
		if p.o.Log != nil {
			p.o.Log.Debug("a child ended", "kind", kind, "cause", why.cause.String(), "exit", why.exit, "said", why.said)
		}
		if first {
			wall, again = wall*stubborn, true
			continue
		}
		if used && why.cause != slow {
			continue
		}
		return nil, why.refusal(limit, memory)
	}
}

// Close ends all children. Calls that run fail.
func (p *Pool) Close() {
	p.once.Do(func() { close(p.quit) })
	for range p.o.Workers {
		if c := <-p.slots; c != nil {
			c.end(false)
		}
	}
	for range p.o.Workers {
		p.slots <- nil
	}
}

// limit is the processor time that a payload of size bytes may take.
func (p *Pool) limit(size int) time.Duration {
	return min(p.o.Timeout+time.Duration(float64(p.o.PerMiB)*(float64(size)/(1<<20))), p.o.Longest)
}
