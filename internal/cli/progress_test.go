package cli

import (
	"bytes"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// Whatever takes longer than a second is shown on a terminal, whether it says
// something of itself or not; elsewhere a line comes now and then.
func TestProgress(t *testing.T) {
	tests := []struct {
		name     string
		terminal bool
		quiet    bool
		work     func(p *Progress)
		want     []string // in this order
		not      string
	}{
		{"a verb that says nothing", true, false, func(p *Progress) { time.Sleep(3500 * time.Millisecond) }, []string{"count (1s)", "count (2s)", "count (3s)"}, "0 of"},
		{"one that is quick", true, false, func(p *Progress) { time.Sleep(900 * time.Millisecond) }, nil, "count"},
		{"a step that is named once", true, false, func(p *Progress) { p.Step("relations", 0, 0); time.Sleep(4 * time.Second) }, []string{"relations (1s)", "relations (3s)"}, "count"},
		{"steps that say how far they are", true, false, func(p *Progress) {
			for i := range 30 {
				time.Sleep(100 * time.Millisecond)
				p.Step("text", i+1, 30)
			}
		}, []string{"text 12 of 30", "left", "text 30 of 30"}, "count"},
		{"a step that stops saying it", true, false, func(p *Progress) { p.Step("text", 3, 9); time.Sleep(3 * time.Second) }, []string{"text 3 of 9"}, "count"},
		{"what is printed, and then nothing is done", true, false, func(p *Progress) { p.Done(); time.Sleep(time.Hour) }, nil, "count"},
		{"what is printed, and then a step begins", true, false, func(p *Progress) { p.Done(); p.Step("add", 0, 0); time.Sleep(3 * time.Second) }, []string{"add (1s)"}, "count"},
		{"a note in between", true, false, func(p *Progress) { p.Say("note: x"); time.Sleep(3 * time.Second) }, []string{"note: x\n", "count (1s)"}, "add"},
		{"lines that are printed beside it", true, false, func(p *Progress) { time.Sleep(1500 * time.Millisecond); p.Yield(); time.Sleep(2 * time.Second) }, []string{"count (1s)\r\x1b[K", "count (3s)"}, "count (2s)"},
		{"no terminal", false, false, func(p *Progress) { time.Sleep(11 * time.Second) }, []string{"count (5s)\n", "count (10s)\n"}, "\x1b"},
		{"no terminal, and not long", false, false, func(p *Progress) { time.Sleep(4 * time.Second) }, nil, "count"},
		{"no terminal, and a step", false, false, func(p *Progress) { p.Step("parts", 1, 16); time.Sleep(2 * time.Second); p.Step("parts", 2, 16) }, []string{"parts 2 of 16"}, "\x1b"},
		{"--quiet", true, true, func(p *Progress) { p.Step("text", 1, 2); time.Sleep(time.Minute); p.Step("text", 2, 2) }, nil, "t"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var out bytes.Buffer
				p := newProgress(&out, tt.quiet)
				p.terminal = tt.terminal
				stop := p.Begin("count")
				tt.work(p)
				stop()
				p.Done()
				said := out.String()
				if tt.not != "" && strings.Contains(said, tt.not) {
					t.Errorf("it says %q", said)
				}
				rest := said
				for _, w := range tt.want {
					i := strings.Index(rest, w)
					if i < 0 {
						t.Fatalf("it does not say %q in its order: %q", w, said)
					}
					rest = rest[i+len(w):]
				}
				if tt.terminal && len(tt.want) > 0 && !strings.HasSuffix(said, "\x1b[K") {
					t.Errorf("the line is left on the terminal: %q", said)
				}
			})
		})
	}
}
