package shards

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"recount"
	"recount/internal/capture"
	"recount/internal/capture/unpack"
	"recount/internal/cases"
	"recount/internal/copies"
	"recount/internal/figures"
	"recount/internal/parallel"
	"recount/internal/quotes"
	"recount/internal/sandbox"
	"recount/internal/text"
)

// The files in the folder of a shard.
const (
	Articles   = "articles.parquet"
	Statements = "statements.parquet"
	Speakers   = "speakers.parquet"
	Figures    = "figures.parquet"
	Skipped    = "skipped.jsonl"
)

// A Reader takes articles out of the bytes of a page: sandbox.Reader.
type Reader interface {
	Read(ctx context.Context, payload []byte, o text.Options) (text.Contents, error)
}

// NewReader returns a reader that looks at pages in child processes, with limits
// on time and memory. child is their command line; without one everything is
// read in this process. Whoever made it closes it.
func NewReader(child []string, log *slog.Logger) *sandbox.Reader {
	return sandbox.NewReader(child, log)
}

// A Skip is one thing in a shard that was not taken.
type Skip struct {
	Name     string `json:"name"`
	Position int64  `json:"position"` // of the page in the shard, from 0
	Part     string `json:"part,omitempty"`
	Reason   string `json:"reason"`
	Hint     string `json:"hint,omitempty"`
}

// A page is one article with all that was read in it.
type page struct {
	article  recount.Article
	of       unpack.Item // without its payload
	hash     string      // of the payload
	position int64
	reading  recount.Reading
	figures  []recount.ReportedFigure
	blocks   map[recount.Key][]uint64
	copies   *copies.Page
}

// Counts says how much there is of each kind.
type Counts struct {
	Pages      int `json:"pages,omitempty"` // offered by the shards: pages of archives, lines
	Articles   int `json:"articles,omitempty"`
	Statements int `json:"statements,omitempty"`
	Speakers   int `json:"speakers,omitempty"`
	Figures    int `json:"figures,omitempty"`
	Skipped    int `json:"skipped,omitempty"`
	Relations  int `json:"relations,omitempty"`
	Originals  int `json:"originals,omitempty"`
	Again      int `json:"again,omitempty"` // articles that an earlier shard holds too
}

func (c *Counts) add(o Counts) {
	c.Pages, c.Articles, c.Statements, c.Speakers, c.Figures = c.Pages+o.Pages, c.Articles+o.Articles, c.Statements+o.Statements, c.Speakers+o.Speakers, c.Figures+o.Figures
	c.Skipped, c.Relations, c.Originals, c.Again = c.Skipped+o.Skipped, c.Relations+o.Relations, c.Originals+o.Originals, c.Again+o.Again
}

// MapShard reads one shard and writes its tables, and what is needed to compare
// its articles with others, into the empty folder out. read hears how many
// bytes of the shard are done; it may be nil.
func MapShard(ctx context.Context, s Shard, reader Reader, out string, read func(bytes int64)) (n Counts, err error) {
	t, err := newTables(out)
	defer func() { err = errors.Join(err, t.close()) }()
	if err != nil {
		return n, err
	}
	compare, err := copies.NewShard(out, Parts)
	if err != nil {
		return n, err
	}
	file, err := os.OpenFile(filepath.Join(out, Skipped), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return n, err
	}
	skips := bufio.NewWriter(file)
	defer func() { err = errors.Join(err, skips.Flush(), file.Close()) }()
	enc := json.NewEncoder(skips)
	enc.SetEscapeHTML(false)
	key := s.Key()
	m := mapper{reader: reader}
	flush := func() error {
		if err := m.work(ctx); err != nil {
			return err
		}
		for i := range m.batch {
			o := &m.batch[i]
			for _, x := range o.skips {
				n.Skipped++
				if err := enc.Encode(x); err != nil {
					return err
				}
			}
			for j := range o.pages {
				p := &o.pages[j]
				if err := errors.Join(t.put(key, p), compare.Add(p.copies)); err != nil {
					return err
				}
			}
			if read != nil {
				read(o.item.Within.Offset + o.item.Within.Length - s.Offset)
			}
		}
		m.batch, m.bytes = m.batch[:0], 0
		return nil
	}
	for it, err := range s.items(ctx) {
		if fault := ctx.Err(); fault != nil {
			return n, fault
		}
		if err != nil && !errors.Is(err, recount.ErrRefused) {
			return n, err
		}
		m.batch = append(m.batch, offered{item: it, position: int64(n.Pages), line: s.Lines, err: err})
		n.Pages++
		if m.bytes += len(it.Payload); len(m.batch) == capture.BatchFiles || m.bytes > capture.BatchBytes {
			if err := flush(); err != nil {
				return n, err
			}
		}
	}
	if err := flush(); err != nil {
		return n, err
	}
	n.Articles, n.Statements, n.Speakers, n.Figures = t.articles.rows, t.statements.rows, t.speakers.rows, t.figures.rows
	return n, compare.Close()
}

// An offered thing is one page of a shard, and what came of it.
type offered struct {
	item     unpack.Item
	position int64
	line     bool // of JSON Lines, as against a page
	err      error

	pages []page
	skips []Skip
}

func (o *offered) skip(part string, err error) {
	reason := strings.TrimPrefix(recount.ReasonOf(err), o.item.Name+": ")
	o.skips = append(o.skips, Skip{o.item.Name, o.position, part, reason, recount.HintOf(err)})
}

// A mapper reads a batch at a time.
type mapper struct {
	reader Reader
	batch  []offered
	bytes  int
}

// work reads the batch on all cores.
func (m *mapper) work(ctx context.Context) error {
	faults := make([]error, len(m.batch))
	parallel.Each(len(m.batch), func(i int) {
		if err := ctx.Err(); err != nil {
			faults[i] = err
			return
		}
		faults[i] = m.batch[i].read(ctx, m.reader)
	})
	return errors.Join(faults...)
}

// read reads one page. Whatever goes wrong in it is one skip, because one
// article must never end the work on a corpus; only what is the fault of the
// machine or of whoever stopped the work is an error.
func (o *offered) read(ctx context.Context, reader Reader) (err error) {
	defer func() {
		if e := recover(); e != nil {
			o.pages = nil
			o.skip("", recount.WithHint(fmt.Errorf("its reader broke off (%v): %w", e, recount.ErrRefused), "send the page to the maintainers if you may"))
		}
	}()
	if o.err != nil {
		o.skip("", o.err)
		return nil
	}
	payload := o.item.Payload
	hash, key := hashOf(payload), keyOf(&o.item)
	o.item.Payload = nil
	got, err := reader.Read(ctx, payload, o.options())
	if err != nil {
		if !errors.Is(err, recount.ErrRefused) {
			return err
		}
		if o.line {
			err = ofLine(payload, err)
		}
		o.skip("", err)
		return nil
	}
	for i := range got.Articles {
		p := page{article: got.Articles[i], of: o.item, hash: hash, position: o.position}
		a := &p.article
		a.Capture, a.Name = key, o.item.Name
		a.Key = recount.ArticleKey(key, a.Part)
		if why := p.fill(); why != nil {
			o.skip(a.Part, why)
			continue
		}
		o.pages = append(o.pages, p)
	}
	for _, l := range got.Left {
		o.skip(l.Where, recount.WithHint(fmt.Errorf("%s: %w", l.Reason, recount.ErrRefused), l.Hint))
	}
	if len(got.Articles)+len(got.Left) == 0 {
		o.skip("", recount.WithHint(fmt.Errorf("no article in it was understood: %w", recount.ErrRefused), "look at it by itself: recount text"))
	}
	return nil
}

func hashOf(payload []byte) string {
	sum := sha256.Sum256(payload)
	return hex.EncodeToString(sum[:])
}

// keyOf is the key of the capture that a study would make of a page.
func keyOf(it *unpack.Item) recount.Key { return recount.CaptureKey(hashOf(it.Payload), it.Name) }

// options is what the reader of a study would be told of the page.
func (o *offered) options() text.Options {
	it := &o.item
	from := it.Origin()
	out := text.Options{Name: it.Name, Captured: it.Captured, Fetch: from.Fetch, Hints: from.Hints, Columns: from.Columns, Counted: true}
	if it.Own != nil {
		out.MediaType = it.MediaType
	}
	return out
}

// fill reads what the article says. An article that breaks its reader is one
// skip.
func (p *page) fill() (why error) {
	defer func() {
		if e := recover(); e != nil {
			why = recount.WithHint(fmt.Errorf("what it says could not be read (%v): %w", e, recount.ErrRefused), "send the page to the maintainers if you may")
		}
	}()
	a := &p.article
	p.reading = quotes.Read(a)
	p.reading.Article = a.Key
	quotes.FoldSpeakers(&p.reading)
	p.figures = figures.Find(a, &p.reading)
	p.blocks = cases.ReadPage(a, &p.reading).BlocksBy()
	p.copies = copies.ReadPage(a)
	return nil
}

// skipsOf returns what was skipped in a shard's folder.
func skipsOf(dir string, visit func(Skip) bool) error {
	f, err := os.Open(filepath.Join(dir, Skipped))
	if err != nil {
		return err
	}
	defer f.Close()
	d := json.NewDecoder(bufio.NewReader(f))
	for {
		var s Skip
		if err := d.Decode(&s); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("read what was skipped: %w", err)
		}
		if !visit(s) {
			return nil
		}
	}
}
