package shards

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"recount"
	"recount/internal/capture/unpack"
	"recount/internal/copies"
	"recount/internal/text"
)

// A story is one generated article.
type story struct {
	URL, Title, Outlet, Published, Text string
}

var nouns = strings.Fields("council budget harbour strike union hospital teacher driver bridge court minister school factory farmer river station museum airport island storm road bank port clinic")

// stories makes n articles, some of them reprints; the same for the same seed.
func stories(n int, seed uint64) (out []story) {
	rng := rand.New(rand.NewPCG(seed, 2))
	word := func() string { return nouns[rng.IntN(len(nouns))] }
	made := func() string { return fmt.Sprintf("word%d", rng.IntN(100_000)) }
	people := []string{"Maria Keller", "John Holm", "Vera Brandt", "Ahmed Hassan"}
	for i := range n {
		var b strings.Builder
		for range 4 {
			fmt.Fprintf(&b, "The %s near the %s %s %s %s, and %d people had left the %s of %s.\n", word(), word(), made(), made(), made(), 2+rng.IntN(80), word(), made())
			fmt.Fprintf(&b, "“We cannot wait for %s, %s or %s until %s %s,” said %s, who runs the %s.\n", made(), made(), made(), word(), made(), people[rng.IntN(len(people))], word())
		}
		s := story{URL: fmt.Sprintf("https://outlet%d.example/%d.html", i%3, i), Title: fmt.Sprintf("The %s and the %s", word(), word()), Outlet: fmt.Sprintf("Outlet %d", i%3),
			Published: fmt.Sprintf("2020-%02d-%02d", 1+i%12, 1+i%28), Text: b.String()}
		if i > 4 && i%4 == 0 {
			s.Text = out[rng.IntN(i)].Text
		}
		out = append(out, s)
	}
	return out
}

// asLines writes stories as JSON Lines.
func asLines(t *testing.T, path string, of []story) {
	t.Helper()
	var b bytes.Buffer
	for _, s := range of {
		line, err := json.Marshal(map[string]string{"url": s.URL, "title": s.Title, "outlet": s.Outlet, "published": s.Published, "text": s.Text})
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	write(t, path, b.Bytes())
}

// asWARC writes stories as a crawler would.
func asWARC(t *testing.T, path string, of []story) {
	t.Helper()
	var b bytes.Buffer
	for i, s := range of {
		var html strings.Builder
		fmt.Fprintf(&html, `<!DOCTYPE html><html lang="en"><head><title>%s</title><meta property="og:site_name" content="%s"><meta property="article:published_time" content="%sT08:00:00Z"></head><body><article><h1>%s</h1>`,
			s.Title, s.Outlet, s.Published, s.Title)
		for p := range strings.Lines(s.Text) {
			fmt.Fprintf(&html, "<p>%s</p>", strings.TrimSpace(p))
		}
		html.WriteString("</article></body></html>")
		answer := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s", html.Len(), html.String())
		z := gzip.NewWriter(&b)
		fmt.Fprintf(z, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-%012d>\r\nWARC-Date: 2021-01-01T00:00:00Z\r\nWARC-Target-URI: %s\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
			i, s.URL, len(answer), answer)
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
	}
	write(t, path, b.Bytes())
}

func write(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// sources makes a folder with an archive, two files of lines and a picture.
func sources(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "in")
	all := stories(60, 3)
	asWARC(t, filepath.Join(dir, "a.warc.gz"), all[:20])
	asLines(t, filepath.Join(dir, "b.jsonl"), all[20:45])
	asLines(t, filepath.Join(dir, "more", "c.ndjson"), all[45:])
	write(t, filepath.Join(dir, "picture.png"), []byte("\x89PNG\r\n\x1a\n"))
	return dir
}

func quiet(string, int, int) {}

// scan makes a corpus of sources.
func scan(t *testing.T, dir string, reader Reader, from ...string) (*Corpus, *Status) {
	t.Helper()
	c, err := Make(t.Context(), dir, from, nil, quiet)
	if err != nil {
		t.Fatal(err)
	}
	st, err := c.Run(t.Context(), reader, quiet)
	if err != nil {
		t.Fatal(err)
	}
	return c, st
}

// A plainReader reads in this process and counts; broken says what happens to
// a page instead.
type plainReader struct {
	pages  atomic.Int64
	broken func(name string) error
}

func (r *plainReader) Read(_ context.Context, payload []byte, o text.Options) (text.Contents, error) {
	r.pages.Add(1)
	if r.broken != nil {
		if err := r.broken(o.Name); err != nil {
			return text.Contents{}, err
		}
	}
	return text.Read(payload, o)
}

// The manifest is a function of the files: not of the number of processors, nor
// of how files are named to it, nor of how often a run is stopped.
func TestSameManifest(t *testing.T) {
	in := sources(t)
	_, first := scan(t, filepath.Join(t.TempDir(), "c"), &plainReader{}, in)
	if first.Manifest == "" || first.Articles != 60 || first.Statements == 0 || first.Figures == 0 || first.Relations < 10 || len(first.Left) != 1 {
		t.Fatalf("a corpus of 60 articles has the status %+v", first)
	}
	cores := func(n int) func(t *testing.T) string {
		return func(t *testing.T) string {
			old := runtime.GOMAXPROCS(n)
			defer runtime.GOMAXPROCS(old)
			_, st := scan(t, filepath.Join(t.TempDir(), "c"), &plainReader{}, in)
			return st.Manifest
		}
	}
	stopped := func(after int64) func(t *testing.T) string {
		return func(t *testing.T) string {
			dir := filepath.Join(t.TempDir(), "c")
			c, err := Make(t.Context(), dir, []string{in}, nil, quiet)
			if err != nil {
				t.Fatal(err)
			}
			ctx, stop := context.WithCancel(t.Context())
			r := &plainReader{}
			r.broken = func(string) error {
				if r.pages.Load() == after {
					stop()
				}
				return ctx.Err()
			}
			if _, err := c.Run(ctx, r, quiet); !errors.Is(err, context.Canceled) {
				t.Fatalf("a run that is stopped ends with %v", err)
			}
			_, st := scan(t, dir, &plainReader{}, in)
			return st.Manifest
		}
	}
	tests := []struct {
		name string
		run  func(t *testing.T) string
	}{
		{"one processor", cores(1)},
		{"two processors", cores(2)},
		{"five processors", cores(5)},
		{"stopped at the first page", stopped(1)},
		{"stopped in the middle", stopped(30)},
		{"stopped near the end", stopped(59)},
		{"a folder that is named twice", func(t *testing.T) string {
			_, st := scan(t, filepath.Join(t.TempDir(), "c"), &plainReader{}, in, in)
			return st.Manifest
		}},
		{"a corpus that was larger", func(t *testing.T) string {
			other := filepath.Join(t.TempDir(), "other")
			asLines(t, filepath.Join(other, "d.jsonl"), stories(9, 8))
			dir := filepath.Join(t.TempDir(), "c")
			scan(t, dir, &plainReader{}, in, other)
			c, err := MakeWithout(t.Context(), dir, []string{in}, nil, quiet)
			if err != nil {
				t.Fatal(err)
			}
			st, err := c.Run(t.Context(), &plainReader{}, quiet)
			if err != nil {
				t.Fatal(err)
			}
			return st.Manifest
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.run(t); got != first.Manifest {
				t.Errorf("the manifest is %.12s, want %.12s", got, first.Manifest)
			}
		})
	}
}

// scanOf makes the program of the tests a scan: the folder of a corpus, and a
// file in which each page that is read leaves a byte.
const scanOf, scanLog = "RECOUNT_TEST_SCAN", "RECOUNT_TEST_LOG"

func TestMain(m *testing.M) {
	if dir := os.Getenv(scanOf); dir != "" {
		c, err := Open(dir, nil)
		if err == nil {
			_, err = c.Run(context.Background(), &plainReader{broken: func(string) error {
				f, err := os.OpenFile(os.Getenv(scanLog), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
				if err == nil {
					_, err = f.Write([]byte{'.'})
					err = errors.Join(err, f.Close())
				}
				return err
			}}, quiet)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// A scan that is killed at any moment goes on where it was: at most the shards
// in hand are read again, and the manifest is the same.
func TestKilledScan(t *testing.T) {
	in := filepath.Join(t.TempDir(), "in")
	const files, each = 10, 12
	for i, all := 0, stories(files*each, 11); i < files; i++ {
		asLines(t, filepath.Join(in, fmt.Sprintf("%02d.jsonl", i)), all[i*each:(i+1)*each])
	}
	_, want := scan(t, filepath.Join(t.TempDir(), "c"), &plainReader{}, in)
	dir := filepath.Join(t.TempDir(), "c")
	if _, err := Make(t.Context(), dir, []string{in}, nil, quiet); err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(t.TempDir(), "log")
	read := func() int {
		b, _ := os.ReadFile(log)
		return len(b)
	}
	kills := 0
	for after := 5; ; after += 25 {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), scanOf+"="+dir, scanLog+"="+log)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- c.Wait() }()
		var err error
		for killed, over := false, false; !over; {
			select {
			case err = <-ended:
				over = true
			case <-time.After(time.Millisecond):
				if !killed && read() >= after {
					killed = true
					_ = c.Process.Kill()
				}
			}
		}
		if err == nil {
			break
		}
		if kills++; kills > 100 {
			t.Fatal("the scan never ends")
		}
	}
	c, err := Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	st, err := c.Status()
	if err != nil || st.Manifest != want.Manifest {
		t.Errorf("after %d kills the corpus is %+v, %v; want the manifest %.12s", kills, st, err, want.Manifest)
	}
	if most := (files + kills*Workers()) * each; kills < 2 || read() > most {
		t.Errorf("%d kills, %d pages read for %d; want at most %d", kills, read(), files*each, most)
	}
	if left, err := os.ReadDir(filepath.Join(dir, scratchDir)); err != nil || len(left) > 1 {
		t.Errorf("%d folders of killed scans are left, %v", len(left), err)
	}
}

// What is done is not done again: a second run reads no page, and one more file
// costs its own pages.
func TestDoneIsDone(t *testing.T) {
	in := sources(t)
	dir := filepath.Join(t.TempDir(), "c")
	scan(t, dir, &plainReader{}, in)
	again := &plainReader{}
	_, st := scan(t, dir, again, in)
	if n := again.pages.Load(); n != 0 {
		t.Errorf("a second run read %d pages, want none", n)
	}
	asLines(t, filepath.Join(in, "d.jsonl"), stories(7, 9))
	more := &plainReader{}
	_, grown := scan(t, dir, more, in)
	if n := more.pages.Load(); n != 7 || grown.Articles != st.Articles+7 {
		t.Errorf("with a file of 7 more, a run read %d pages and holds %d articles, want 7 and %d", n, grown.Articles, st.Articles+7)
	}
	for _, kind := range []string{partsDir, wholeDir} {
		if entries, err := os.ReadDir(filepath.Join(dir, kind)); err != nil || kind == wholeDir && len(entries) != 1 || kind == partsDir && len(entries) != Parts {
			t.Errorf("%d folders of %s are kept, %v", len(entries), kind, err)
		}
	}
}

// A source that is away costs nothing that was made of it.
func TestASourceThatIsAway(t *testing.T) {
	in, other := sources(t), filepath.Join(t.TempDir(), "other")
	for _, name := range []string{"d.jsonl", "e.jsonl", "f.jsonl", "g.jsonl", "h.jsonl"} {
		asLines(t, filepath.Join(other, name), stories(3, uint64(name[0])))
	}
	dir := filepath.Join(t.TempDir(), "c")
	_, whole := scan(t, dir, &plainReader{}, in, other)
	hidden := filepath.Join(t.TempDir(), "hidden")
	move := func(from, to string) {
		if err := os.Rename(from, to); err != nil {
			t.Fatal(err)
		}
	}
	empty := t.TempDir()
	tests := []struct {
		name       string
		away, back func()
		sources    []string
		want       error
		says       string
	}{
		{"the folder is not there", func() { move(other, hidden) }, func() { move(hidden, other) }, []string{in, other}, recount.ErrNotFound, "no such folder or file: " + other},
		{"a file is named that is not there", func() {}, func() {}, []string{in, other, filepath.Join(in, "x.jsonl")}, recount.ErrNotFound, "x.jsonl"},
		{"the folder is empty", func() { move(other, hidden); move(empty, other) }, func() { move(other, empty); move(hidden, other) }, []string{in, other}, recount.ErrConflict,
			"5 shards of the corpus are of files that are not among the sources: " + filepath.Join(other, "d.jsonl")},
		{"more than three files are counted", func() {}, func() {}, []string{in}, recount.ErrConflict, "and 2 more files"},
		{"the folder is not named", func() {}, func() {}, []string{other}, recount.ErrConflict, "3 shards of the corpus are of files that are not"},
		{"one file is away", func() { move(filepath.Join(other, "d.jsonl"), hidden) }, func() { move(hidden, filepath.Join(other, "d.jsonl")) }, []string{in, other}, recount.ErrConflict,
			"1 shard of the corpus is of a file that is not among the sources"},
		{"nothing but a picture is there", func() {}, func() {}, []string{filepath.Join(in, "picture.png")}, recount.ErrConflict, "8 shards"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.away()
			_, err := Make(t.Context(), dir, tt.sources, nil, quiet)
			tt.back()
			if !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.says) || recount.HintOf(err) == "" {
				t.Errorf("it ends with %v (%s)", err, recount.HintOf(err))
			}
			again := &plainReader{}
			if _, st := scan(t, dir, again, in, other); st.Manifest != whole.Manifest || again.pages.Load() != 0 {
				t.Errorf("put back, the manifest is %.12s, want %.12s, and %d pages are read again", st.Manifest, whole.Manifest, again.pages.Load())
			}
		})
	}
	// A file that changed is offered, and so is one that lies elsewhere now.
	asLines(t, filepath.Join(other, "e.jsonl"), stories(4, 77))
	if _, st := scan(t, dir, &plainReader{}, in, other); st.Articles != whole.Articles+1 {
		t.Errorf("with a file that changed, it holds %d articles, want %d", st.Articles, whole.Articles+1)
	}
	moved := filepath.Join(t.TempDir(), "moved")
	move(other, moved)
	if _, st := scan(t, dir, &plainReader{}, in, moved); st.Articles != whole.Articles+1 {
		t.Errorf("with files that lie elsewhere, it holds %d articles, want %d", st.Articles, whole.Articles+1)
	}
	c, err := MakeWithout(t.Context(), dir, []string{in}, nil, quiet)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Run(t.Context(), &plainReader{}, quiet); err != nil {
		t.Fatal(err)
	}
	if entries, err := os.ReadDir(filepath.Join(dir, shardsDir)); err != nil || len(entries) != 3 {
		t.Errorf("without them, %d shards are kept, want 3; %v", len(entries), err)
	}
}

// A plan that is damaged costs no reading: what was made is found again by those
// who name all sources.
func TestADamagedPlan(t *testing.T) {
	in, other, dir := sources(t), filepath.Join(t.TempDir(), "other"), filepath.Join(t.TempDir(), "c")
	asLines(t, filepath.Join(other, "z.jsonl"), stories(2, 8))
	_, st := scan(t, dir, &plainReader{}, in, other)
	whole, err := os.ReadFile(filepath.Join(dir, planFile))
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string][]byte{
		"empty": nil, "half": whole[:len(whole)/2], "zeros": make([]byte, len(whole)), "other JSON": []byte("[1, 2]"), "no plan": []byte("{}"),
		"a number": []byte("7"), "null": []byte("null"), "text behind it": append(bytes.Clone(whole), "x"...), "a key cut": whole[1:], "a string where a list is": []byte(`{"form":"x","shards":"y"}`),
		"a length below nothing": bytes.Replace(whole, []byte(`"length": `), []byte(`"length": -`), 1), "a stretch behind the end": bytes.Replace(whole, []byte(`"length": `), []byte(`"length": 9`), 1),
		"a hash cut short": bytes.Replace(whole, []byte(`"sha256": "`), []byte(`"sha256": "`+"zz"), 1), "no path": bytes.Replace(whole, []byte(`"path": "/`), []byte(`"other": "/`), 1),
	}
	for name, damage := range tests {
		t.Run(name, func(t *testing.T) {
			write(t, filepath.Join(dir, planFile), damage)
			if _, err := Open(dir, nil); !errors.Is(err, recount.ErrTampered) || !strings.Contains(recount.HintOf(err), "name all sources again") {
				t.Errorf("opened, it says %v (%s)", err, recount.HintOf(err))
			}
			if _, err := Make(t.Context(), dir, []string{in}, nil, quiet); !errors.Is(err, recount.ErrConflict) || recount.HintOf(err) == "" {
				t.Errorf("without one of the folders it says %v", err)
			}
			again := &plainReader{}
			if _, got := scan(t, dir, again, in, other); got.Manifest != st.Manifest || again.pages.Load() != 0 {
				t.Errorf("scanned again it has the manifest %.12s after reading %d pages, want %.12s and none", got.Manifest, again.pages.Load(), st.Manifest)
			}
			write(t, filepath.Join(dir, planFile), damage)
			if c, err := MakeWithout(t.Context(), dir, []string{in}, nil, quiet); err != nil || len(c.Plan.Shards) != st.Shards-1 {
				t.Errorf("without them it ends with %v", err)
			}
		})
	}
}

// A shard that is made again is of the bytes that are there, even if the file
// has the size and the time that it had.
func TestOtherBytesOfTheSameTime(t *testing.T) {
	for _, file := range []string{"a.warc.gz", "b.jsonl"} {
		t.Run(file, func(t *testing.T) {
			in, dir := sources(t), filepath.Join(t.TempDir(), "c")
			c, _ := scan(t, dir, &plainReader{}, in)
			path := filepath.Join(in, file)
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			info, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			b[len(b)-2] ^= 1
			write(t, path, b)
			if err := os.Chtimes(path, info.ModTime(), info.ModTime()); err != nil {
				t.Fatal(err)
			}
			for i := range c.Plan.Shards {
				if s := &c.Plan.Shards[i]; s.Path == path {
					if err := os.RemoveAll(c.ShardDir(s)); err != nil {
						t.Fatal(err)
					}
				}
			}
			sum := sha256.Sum256(b)
			c, _ = scan(t, dir, &plainReader{}, in)
			for i := range c.Plan.Shards {
				if s := &c.Plan.Shards[i]; s.Path == path && s.Hash != hex.EncodeToString(sum[:]) {
					t.Errorf("made again, the shard is said to be of %.12s; the file is %x", s.Hash, sum[:6])
				}
			}
		})
	}
}

// A corpus inside its own source is not read, whatever way leads to it.
func TestACorpusInItsSource(t *testing.T) {
	in := sources(t)
	dir, link := filepath.Join(in, "c"), filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(in, link); err != nil {
		t.Skip("no links here:", err)
	}
	_, first := scan(t, dir, &plainReader{}, in)
	for _, way := range [][2]string{{dir, in}, {dir, link}, {filepath.Join(link, "c"), in}, {filepath.Join(link, "c"), link}, {dir, link + "/."}} {
		if c, st := scan(t, way[0], &plainReader{}, way[1]); st.Manifest != first.Manifest || len(c.Plan.Left) != len(first.Left) {
			t.Errorf("%s into %s: manifest %.12s, %d files left, want %.12s and %d", way[1], way[0], st.Manifest, len(c.Plan.Left), first.Manifest, len(first.Left))
		}
	}
}

// endless is a file of one line.
type endless struct{}

func (endless) ReadAt(p []byte, _ int64) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

// A line that does not end is left when somebody stops the work.
func TestStoppedInALine(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	s := Shard{Name: "a.jsonl", Length: 1 << 50, Size: 1 << 50, Lines: true}
	s.lines(ctx, endless{}, func(_ unpack.Item, err error) bool {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("it says %v", err)
		}
		return false
	})
	if _, err := cutLines(ctx, endless{}, s); !errors.Is(err, context.Canceled) {
		t.Errorf("cutting says %v", err)
	}
}

// A web archive whose packing is not read is told apart from other files.
func TestArchivesInBzip2(t *testing.T) {
	packed := []byte("BZh91AY&SY\x94$|\x0e\x00\x00\x00\x81\x00\x03@\x00 \x00!\x9ah3M\x13<]\xc9\x14\xe1BBP\x91\xf08")
	for name, want := range map[string]string{"a.warc.bz2": "bunzip2", "B.WARC.BZ2": "bunzip2", "c.arc.bz2": "bunzip2", "d.bz2": "recount add", "warc.bz2.txt": "recount add"} {
		leftAs(t, name, packed, want)
	}
}

// An archive whose beginning is damaged is no other kind of file.
func TestDamagedArchives(t *testing.T) {
	for name, b := range map[string][]byte{
		"a.warc.gz": []byte("\x1f\x8bnothing"), "b.warc": []byte("nothing at all"), "C.WARC.GZ": make([]byte, 4000), "d.arc.gz": []byte("x"),
		"e.arc": []byte("<html>"), "f.wacz": []byte("PQ"), "g.warc.gz": nil, "h.warc": []byte("WARK/1.0\r\n"), "i.warc": bytes.Repeat([]byte("\n"), 9000), "j.warc.gz": []byte("Not found"),
	} {
		leftAs(t, name, b, "copy it again")
	}
}

// leftAs offers one file that is none beside one of lines.
func leftAs(t *testing.T, name string, packed []byte, want string) {
	t.Helper()
	{
		in := filepath.Join(t.TempDir(), "in")
		asLines(t, filepath.Join(in, "lines.jsonl"), stories(1, 1))
		write(t, filepath.Join(in, name), packed)
		_, st := scan(t, filepath.Join(t.TempDir(), "c"), &plainReader{}, in)
		if len(st.Left) != 1 || !strings.Contains(st.Left[0].Hint, want) {
			t.Errorf("%s: left %+v, want a hint at %s", name, st.Left, want)
		}
	}
}

// One page that cannot be read costs one line, whatever it does to its reader.
func TestPoisonCostsOneSkip(t *testing.T) {
	in := filepath.Join(t.TempDir(), "in")
	all := stories(12, 5)
	asWARC(t, filepath.Join(in, "a.warc.gz"), all)
	refused := recount.WithHint(fmt.Errorf("it took too long: %w", recount.ErrRefused), "look at it")
	tests := []struct {
		name   string
		broken func() error
		lines  string // beside the archive
		reason string
	}{
		{"refused by its reader", func() error { return refused }, "", "it took too long"},
		{"its reader panics", func() error { panic("index out of range") }, "", "its reader broke off (index out of range)"},
		{"a line that is no JSON", nil, `{"text":`, "no JSON object"},
		{"a line that was cut off", nil, `{"text":"The bridge is closed for the winter, said Vera Brandt.","title":"Brid`, "no JSON object"},
		{"two objects in a line", nil, `{"text":"The bridge is closed."} {"text":"The ferry sails."}`, "no JSON object"},
		{"a comma too many", nil, `{"text":"The bridge is closed for the winter.",}`, "no JSON object"},
		{"single quotes", nil, `{'text':'The bridge is closed for the winter.'}`, "no JSON object"},
		{"an array", nil, `["The bridge is closed for the winter, said Vera Brandt."]`, "no JSON object"},
		{"a text in quotes", nil, `"The bridge is closed for the winter, said Vera Brandt."`, "no JSON object"},
		{"a line without a text", nil, `{"a":1}`, "no text"},
		{"a title alone", nil, `{"title":"Bridge"}`, "no text"},
		{"a number that JSON has not", nil, `{"a":NaN}`, "no JSON object"},
		{"a brace alone", nil, `{`, "no JSON object"},
		{"a key without quotes", nil, `{text:"The bridge is closed for the winter."}`, "no JSON object"},
		{"a text under another name", nil, `{"said of the bridge":"The bridge is closed for the winter, said Vera Brandt."}`, "no text"},
		{"a text deeper down", nil, `{"a":{"b":"The bridge is closed for the winter."}}`, "no text"},
		{"an empty text", nil, `{"title":"Bridge","text":""}`, "text"},
		{"no text at all", nil, `{"title":"Bridge","text":null}`, "text"},
		{"a line of binary data", nil, "\x00\x01\x02\xff", ""},
		{"a number", nil, "12", "no JSON object"},
		{"plain text", nil, "The bridge is closed for the winter, said Vera Brandt.", "no JSON object"},
		{"an empty object", nil, "{}", "without rows"},
		{"a text too long", nil, `{"title":"Long","text":"` + strings.Repeat("word ", 260_000) + `"}`, "the limit is 1024 kB"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := &plainReader{}
			from, kept := []string{in}, 12
			if tt.broken != nil {
				kept = 11
				r.broken = func(name string) error {
					if name == all[7].URL {
						return tt.broken()
					}
					return nil
				}
			} else {
				path := filepath.Join(t.TempDir(), "x.jsonl")
				write(t, path, []byte(tt.lines+"\n"))
				from = append(from, path)
			}
			c, st := scan(t, filepath.Join(t.TempDir(), "c"), r, from...)
			if st.Articles != kept || st.Skipped != 1 {
				t.Fatalf("%d articles and %d skipped, want %d and 1", st.Articles, st.Skipped, kept)
			}
			err := c.EachSkipped(func(_ string, s Skip) bool {
				if !strings.Contains(s.Reason, tt.reason) || s.Reason == "" || s.Name == "" {
					t.Errorf("what is skipped is %+v, want the reason %q", s, tt.reason)
				}
				if strings.HasSuffix(strings.TrimSpace(s.Reason), ":") || strings.HasPrefix(s.Hint, "say which column") {
					t.Errorf("what is skipped is %+v, which says nothing or asks for a flag that a scan has not", s)
				}
				return true
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

// Lines that other programs write are articles: with a byte order mark before
// the first, blanks around them, Windows' ends of lines, and numbers that JSON
// has not.
func TestLinesOfOthers(t *testing.T) {
	const text = "The bridge is closed for the winter, said Vera Brandt."
	for name, line := range map[string]string{
		"byte order mark":          "\xef\xbb\xbf" + `{"text":"` + text + `"}` + "\n",
		"end of line of Windows":   `{"text":"` + text + `"}` + "\r\n",
		"blanks around":            "  \t{ \t\"text\" : \"" + text + "\" } \n",
		"no end of line":           `{"text":"` + text + `"}`,
		"empty lines around":       "\n\n" + `{"text":"` + text + `"}` + "\n\n\n",
		"a text deeper down":       `{"article":{"text":"` + text + `"}}` + "\n",
		"a text in German":         `{"inhalt":"` + text + `"}` + "\n",
		"escaped beyond need":      `{"\u0074ext":"\u0054` + text[1:] + `"}` + "\n",
		"the text named twice":     `{"text":"","text":"` + text + `"}` + "\n",
		"a byte that is not UTF-8": `{"a":"` + "\xe9" + `","text":"` + text + `"}` + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "x.jsonl")
			write(t, path, []byte(line))
			c, st := scan(t, filepath.Join(t.TempDir(), "c"), NewReader(nil, nil), path)
			if rows := rowsOf[ArticleRow](t, c, Articles); st.Skipped != 0 || len(rows) != 1 || rows[0].Text != text {
				t.Errorf("%d articles, %d skipped, %+v; want one with the text", st.Articles, st.Skipped, rows)
			}
		})
	}
}

// What is the fault of the machine ends the run, and nothing half done stays.
func TestAFaultOfTheMachineEndsTheRun(t *testing.T) {
	in := sources(t)
	c, err := Make(t.Context(), filepath.Join(t.TempDir(), "c"), []string{in}, nil, quiet)
	if err != nil {
		t.Fatal(err)
	}
	full := errors.New("no space left on device")
	if _, err := c.Run(t.Context(), &plainReader{broken: func(string) error { return full }}, quiet); !errors.Is(err, full) {
		t.Errorf("the run ends with %v, want %v", err, full)
	}
	if st, err := c.Status(); err != nil || st.Read != 0 || st.Manifest != "" {
		t.Errorf("after it %d shards are read (%v), want none", st.Read, err)
	}
	if err := os.Remove(filepath.Join(in, "a.warc.gz")); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Run(t.Context(), &plainReader{}, quiet); err == nil || !strings.Contains(recount.HintOf(err), "put the file back") {
		t.Errorf("a file that is gone gives %v", err)
	}
}

// A broken disk reads the files of a folder up to a place.
type brokenDisk struct {
	Store
	dir   string
	after int64
}

var errDisk = errors.New("input/output error")

func (b brokenDisk) Open(_ context.Context, o Object) (OpenFile, error) {
	f, err := os.Open(filepath.Join(b.dir, o.Name))
	return brokenFile{f, b.after}, err
}

type brokenFile struct {
	*os.File
	after int64
}

func (f brokenFile) ReadAt(p []byte, off int64) (int, error) {
	n, err := f.File.ReadAt(p, off)
	if off+int64(n) > f.after {
		return int(max(0, f.after-off)), errDisk
	}
	return n, err
}

// A file that cannot be read to its end ends the run, wherever that is; no page
// is left out as if it were not there.
func TestAFileThatCannotBeRead(t *testing.T) {
	in := sources(t)
	asWARC(t, filepath.Join(in, "z.warc.gz"), stories(40, 9))
	for _, name := range []string{"a.warc.gz", "b.jsonl", "more/c.ndjson", "z.warc.gz"} {
		info, err := os.Stat(filepath.Join(in, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range []int64{0, 1, 30, 50, 99} {
			s := Shard{Name: name, Path: "s3://bucket/" + name, Size: info.Size(), Length: info.Size(), Lines: hasLines(name), store: brokenDisk{dir: in, after: info.Size() * part / 100}}
			out := t.TempDir()
			if n, err := MapShard(t.Context(), s, &plainReader{}, out, nil); !errors.Is(err, errDisk) {
				t.Errorf("%s of which %d%% can be read gives %+v and %v", name, part, n, err)
			}
		}
		s := Shard{Name: name, Path: "s3://bucket/" + name, Size: info.Size(), Length: info.Size(), Lines: hasLines(name), store: brokenDisk{dir: in, after: info.Size()}}
		if n, err := MapShard(t.Context(), s, &plainReader{}, t.TempDir(), nil); err != nil || n.Articles < 15 {
			t.Errorf("%s gives %+v and %v", name, n, err)
		}
	}
}

// Addresses need a program that opens them, which is said before anything is
// done.
func TestNoStore(t *testing.T) {
	for _, address := range []string{"s3://bucket", "s3://bucket/a/b.warc.gz", "gs://bucket/a", "azblob://container/a?b=c"} {
		dir := filepath.Join(t.TempDir(), "c")
		_, err := Make(t.Context(), dir, []string{sources(t), address}, nil, quiet)
		if !errors.Is(err, recount.ErrInvalid) || !strings.Contains(recount.HintOf(err), "recount-stores") {
			t.Errorf("%s gives %v (%s)", address, err, recount.HintOf(err))
		}
		if _, err := os.Stat(filepath.Join(dir, planFile)); err == nil {
			t.Errorf("%s left a plan", address)
		}
		s := Shard{Name: "a.warc.gz", Path: address}
		if _, err := MapShard(t.Context(), s, &plainReader{}, t.TempDir(), nil); !strings.Contains(recount.HintOf(err), "recount-stores") {
			t.Errorf("reading a shard at %s gives %v", address, err)
		}
	}
}

// table reads a table of all shards.
func rowsOf[T any](t *testing.T, c *Corpus, name string) (out []T) {
	t.Helper()
	for i := range c.Plan.Shards {
		if err := eachRow(filepath.Join(c.ShardDir(&c.Plan.Shards[i]), name), func(r T) bool { out = append(out, r); return true }); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// The tables hold what was read, and their keys lead to one another.
func TestTablesReadBack(t *testing.T) {
	c, st := scan(t, filepath.Join(t.TempDir(), "c"), &plainReader{}, sources(t))
	articles := map[string]ArticleRow{}
	for _, r := range rowsOf[ArticleRow](t, c, Articles) {
		articles[r.Article] = r
	}
	if len(articles) != st.Articles {
		t.Errorf("%d rows of articles, want %d", len(articles), st.Articles)
	}
	want := stories(60, 3)
	seen := map[string]bool{}
	for _, r := range articles {
		seen[r.URL+r.Name] = true
		i := slices.IndexFunc(want, func(s story) bool { return s.URL == r.URL || s.URL == r.Name })
		if i < 0 {
			t.Errorf("the row of %s is of no story", r.Name)
			continue
		}
		if s := want[i]; r.Outlet != s.Outlet || r.Title != s.Title || !strings.HasPrefix(r.Published, s.Published) || r.Language != "en" {
			t.Errorf("the row of %s is %q, %q, %q, %q", r.Name, r.Outlet, r.Title, r.Published, r.Language)
		}
	}
	if len(seen) != 60 {
		t.Errorf("%d different pages, want 60", len(seen))
	}
	speakers := map[string]SpeakerRow{}
	people := 0
	for _, r := range rowsOf[SpeakerRow](t, c, Speakers) {
		speakers[r.Speaker] = r
		text := []rune(articles[r.Article].Text)
		if r.Kind == string(recount.Named) {
			people++
			if len(r.Blocks) == 0 || !strings.Contains(string(text[r.Start:r.End]), strings.Fields(r.Name)[0]) {
				t.Errorf("%s meets others under %d blocks and stands as %q", r.Name, len(r.Blocks), string(text[r.Start:r.End]))
			}
		}
	}
	if people < 60 {
		t.Errorf("%d named speakers, want one an article at least", people)
	}
	for _, r := range rowsOf[StatementRow](t, c, Statements) {
		text := []rune(articles[r.Article].Text)
		var words []string
		for i := range r.Starts {
			words = append(words, string(text[r.Starts[i]:r.Ends[i]]))
		}
		if got := strings.Join(words, " … "); got != r.Words || got == "" {
			t.Errorf("a statement says %q and stands as %q", r.Words, got)
		}
		if r.Speaker != "" && speakers[r.Speaker].Article != r.Article {
			t.Errorf("a statement of %s is by a speaker of %q", r.Article, speakers[r.Speaker].Article)
		}
	}
	figures := rowsOf[FigureRow](t, c, Figures)
	for _, r := range figures {
		if text := []rune(articles[r.Article].Text); string(text[r.Start:r.End]) != r.Words {
			t.Errorf("a figure is %q and stands as %q", r.Words, string(text[r.Start:r.End]))
		}
	}
	if len(figures) != st.Figures || len(speakers) != st.Speakers {
		t.Errorf("%d figures and %d speakers, want %d and %d", len(figures), len(speakers), st.Figures, st.Speakers)
	}
}

// What the shards have in common is what copies.Find finds in all articles.
func TestRelationsAreThoseOfAllAtOnce(t *testing.T) {
	in := sources(t)
	asWARC(t, filepath.Join(in, "again.warc.gz"), stories(60, 3)[5:12])
	c, st := scan(t, filepath.Join(t.TempDir(), "c"), &plainReader{}, in)
	var all []*recount.Article
	seen := map[recount.Key]bool{}
	for i := range c.Plan.Shards {
		for it, err := range c.Plan.Shards[i].items(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			o := offered{item: it}
			if err := o.read(t.Context(), &plainReader{}); err != nil {
				t.Fatal(err)
			}
			for j := range o.pages {
				if a := &o.pages[j].article; !seen[a.Key] {
					seen[a.Key] = true
					all = append(all, a)
				}
			}
		}
	}
	var want []RelationRow
	var relations []recount.Relation
	for r, err := range copies.Find(slices.Values(all), t.TempDir()) {
		if err != nil {
			t.Fatal(err)
		}
		relations = append(relations, r)
		want = append(want, RelationRow{string(r.A), string(r.B), string(r.Kind), int32(r.CoverageA), int32(r.CoverageB), string(r.First), r.Reason, int32(len(r.Spans))})
	}
	key, err := c.Key()
	if err != nil {
		t.Fatal(err)
	}
	var got []RelationRow
	if err := eachRow(filepath.Join(c.wholeDir(key), Relations), func(r RelationRow) bool { got = append(got, r); return true }); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("relations differ (-want +got):\n%.2000s", d)
	}
	original := map[string]string{}
	counting := 0
	for _, o := range copies.Originals(slices.Values(all), relations) {
		for _, m := range o.Members {
			original[string(m)] = string(o.Key)
		}
		if !o.Spliced {
			counting++
		}
	}
	n, again, joined := 0, 0, 0
	if err := eachRow(filepath.Join(c.wholeDir(key), Originals), func(r OriginalRow) bool {
		n++
		if r.Again {
			again++
			if r.Size > 1 {
				joined++
			}
		}
		if original[r.Article] != r.Original {
			t.Errorf("%s belongs to the original %s, want %s", r.Article, r.Original, original[r.Article])
		}
		return true
	}); err != nil {
		t.Fatal(err)
	}
	if n != 67 || counting != st.Originals {
		t.Errorf("%d rows and %d originals, want 67 and %d", n, st.Originals, counting)
	}
	if again != 7 || st.Again != 7 || joined == 0 {
		t.Errorf("%d rows of pages that came before, %d in the status, %d of them with copies; want 7, 7 and some", again, st.Again, joined)
	}
}

// A file of lines that is cut into stretches gives each line once.
func TestLinesAreCut(t *testing.T) {
	line := `{"text":"` + strings.Repeat("x", 1<<20) + `"}` + "\n"
	path := filepath.Join(t.TempDir(), "long.jsonl")
	write(t, path, bytes.Repeat([]byte(line), 70))
	c, err := Make(t.Context(), filepath.Join(t.TempDir(), "c"), []string{path}, nil, quiet)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Plan.Shards) != 3 {
		t.Errorf("70 MB are cut into %d shards, want 3", len(c.Plan.Shards))
	}
	seen := map[string]int{}
	for i := range c.Plan.Shards {
		for it, err := range c.Plan.Shards[i].items(t.Context()) {
			if err != nil || string(it.Payload) != line {
				t.Fatalf("a line of %d bytes, %v", len(it.Payload), err)
			}
			seen[it.Name]++
		}
	}
	if len(seen) != 70 {
		t.Errorf("%d different lines, want 70", len(seen))
	}
}

// The filter of a slice takes what it says, and the pages are those in the
// files.
func TestSlice(t *testing.T) {
	in := sources(t)
	z := filepath.Join(in, "packed.jsonl.gz")
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	fmt.Fprintln(w, `{"url":"https://packed.example/1","title":"Straße","outlet":"Packed","text":"“Die Brücke bleibt zu”, sagte Jörg Müller. Der Rat hat es gestern so beschlossen, und die Stadt wartet weiter auf das Geld."}`)
	fmt.Fprintln(w, `{"url":"https://packed.example/2","title":"Two","outlet":"Packed","published":"2019-05","text":"“The bridge stays closed,” said Vera Brandt. The council decided so yesterday, and the town waits for the money."}`)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	write(t, z, b.Bytes())
	c, _ := scan(t, filepath.Join(t.TempDir(), "c"), &plainReader{}, in)
	date := func(s string) recount.Date { return recount.DateOf(s) }
	all := stories(60, 3)
	count := func(f func(s story) bool) (n int) {
		for _, s := range all {
			if f(s) {
				n++
			}
		}
		return n
	}
	tests := []struct {
		name   string
		filter Filter
		want   int
	}{
		{"everything", Filter{}, 62},
		{"from a day", Filter{From: date("2020-06-10")}, count(func(s story) bool { return s.Published >= "2020-06-10" })},
		{"to a month", Filter{To: date("2020-02")}, 1 + count(func(s story) bool { return s.Published < "2020-03" })},
		{"a month known no better", Filter{From: date("2019-05"), To: date("2019-05")}, 1},
		{"a year", Filter{From: date("2020"), To: date("2020")}, 60},
		{"an outlet by name", Filter{Outlets: []string{"outlet 1"}}, count(func(s story) bool { return s.Outlet == "Outlet 1" })},
		{"an outlet by host", Filter{Outlets: []string{"outlet1.example"}}, count(func(s story) bool { return s.Outlet == "Outlet 1" })},
		{"an outlet by a part of a host", Filter{Outlets: []string{"let1.example"}}, 0},
		{"an outlet by an address", Filter{Outlets: []string{" HTTPS://Outlet1.Example/news/"}}, count(func(s story) bool { return s.Outlet == "Outlet 1" })},
		{"an outlet by a host with a point at its end", Filter{Outlets: []string{"outlet1.example."}}, count(func(s story) bool { return s.Outlet == "Outlet 1" })},
		{"an outlet and its subdomains", Filter{Outlets: []string{"*.outlet1.example"}}, count(func(s story) bool { return s.Outlet == "Outlet 1" })},
		{"a host that only stands in the path", Filter{Outlets: []string{"12.html"}}, 0},
		{"a host over all of them", Filter{Outlets: []string{"example"}}, 62},
		{"two outlets", Filter{Outlets: []string{"Outlet 1", "Packed"}}, 2 + count(func(s story) bool { return s.Outlet == "Outlet 1" })},
		{"a language", Filter{Languages: []string{"de"}}, 1},
		{"a word", Filter{Words: []string{"BRÜCKE"}}, 1},
		{"a word whose marks stand apart", Filter{Words: []string{"Bru\u0308cke"}}, 1},
		{"a part of a word", Filter{Words: []string{"rück"}}, 0},
		{"words in a row", Filter{Words: []string{"bridge stays closed"}}, 1},
		{"a person", Filter{People: []string{"Jörg Müller"}}, 1},
		{"a person by initial", Filter{People: []string{"J. Müller"}}, 1},
		{"nobody", Filter{People: []string{"Nobody Else"}}, 0},
		{"all conditions", Filter{Outlets: []string{"Packed"}, People: []string{"Vera Brandt"}, Words: []string{"money"}, From: date("2019")}, 1},
	}
	inFiles := map[string][]byte{}
	for i := range c.Plan.Shards {
		for it, err := range c.Plan.Shards[i].items(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			b, err := json.Marshal(it)
			if err != nil {
				t.Fatal(err)
			}
			inFiles[it.Name] = b
		}
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := c.Slice(t.Context(), tt.filter, quiet)
			if err != nil {
				t.Fatal(err)
			}
			if s.Articles != tt.want || s.Pages != tt.want {
				t.Errorf("%d articles on %d pages, want %d (%s)", s.Articles, s.Pages, tt.want, tt.filter.String())
			}
			n := 0
			for it, err := range s.Items(t.Context()) {
				if err != nil {
					t.Fatal(err)
				}
				n++
				b, err := json.Marshal(it)
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(b, inFiles[it.Name]) {
					t.Errorf("the slice gives %.300s, the file %.300s", b, inFiles[it.Name])
				}
			}
			if n != s.Pages {
				t.Errorf("%d pages come, %d were chosen", n, s.Pages)
			}
		})
	}
}

// A period takes what lies in it, and counts what it cannot tell.
func TestSliceByPartialDates(t *testing.T) {
	in := filepath.Join(t.TempDir(), "in")
	var all []story
	for i, day := range []string{"2019", "2019-05", "2019-05-07", "2019-05-20", "2019-06-01", ""} {
		s := stories(6, 4)[i]
		s.Published = day
		all = append(all, s)
	}
	asLines(t, filepath.Join(in, "a.jsonl"), all)
	c, _ := scan(t, filepath.Join(t.TempDir(), "c"), &plainReader{}, in)
	tests := []struct {
		from, to             string
		want, vague, undated int
	}{
		{"2019", "", 5, 0, 1},
		{"", "2019", 5, 0, 1},
		{"2019", "2019", 5, 0, 1},
		{"2020", "", 0, 0, 1},
		{"2019-02", "", 4, 1, 1},
		{"", "2019-05", 3, 1, 1},
		{"2019-05", "2019-05", 3, 1, 1},
		{"2019-05-07", "", 3, 2, 1},
		{"", "2019-05-20", 2, 2, 1},
		{"2019-05-10", "2019-05-15", 0, 2, 1},
		{"2019-05-07", "2019-05-07", 1, 2, 1},
		{"2019-05-01", "2019-05-31", 3, 1, 1},
		{"2019-01-01", "2019-12-31", 5, 0, 1},
		{"2018", "2018", 0, 0, 1},
	}
	for _, tt := range tests {
		s, err := c.Slice(t.Context(), Filter{From: recount.DateOf(tt.from), To: recount.DateOf(tt.to)}, quiet)
		if err != nil {
			t.Fatal(err)
		}
		if s.Articles != tt.want || s.Vague != tt.vague || s.Undated != tt.undated {
			t.Errorf("from %q to %q: %d articles, %d of a vaguer date and %d of none left out; want %d, %d, %d", tt.from, tt.to, s.Articles, s.Vague, s.Undated, tt.want, tt.vague, tt.undated)
		}
	}
}

// A corpus that is not whole gives no slice; one that was changed says so.
// A file that is away or changed costs its own pages; one that was copied back is
// the same.
func TestSliceOfFilesThatChanged(t *testing.T) {
	tests := []struct {
		name   string
		change func(t *testing.T, path string, b []byte)
		gone   bool
	}{
		{"copied back", func(t *testing.T, path string, b []byte) { write(t, path, b) }, false},
		{"touched", func(t *testing.T, path string, _ []byte) {
			if err := os.Chtimes(path, time.Unix(1, 0), time.Unix(1, 0)); err != nil {
				t.Fatal(err)
			}
		}, false},
		{"removed", func(t *testing.T, path string, _ []byte) {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}, true},
		{"longer", func(t *testing.T, path string, b []byte) { write(t, path, append(bytes.Clone(b), ' ')) }, true},
		{"other bytes of the same number", func(t *testing.T, path string, b []byte) {
			b = bytes.Clone(b)
			b[len(b)/2] ^= 1
			write(t, path, b)
			if err := os.Chtimes(path, time.Unix(1, 0), time.Unix(1, 0)); err != nil {
				t.Fatal(err)
			}
		}, true},
	}
	for _, tt := range tests {
		for file, pages := range map[string]int{"a.warc.gz": 20, "b.jsonl": 25} {
			t.Run(tt.name+" "+file, func(t *testing.T) {
				in := sources(t)
				c, _ := scan(t, filepath.Join(t.TempDir(), "c"), &plainReader{}, in)
				path := filepath.Join(in, file)
				b, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				tt.change(t, path, b)
				s, err := c.Slice(t.Context(), Filter{}, quiet)
				if err != nil {
					t.Fatal(err)
				}
				taken, refused := 0, 0
				for it, err := range s.Items(t.Context()) {
					switch {
					case err == nil:
						taken++
					case errors.Is(err, recount.ErrRefused) && it.Name != "" && strings.Contains(recount.HintOf(err), "name the sources"):
						refused++
					default:
						t.Fatalf("%q: %v (%s)", it.Name, err, recount.HintOf(err))
					}
				}
				if want := map[bool]int{true: pages}[tt.gone]; refused != want || taken != 60-want {
					t.Errorf("%d pages are refused and %d come, want %d and %d", refused, taken, want, 60-want)
				}
			})
		}
	}
}

func TestCheck(t *testing.T) {
	in := sources(t)
	dir := filepath.Join(t.TempDir(), "c")
	c, err := Make(t.Context(), dir, []string{in}, nil, quiet)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Slice(t.Context(), Filter{}, quiet); !errors.Is(err, recount.ErrConflict) {
		t.Errorf("a slice of what is not read gives %v", err)
	}
	scan(t, dir, &plainReader{}, in)
	if wrong, err := c.Check(t.Context()); err != nil || len(wrong) != 0 {
		t.Errorf("a whole corpus has %q wrong, %v", wrong, err)
	}
	path := filepath.Join(c.ShardDir(&c.Plan.Shards[0]), Articles)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 1
	write(t, path, b)
	if wrong, err := c.Check(t.Context()); err != nil || len(wrong) != 1 {
		t.Errorf("with one bit changed %q are wrong, %v; want one", wrong, err)
	}
	if _, err := Make(t.Context(), in, []string{in}, nil, quiet); !errors.Is(err, recount.ErrConflict) {
		t.Errorf("a corpus in a folder with other files gives %v", err)
	}
}

// What the manifest of the corpus says otherwise than the folders is named,
// whichever of the two was changed.
func TestCheckOfTheWhole(t *testing.T) {
	in := sources(t)
	tests := []struct {
		name string
		do   func(t *testing.T, c *Corpus) error
		want string // the first that is named ends so
	}{
		{"a sum of the corpus", func(t *testing.T, c *Corpus) error {
			return edit(filepath.Join(c.Dir, manifestFile), `"originals": `, `"originals": 9`)
		}, manifestFile},
		{"no manifest any more in that file", func(t *testing.T, c *Corpus) error {
			return os.WriteFile(filepath.Join(c.Dir, manifestFile), []byte("x"), 0o600)
		}, manifestFile},
		{"nothing in that file", func(t *testing.T, c *Corpus) error {
			return os.WriteFile(filepath.Join(c.Dir, manifestFile), []byte("{}"), 0o600)
		}, "= " + manifestFile},
		{"a sum of a shard", func(t *testing.T, c *Corpus) error {
			return edit(filepath.Join(c.ShardDir(&c.Plan.Shards[0]), manifestFile), `"articles": `, `"articles": 9`)
		}, manifestFile},
		{"a shard is gone", func(t *testing.T, c *Corpus) error { return os.RemoveAll(c.ShardDir(&c.Plan.Shards[0])) }, manifestFile},
		{"all parts are gone", func(t *testing.T, c *Corpus) error { return os.RemoveAll(filepath.Join(c.Dir, partsDir)) }, manifestFile},
		{"what they have in common is gone", func(t *testing.T, c *Corpus) error { return os.RemoveAll(filepath.Join(c.Dir, wholeDir)) }, manifestFile},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "c")
			scan(t, dir, &plainReader{}, in)
			c, err := Open(dir, nil)
			if err != nil {
				t.Fatal(err)
			}
			if wrong, err := c.Check(t.Context()); err != nil || len(wrong) > 0 {
				t.Fatalf("whole: %q, %v", wrong, err)
			}
			if err := tt.do(t, c); err != nil {
				t.Fatal(err)
			}
			wrong, err := c.Check(t.Context())
			if err != nil || len(wrong) == 0 || !strings.HasSuffix("= "+wrong[0], tt.want) {
				t.Errorf("%q, %v", wrong, err)
			}
		})
	}
}

// edit puts words in the place of others in a file.
func edit(path, old, new string) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if !bytes.Contains(b, []byte(old)) {
		return fmt.Errorf("%s has no %q", path, old)
	}
	return os.WriteFile(path, bytes.Replace(b, []byte(old), []byte(new), 1), 0o600)
}

// One scan at a time works in a folder; a folder with other files stays as it is.
func TestHold(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "c")
	release, err := Hold(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Hold(dir); !errors.Is(err, recount.ErrConflict) {
		t.Errorf("a second scan gives %v", err)
	}
	if _, err := Make(t.Context(), dir, []string{sources(t)}, nil, quiet); err != nil {
		t.Errorf("the one who holds it cannot make it: %v", err)
	}
	release()
	again, err := Hold(dir)
	if err != nil {
		t.Fatalf("after it was released: %v", err)
	}
	again()
	other := t.TempDir()
	write(t, filepath.Join(other, "letter.txt"), []byte("x"))
	if _, err := Hold(other); !errors.Is(err, recount.ErrConflict) {
		t.Errorf("a folder with other files gives %v", err)
	}
	if left, err := os.ReadDir(other); err != nil || len(left) != 1 {
		t.Errorf("it holds %v now, %v", left, err)
	}
}

// docs/corpus.md documents each column of each table, in their order.
func TestColumnsAreDocumented(t *testing.T) {
	b, err := os.ReadFile("../../docs/corpus.md")
	if err != nil {
		t.Fatal(err)
	}
	tables := map[string][]string{
		"articles": columns[ArticleRow](), "statements": columns[StatementRow](), "speakers": columns[SpeakerRow](),
		"figures": columns[FigureRow](), "relations": columns[RelationRow](), "originals": columns[OriginalRow](),
	}
	for name, want := range tables {
		_, part, ok := strings.Cut(string(b), "\n### "+name+":")
		if !ok {
			t.Errorf("docs/corpus.md has no part on %s", name)
			continue
		}
		part, _, _ = strings.Cut(part, "\n#")
		var got []string
		for line := range strings.Lines(part) {
			if cells := strings.Split(line, "|"); len(cells) == 5 && strings.HasPrefix(cells[1], " `") {
				got = append(got, strings.Trim(cells[1], " `")+" "+strings.TrimSpace(cells[2]))
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("the columns of %s differ from docs/corpus.md (-table +docs):\n%s", name, d)
		}
	}
}

// columns lists the columns of a row as the documentation does.
func columns[T any]() (out []string) {
	kinds := map[string]string{"string": "string", "[]string": "list of string", "int32": "int32", "[]int32": "list of int32", "int64": "int64", "[]int64": "list of int64", "bool": "bool"}
	row := reflect.TypeFor[T]()
	for i := range row.NumField() {
		name, _, _ := strings.Cut(row.Field(i).Tag.Get("parquet"), ",")
		out = append(out, name+" "+kinds[row.Field(i).Type.String()])
	}
	return out
}
