package cli

import (
	"bufio"
	"context"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// chromium starts a browser without a window for three minutes, or skips the test.
func chromium(t *testing.T) context.Context { return chromiumFor(t, 3*time.Minute) }

func chromiumFor(t *testing.T, most time.Duration) context.Context {
	t.Helper()
	var program string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			program = p
			break
		}
	}
	if program == "" {
		t.Skip("no Chromium is installed, so the report of the example is not opened in a browser")
	}
	if testing.Short() {
		t.Skip("-short: the report of the example is not opened in a browser")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
	ctx, cancel := context.WithTimeout(context.Background(), most)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

// served writes the report of the example with the real program and serves
// it; the address of its front page comes back.
func served(t *testing.T) string {
	t.Helper()
	exe, dir := program(t), filepath.Join(t.TempDir(), "study")
	if out, err := exec.Command(exe, "demo", dir, "--no-serve").CombinedOutput(); err != nil {
		t.Fatalf("demo: %v\n%s", err, out)
	}
	cmd := exec.Command(exe, "serve", "--study", dir, "--addr", "127.0.0.1:0")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	_, rest, ok := strings.Cut(line, "serving ")
	if err != nil || !ok {
		t.Fatalf("serve printed %q, %v", line, err)
	}
	return strings.Fields(rest)[0] + "reports/"
}

// A seen is what a page shows.
type seen struct {
	Numbers  []string // addresses that printed numbers open
	Sentence string   // address of the first sentence quoted
	Marks    int      // highlighted places that can be seen
	Empty    bool     // it says that the number is zero
	Target   string   // the highlighted words that the address points at
	Visible  bool     // they stand on the screen
}

const look = `(() => {
	const shown = e => { const r = e.getBoundingClientRect(); return r.height > 0 && r.width > 0 };
	const target = document.querySelector(':target'), box = target && target.getBoundingClientRect();
	const quoted = document.querySelector('figure.quote figcaption a');
	return {
		Numbers: [...new Set([...document.querySelectorAll('a.number, svg a')].map(a => a.href instanceof SVGAnimatedString ? new URL(a.href.baseVal, location).href : a.href))],
		Sentence: quoted ? quoted.href : '',
		Marks: [...document.querySelectorAll('mark')].filter(shown).length,
		Empty: document.querySelector('.empty') !== null,
		Target: target ? target.textContent.trim() : '',
		Visible: !!target && (target.matches('mark, .lead') || target.querySelector('mark, .lead') !== null) && box.top < innerHeight && box.bottom > 0,
	}
})()`

const (
	narrow = 360 // pixels
	wide   = 1600
)

// A screen is what the pages are opened on, in turn narrow and wide.
type screen struct {
	ctx   context.Context
	width int64           // pixels
	fits  map[string]bool // pages that were shown in both widths
}

func (c *screen) must(t *testing.T, url string, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", url, err)
	}
}

// measure fails if the page is wider than the screen.
func (c *screen) measure(t *testing.T, url string) {
	t.Helper()
	w, err := chromedp.Run(c.ctx, chromedp.Evaluate[int64](`document.documentElement.scrollWidth`))
	c.must(t, url, err)
	if w > c.width {
		t.Errorf("%s is %d pixels wide on a screen of %d", url, w, c.width)
	}
}

// open shows a page, the first time in both widths, and says what it shows.
func (c *screen) open(t *testing.T, url string) seen {
	t.Helper()
	c.must(t, url, chromedp.Do(c.ctx, chromedp.Navigate(url)))
	s, err := chromedp.Run(c.ctx, chromedp.Evaluate[seen](look))
	c.must(t, url, err)
	page, _, _ := strings.Cut(url, "#")
	if c.fits[page] {
		return s
	}
	c.fits[page] = true
	c.measure(t, url)
	c.turn(t)
	c.measure(t, url)
	return s
}

// turn makes a narrow screen wide and a wide one narrow.
func (c *screen) turn(t *testing.T) {
	t.Helper()
	if c.width == narrow {
		c.width = wide
	} else {
		c.width = narrow
	}
	c.must(t, "the screen", chromedp.Do(c.ctx, chromedp.EmulateViewport(c.width, 900)))
}

// TestEveryNumberReachesItsSentence walks, in a browser, from each number on
// the front page of the example's report to the page of what it counts, and
// from there to the highlighted sentence in the archived page.
func TestEveryNumberReachesItsSentence(t *testing.T) {
	c := &screen{ctx: chromium(t), fits: map[string]bool{}}
	c.turn(t)
	front := c.open(t, served(t))
	if len(front.Numbers) < 50 {
		t.Fatalf("the front page has only %d numbers", len(front.Numbers))
	}
	sentences := map[string]bool{}
	zeros := 0
	for i, number := range front.Numbers {
		if i%times(3, 1) != 0 {
			continue
		}
		page := c.open(t, number)
		if page.Sentence == "" && page.Empty {
			zeros++
			continue
		}
		if page.Marks == 0 || page.Sentence == "" {
			t.Errorf("%s opens %d highlighted places and the sentence %q", number, page.Marks, page.Sentence)
			continue
		}
		if sentences[page.Sentence] {
			continue
		}
		sentences[page.Sentence] = true
		if s := c.open(t, page.Sentence); s.Target == "" || !s.Visible {
			t.Errorf("%s leads to %s, where %q is highlighted, on the screen: %t", number, page.Sentence, s.Target, s.Visible)
		}
	}
	t.Logf("%d numbers, %d of them zero, lead to %d sentences", len(front.Numbers), zeros, len(sentences))
}
