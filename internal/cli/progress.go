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
// is drawn over on a terminal, plain lines now and then elsewhere. A step that
// says nothing of itself is shown with the time that it takes.
type Progress struct {
	mu       sync.Mutex
	w        io.Writer
	terminal bool
	name     string
	done     int
	total    int
	began    time.Time
	shown    time.Time
	drawn    bool
	quiet    bool
	paused   bool // something was printed, and no step has begun since
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

// Begin shows a verb, or the step that it names, while neither says anything,
// until stop is called.
func (p *Progress) Begin(verb string) (stop func()) {
	if p.quiet {
		return func() {}
	}
	p.mu.Lock()
	p.name, p.began = verb, time.Now()
	p.mu.Unlock()
	every := time.Second
	if !p.terminal {
		every = plainEvery // nobody looks at it now
	}
	end, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-end:
				return
			case <-time.After(every):
			}
			p.mu.Lock()
			if now := time.Now(); !p.paused && now.Sub(p.began) >= patience && now.Sub(p.shown) >= every {
				p.show(now)
			}
			p.mu.Unlock()
		}
	}()
	return func() {
		close(end)
		<-ended
	}
}

// Say prints a line of its own while a step goes on.
func (p *Progress) Say(line string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
	fmt.Fprintln(p.w, line)
}

// Step hears how far a step is; total is 0 while it is not known.
func (p *Progress) Step(step string, done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.quiet {
		return
	}
	now := time.Now()
	if step != p.name || p.paused {
		p.clear()
		p.name, p.began, p.shown, p.paused = step, now, time.Time{}, false
	}
	p.done, p.total = done, total
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
	p.show(now)
}

// show writes the line of the step.
func (p *Progress) show(now time.Time) {
	p.shown = now
	line, done, total := p.name, p.done, p.total
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

// Yield takes the line away for what is printed beside it; the step goes on.
func (p *Progress) Yield() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.drawn {
		p.clear()
		p.shown = time.Now()
	}
}

// Done ends the line, so that what is printed next stands alone.
func (p *Progress) Done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
	p.paused = true
}
