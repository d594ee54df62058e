package web_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// These tests drive the real program with a real browser. They say loudly
// when there is none.

var (
	tools    sync.Once
	toolsErr error
	binary   string // recount
	pristine string // the example's pages, read, with nothing decided
	example  string // the example with its decisions
)

func TestMain(m *testing.M) {
	code := m.Run()
	if binary != "" {
		os.RemoveAll(filepath.Dir(binary))
	}
	os.Exit(code)
}

// build makes the program and the two studies that tests copy.
func build() error {
	dir, err := os.MkdirTemp("", "recount-browser")
	if err != nil {
		return err
	}
	binary = filepath.Join(dir, "recount")
	pristine, example = filepath.Join(dir, "pristine"), filepath.Join(dir, "example")
	root, err := filepath.Abs("../..")
	if err != nil {
		return err
	}
	order := filepath.Join(root, "examples", "order")
	for _, c := range [][]string{
		{"go", "build", "-o", binary, "./cmd/recount"},
		{binary, "demo", example, "--no-serve"},
		{binary, "init", pristine, "--title", "Leaving the Hill", "--question", "Who left, and why?", "--who", "Has this person left?", "--record", "country"},
		{"cp", filepath.Join(order, "study.yaml"), filepath.Join(order, "codebook.yaml"), filepath.Join(order, "report.md"), pristine},
		{binary, "add", "--study", pristine, filepath.Join(order, "pages")},
		{binary, "extract", "--study", pristine},
	} {
		cmd := exec.Command(c[0], c[1:]...)
		cmd.Dir = root
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w\n%s", strings.Join(c, " "), err, out)
		}
	}
	return nil
}

func chromium(t testing.TB) string {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: the workbench is not opened in a browser")
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			return p
		}
	}
	t.Skip("NO CHROMIUM IS INSTALLED: the workbench was not opened in a browser; apt-get install chromium")
	return ""
}

// serve copies a study and serves it; the address comes back.
func serve(t testing.TB, study *string) string {
	t.Helper()
	chromium(t)
	tools.Do(func() { toolsErr = build() })
	if toolsErr != nil {
		t.Fatal(toolsErr)
	}
	dir := filepath.Join(t.TempDir(), "study")
	if err := os.CopyFS(dir, os.DirFS(*study)); err != nil {
		t.Fatal(err)
	}
	return serveFolder(t, dir)
}

func serveFolder(t testing.TB, dir string) string {
	t.Helper()
	return serving(t, exec.Command(binary, "serve", dir, "--addr", "127.0.0.1:0"))
}

// serving starts a server that ends with the test; its address comes back.
func serving(t testing.TB, cmd *exec.Cmd) string {
	t.Helper()
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
		t.Fatalf("recount printed %q, %v", line, err)
	}
	return strings.TrimSuffix(strings.Fields(rest)[0], "/")
}

// A browser is one that a test drives, with what went wrong in it.
type browser struct {
	t    testing.TB
	ctx  context.Context
	base string

	mu        sync.Mutex
	troubles  []string // errors of scripts, refusals of the policy
	elsewhere []string // requests that left the origin
}

// open starts a browser on a served study, signed in.
func open(t testing.TB, base string) *browser {
	t.Helper()
	b := start(t, base)
	b.signIn("ada", "en")
	return b
}

// start starts a browser with nobody signed in.
func start(t testing.TB, base string) *browser {
	t.Helper()
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium(t)), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
	ctx, cancel := context.WithTimeout(context.Background(), 40*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	b := &browser{t: t, ctx: ctx, base: base}
	b.watch()
	b.size(1280, 900)
	b.do(chromedp.Navigate(base + "/"))
	return b
}

// tab opens a second tab of the same browser.
func (b *browser) tab() *browser {
	b.t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx)
	b.t.Cleanup(cancel)
	n := &browser{t: b.t, ctx: ctx, base: b.base}
	n.watch()
	n.size(1280, 900)
	return n
}

func (b *browser) watch() {
	b.t.Helper()
	err := chromedp.Listen(b.ctx, func(ev any) {
		b.mu.Lock()
		defer b.mu.Unlock()
		switch e := ev.(type) {
		case *runtime.EventExceptionThrown:
			text := e.ExceptionDetails.Text
			if e.ExceptionDetails.Exception != nil {
				text += " " + e.ExceptionDetails.Exception.Description
			}
			b.troubles = append(b.troubles, text)
		case *log.EventEntryAdded:
			if strings.Contains(e.Entry.Text, "Content Security Policy") || strings.Contains(e.Entry.Text, "TrustedHTML") {
				b.troubles = append(b.troubles, e.Entry.Text)
			}
		case *network.EventRequestWillBeSent:
			if u := e.Request.URL; !strings.HasPrefix(u, b.base+"/") && !strings.HasPrefix(u, "about:") && !strings.HasPrefix(u, "chrome") {
				b.elsewhere = append(b.elsewhere, u)
			}
		}
	})
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := chromedp.Call(b.ctx, network.Enable, network.EnableParams{}); err != nil {
		b.t.Fatal(err)
	}
}

// calm fails the test if a script failed, the policy refused something or a
// request left the origin.
func (b *browser) calm() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, x := range b.troubles {
		b.t.Errorf("the browser said: %s", x)
	}
	for _, x := range b.elsewhere {
		b.t.Errorf("a request left the origin: %s", x)
	}
	b.troubles, b.elsewhere = nil, nil
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

func (b *browser) size(w, h int64) { b.t.Helper(); b.do(chromedp.EmulateViewport(w, h)) }

func (b *browser) scheme(light string) {
	b.t.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: light}}})
	if err != nil {
		b.t.Fatal(err)
	}
}

// run evaluates JavaScript in the page; promises are waited for.
func run[T any](b *browser, js string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](js, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", js, err)
	}
	return v
}

// until waits for a condition in the page, which may be a promise. What the
// page shows is printed if it never comes.
func (b *browser) until(js string) {
	b.t.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(15 * time.Millisecond) {
		ok, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](`Promise.resolve(`+js+`).then(Boolean, () => false)`, chromedp.EvalAwaitPromise))
		if err == nil && ok {
			return
		}
		if time.Now().After(end) {
			text, _ := chromedp.Run(b.ctx, chromedp.Evaluate[string](`location.href + '\n' + (document.querySelector('.toast')?.textContent ?? 'no toast') + '\nfocus: ' + (document.activeElement?.id ?? '') + '\n' + document.querySelector('main')?.innerText.slice(0, 400)`))
			b.t.Fatalf("never came: %s (%v)\n%s", js, err, text)
		}
	}
}

func (b *browser) signIn(actor, language string) {
	b.t.Helper()
	q, _ := json.Marshal(map[string]string{"actor": actor, "language": language})
	if s := run[int](b, `fetch('/api/v1/session',{method:'POST',headers:{'X-Recount':'1','Content-Type':'application/json'},body:`+quoted(string(q))+`}).then(r => r.status)`); s != 200 {
		b.t.Fatalf("sign in answered %d", s)
	}
}

func quoted(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

// show opens a page and waits until it is there.
func (b *browser) show(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.base + path))
	b.until(`!!document.querySelector('header.top') && !!document.querySelector('main') && !document.querySelector('.state.waiting')`)
	// Keys are bound once the page is painted.
	run[bool](b, `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(true)))))`)
}

// get asks the API as the page would.
func get[T any](b *browser, path string) T {
	b.t.Helper()
	text := run[string](b, `fetch('/api/v1`+path+`').then(r => r.text())`)
	var v T
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		b.t.Fatalf("GET %s: %v\n%.300s", path, err, text)
	}
	return v
}

var names = map[string]string{"Enter": kb.Enter, "Escape": kb.Escape, "Tab": kb.Tab, "Left": kb.ArrowLeft, "Right": kb.ArrowRight, "Up": kb.ArrowUp, "Down": kb.ArrowDown, "Backspace": kb.Backspace}

// press presses keys, one after the other, as fast as it can.
func (b *browser) press(keys ...string) {
	b.t.Helper()
	for _, k := range keys {
		mods := kb.ModifierNone
		name := k
		if rest, ok := strings.CutPrefix(name, "Shift+"); ok {
			mods, name = kb.ModifierShift, rest
		} else if rest, ok := strings.CutPrefix(name, "Ctrl+"); ok {
			mods, name = kb.ModifierCtrl, rest
		}
		if n, ok := names[name]; ok {
			name = n
		}
		b.do(chromedp.KeyEvent(name, chromedp.KeyModifiers(mods)))
	}
}

// settled waits until nothing is on its way to the server.
func (b *browser) settled() {
	b.t.Helper()
	b.until(`!document.querySelector('.saving.on') && !document.querySelector('.sent')`)
}

// click clicks the middle of what a selector finds.
func (b *browser) click(selector string) {
	b.t.Helper()
	b.until(`!!document.querySelector(` + quoted(selector) + `)`)
	p := run[[]float64](b, `(() => { const e = document.querySelector(`+quoted(selector)+`); e.scrollIntoView({block: 'nearest'}); const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2] })()`)
	b.do(chromedp.MouseClickXY(p[0], p[1]))
}

// article finds an article by words of its title.
func (b *browser) article(words string) string {
	b.t.Helper()
	l := get[struct {
		Items []struct{ Key, Title string }
	}](b, "/articles?limit=200")
	for _, a := range l.Items {
		if strings.Contains(a.Title, words) {
			return a.Key
		}
	}
	b.t.Fatal(errors.New("no article with the title " + words))
	return ""
}
