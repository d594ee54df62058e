package copies

import (
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"recount"
	"recount/internal/parallel"
)

// A press makes synthetic articles of about 500 words: Zipf-distributed words,
// a quotation here and there, and one article in five is a reprint of an
// earlier one: whole, trimmed or with a few words changed.
type press struct {
	vocabulary []string
	drawn      []uint16 // words as they are drawn
}

func newPress() *press {
	r := rand.New(rand.NewPCG(1, 1))
	p := &press{}
	for len(p.vocabulary) < 60_000 {
		var b strings.Builder
		for range 1 + r.IntN(3) + len(p.vocabulary)/20_000 {
			b.WriteByte("bcdfghklmnprstvwz"[r.IntN(17)])
			b.WriteByte("aeiou"[r.IntN(5)])
			if r.IntN(3) == 0 {
				b.WriteByte("nrstl"[r.IntN(5)])
			}
		}
		p.vocabulary = append(p.vocabulary, b.String())
	}
	z := rand.NewZipf(r, 1.05, 20, uint64(len(p.vocabulary)-1))
	for range 1 << 20 {
		p.drawn = append(p.drawn, uint16(z.Uint64()))
	}
	return p
}

// text writes the n-th story.
func (p *press) text(n uint64) string {
	r := rand.New(rand.NewPCG(n, 2))
	var b strings.Builder
	b.Grow(4000)
	words := 400 + r.IntN(200)
	for i := 0; i < words; {
		length := 8 + r.IntN(24)
		quoted := r.IntN(5) == 0
		if quoted {
			b.WriteByte('"')
		}
		for k := range length {
			w := p.vocabulary[p.drawn[r.Uint32()>>12]]
			if k == 0 {
				b.WriteByte(w[0] - 'a' + 'A')
				w = w[1:]
			}
			b.WriteString(w)
			if k < length-1 {
				b.WriteByte(' ')
			}
		}
		if quoted {
			b.WriteString(`," an official said`)
		}
		b.WriteByte('.')
		if r.IntN(3) == 0 {
			b.WriteByte('\n')
		} else {
			b.WriteByte(' ')
		}
		i += length
	}
	return b.String()
}

// article returns the n-th article; one in five reprints one of the thousand
// before it.
func (p *press) article(n uint64) *recount.Article {
	story := n
	r := rand.New(rand.NewPCG(n, 5))
	text := ""
	if r.IntN(5) == 0 && n > 0 {
		story = n - 1 - r.Uint64N(min(n, 1000))
		text = p.text(story)
		switch r.IntN(3) {
		case 0:
			text = text[:len(text)*2/3]
		case 1:
			ws := strings.Split(text, " ")
			for i := range ws {
				if r.IntN(25) == 0 {
					ws[i] = p.vocabulary[r.IntN(1000)]
				}
			}
			text = strings.Join(ws, " ")
		}
	} else {
		text = p.text(story)
	}
	name := strconv.FormatUint(n, 10)
	return &recount.Article{Key: recount.KeyOf("article", name), Name: name, Outlet: "outlet " + strconv.Itoa(r.IntN(200)),
		Published: "2031-01-02", Text: text}
}

// articles gives the first n articles.
func (p *press) articles(n int) iter.Seq[*recount.Article] {
	return func(yield func(*recount.Article) bool) {
		for i := range n {
			if !yield(p.article(uint64(i))) {
				return
			}
		}
	}
}

// BenchmarkIndex writes the kept shingles of articles with one worker.
func BenchmarkIndex(b *testing.B) {
	docs := slices.Collect(newPress().articles(5000))
	size := 0
	for _, d := range docs {
		size += len(d.Text)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	disk := int64(0)
	for b.Loop() {
		dir := b.TempDir()
		f := &finder{dir: dir, workers: 1, postings: segments{Dir: dir, Prefix: "words"}}
		if err := f.index(slices.Values(docs)); err != nil {
			b.Fatal(err)
		}
		disk = used(b, dir)
	}
	b.ReportMetric(float64(len(docs)*b.N)/b.Elapsed().Seconds(), "articles/s")
	b.ReportMetric(float64(disk)/float64(len(docs)), "diskB/article")
}

// BenchmarkAlign compares pairs of articles of about 500 words, half of them
// reprints, the other half sharing one passage.
func BenchmarkAlign(b *testing.B) {
	p := newPress()
	var firsts, seconds []*record
	for i := range uint64(200) {
		text := p.text(i)
		one, two := new(record), new(record)
		one.ReadText(text)
		if i%2 == 0 {
			two.ReadText(strings.ReplaceAll(text[:len(text)*3/4], " of ", " in "))
		} else {
			two.ReadText(p.text(i+10_000) + text[:300])
		}
		one.FrameSpeech()
		two.FrameSpeech()
		firsts, seconds = append(firsts, one), append(seconds, two)
	}
	var l aligner
	b.ReportAllocs()
	for b.Loop() {
		for i, a := range firsts {
			l.Set(&a.Words)
			relate(&l, &a.Words, &seconds[i].Words)
		}
	}
	b.ReportMetric(float64(len(firsts)*b.N)/b.Elapsed().Seconds(), "pairs/s")
}

// BenchmarkOrigins looks up a page of 30 sentences in 2,000 articles.
func BenchmarkOrigins(b *testing.B) {
	docs := slices.Collect(newPress().articles(2000))
	var text strings.Builder
	for i := range 30 {
		line, _, _ := strings.Cut(docs[i*50].Text, ". ")
		text.WriteString(line + ".\n")
	}
	page := &recount.Article{Key: "page", Name: "page", Text: text.String()}
	b.ReportAllocs()
	for b.Loop() {
		for range Origins(seq(page), slices.Values(docs)) {
		}
	}
	b.ReportMetric(float64(len(docs)*b.N)/b.Elapsed().Seconds(), "articles/s")
}

// used returns the bytes of the files in dir.
func used(t testing.TB, dir string) (n int64) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		info, err := os.Stat(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		n += info.Size()
	}
	return n
}

// TestManyArticles runs Find over as many synthetic articles as COPIES_MANY
// says ("10000,100000") and prints time, memory and disk. With COPIES_PLOT it
// also draws the processor time into that SVG file; a size with a figure
// ("1000000:85.5") stands for an earlier measurement and is drawn only.
func TestManyArticles(t *testing.T) {
	sizes := os.Getenv("COPIES_MANY")
	if sizes == "" {
		t.Skip("set COPIES_MANY=10000,100000,1000000 to run")
	}
	var points [][2]float64
	p := newPress()
	for _, s := range strings.Split(sizes, ",") {
		s, figure, measured := strings.Cut(s, ":")
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		if measured {
			seconds, err := strconv.ParseFloat(figure, 64)
			if err != nil {
				t.Fatal(err)
			}
			points = append(points, [2]float64{float64(n), seconds})
			continue
		}
		before := parallel.Used()
		for range p.articles(n) {
		}
		making := parallel.Used() - before
		debug.FreeOSMemory()
		dir := t.TempDir()
		done := make(chan struct{})
		peak := make(chan uint64)
		go func() {
			most := uint64(0)
			for {
				select {
				case <-done:
					peak <- most
					return
				case <-time.After(50 * time.Millisecond):
					var m runtime.MemStats
					runtime.ReadMemStats(&m)
					most = max(most, m.HeapInuse+m.StackInuse)
				}
			}
		}()
		start := time.Now()
		before = parallel.Used()
		relations := 0
		for _, err := range Find(p.articles(n), dir) {
			if err != nil {
				t.Fatal(err)
			}
			relations++
		}
		took, worked := time.Since(start), parallel.Used()-before
		close(done)
		disk := map[string]int64{}
		entries, _ := os.ReadDir(dir)
		for _, e := range entries {
			if info, err := e.Info(); err == nil {
				kind, _, _ := strings.Cut(e.Name(), "-")
				disk[kind] += info.Size()
			}
		}
		fmt.Printf("%d articles: %.1f s on the clock, %.1f s of processor, of which %.1f s to make the articles twice; %d relations, heap %d MB, disk %v\n",
			n, took.Seconds(), worked.Seconds(), 2*making.Seconds(), relations, <-peak>>20, disk)
		t.Logf("%d workers", min(runtime.GOMAXPROCS(0), 16))
		points = append(points, [2]float64{float64(n), (worked - 2*making).Seconds()})
	}
	if name := os.Getenv("COPIES_PLOT"); name != "" {
		if err := os.WriteFile(name, []byte(plot(points)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// plot draws articles against seconds, both axes logarithmic, beside a line of
// slope one through the first point.
func plot(points [][2]float64) string {
	const left, bottom, decade = 70.0, 270.0, 80.0
	x := func(n float64) float64 { return left + decade*1.5*(math.Log10(n)-4) + 20 }
	y := func(s float64) float64 { return bottom - decade*(math.Log10(s)+1) }
	var b strings.Builder
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 320" font-family="sans-serif" font-size="12">` + "\n")
	b.WriteString("<title>Processor time of recount's search for copies by number of articles</title>\n")
	for _, n := range []float64{1e4, 1e5, 1e6} {
		fmt.Fprintf(&b, `<line x1="%.0f" y1="20" x2="%.0f" y2="%.0f" stroke="#ddd"/><text x="%.0f" y="290" text-anchor="middle">%.0f</text>`+"\n", x(n), x(n), bottom, x(n), n)
	}
	for _, s := range []float64{.1, 1, 10, 100} {
		fmt.Fprintf(&b, `<line x1="%.0f" y1="%.0f" x2="370" y2="%.0f" stroke="#ddd"/><text x="%.0f" y="%.0f" text-anchor="end">%g s</text>`+"\n", left, y(s), y(s), left-6, y(s)+4, s)
	}
	fmt.Fprintf(&b, `<text x="220" y="310" text-anchor="middle">articles (both axes logarithmic; dashed: linear growth)</text>`+"\n")
	first := points[0]
	fmt.Fprintf(&b, `<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="#888" stroke-dasharray="4 3"/>`+"\n",
		x(first[0]), y(first[1]), x(1e6), y(first[1]*1e6/first[0]))
	line := ""
	for _, p := range points {
		line += fmt.Sprintf("%.1f,%.1f ", x(p[0]), y(p[1]))
		fmt.Fprintf(&b, `<circle cx="%.1f" cy="%.1f" r="4" fill="#205080"/><text x="%.1f" y="%.1f">%.1f s</text>`+"\n", x(p[0]), y(p[1]), x(p[0])+7, y(p[1])+14, p[1])
	}
	fmt.Fprintf(&b, `<polyline points="%s" fill="none" stroke="#205080" stroke-width="2"/>`+"\n</svg>\n", strings.TrimSpace(line))
	return b.String()
}
