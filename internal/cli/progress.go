package cli

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"
)

// A Progress shows how far a step is once it has taken a second: one line that
// is drawn over on a terminal, plain lines now and then elsewhere.
type Progress struct {
	mu       sync.Mutex
	w        io.Writer
	terminal bool
	name     string
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

// newProgress shows progress on w, or none.
func newProgress(w io.Writer, quiet bool) *Progress {
	p := &Progress{w: w, quiet: quiet}
	if f, ok := w.(*os.File); ok {
		if st, err := f.Stat(); err == nil {
			p.terminal = st.Mode()&os.ModeCharDevice != 0
		}
	}
	return p
}

// Step hears how far a step is; total is 0 while it is not known.
func (p *Progress) Step(step string, done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.quiet {
		return
	}
	now := time.Now()
	if step != p.name {
		p.clear()
		p.name, p.began, p.shown = step, now, time.Time{}
	}
	if now.Sub(p.began) < patience {
		return
	}
	every := plainEvery
	if p.terminal {
		every = redraw
	}
	if now.Sub(p.shown) < every && (done != total || total == 0) {
		return
	}
	p.shown = now
	line := step
	if total > 0 {
		line += fmt.Sprintf(" %d of %d", done, total)
		if spent := now.Sub(p.began); done > 0 && done < total {
			left := time.Duration(float64(spent) / float64(done) * float64(total-done))
			line += fmt.Sprintf(", %s left", left.Round(time.Second))
		}
	} else if done > 0 {
		line += fmt.Sprintf(" %d", done)
	}
	spent := now.Sub(p.began)
	if done > 0 {
		line += fmt.Sprintf(" (%.3g/s)", float64(done)/spent.Seconds())
	} else {
		line += fmt.Sprintf(" (%s)", spent.Round(time.Second))
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

func (p *Progress) clear() {
	if p.drawn {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.drawn = false
	}
}

// Done ends the line, so that what is printed next stands alone.
func (p *Progress) Done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
}
