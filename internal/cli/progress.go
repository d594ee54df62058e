package cli

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"
)

// A progress shows how far a step is once it has taken a second: one line that
// is drawn over on a terminal, plain lines now and then elsewhere.
type progress struct {
	mu       sync.Mutex
	w        io.Writer
	terminal bool
	step_    string
	began    time.Time
	shown    time.Time
	drawn    bool
	quiet    bool
}

// The first sign of a step comes after patience; then a terminal is redrawn
// every redraw, and anything else gets a line every plainEvery.
const (
	patience   = time.Second
	redraw     = 100 * time.Millisecond
	plainEvery = 5 * time.Second
)

func newProgress(w io.Writer, quiet bool) *progress {
	p := &progress{w: w, quiet: quiet}
	if f, ok := w.(*os.File); ok {
		if st, err := f.Stat(); err == nil {
			p.terminal = st.Mode()&os.ModeCharDevice != 0
		}
	}
	return p
}

func (p *progress) step(name string, done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.quiet {
		return
	}
	now := time.Now()
	if name != p.step_ {
		p.clear()
		p.step_, p.began, p.shown = name, now, time.Time{}
	}
	if now.Sub(p.began) < patience {
		return
	}
	every := plainEvery
	if p.terminal {
		every = redraw
	}
	if now.Sub(p.shown) < every && done != total {
		return
	}
	p.shown = now
	line := name
	if total > 0 {
		line += fmt.Sprintf(" %d of %d", done, total)
		if spent := now.Sub(p.began); done > 0 && done < total {
			left := time.Duration(float64(spent) / float64(done) * float64(total-done))
			line += fmt.Sprintf(", %s left", left.Round(time.Second))
		}
	} else if done > 0 {
		line += fmt.Sprintf(" %d", done)
	}
	if !p.terminal {
		fmt.Fprintln(p.w, line)
		return
	}
	if total > 0 {
		const width = 30
		n := width * done / total
		line = "[" + strings.Repeat("=", n) + strings.Repeat(" ", width-n) + "] " + line
	}
	fmt.Fprintf(p.w, "\r\x1b[K%s", line)
	p.drawn = true
}

func (p *progress) clear() {
	if p.drawn {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.drawn = false
	}
}

// done ends the line, so that what is printed next stands alone.
func (p *progress) done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
}
