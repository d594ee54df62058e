package shards

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"recount"
	"recount/internal/capture"
	"recount/internal/capture/unpack"
	"recount/internal/cases"
	"recount/internal/parallel"
)

// A Filter says which articles belong to a slice: those that meet every
// condition. Of several values of one condition one is enough. The zero value
// takes all.
type Filter struct {
	From, To  recount.Date
	Outlets   []string // names of outlets, or hosts of addresses
	Languages []string // ISO 639-1
	Words     []string // words in a row, in title or text, upper or lower case
	People    []string // names, as recount match compares them
}

// String says in words what the filter asks for.
func (f *Filter) String() string {
	var out []string
	if f.From.Known() {
		out = append(out, "from "+f.From.String())
	}
	if f.To.Known() {
		out = append(out, "to "+f.To.String())
	}
	for _, of := range []struct {
		what   string
		values []string
	}{{"outlet", f.Outlets}, {"language", f.Languages}, {"word", f.Words}, {"person", f.People}} {
		if len(of.values) > 0 {
			out = append(out, of.what+" "+strings.Join(of.values, " or "))
		}
	}
	return strings.Join(out, "; ")
}

// A Chosen page is one that a slice takes.
type chosen struct {
	name     string
	capture  recount.Key
	position int64
	within   recount.Within
	alone    bool // no other page of the shard lies in the same stretch of the file
}

// A Slice is the pages of a corpus that a filter chose, in the order of their
// shards.
type Slice struct {
	corpus *Corpus
	of     [][]chosen // by shard

	Manifest string // hash of that of the corpus
	Articles int    // chosen
	Pages    int    // that hold them; a page of an archive or a line
	Undated  int    // articles left out because a period is asked for and they have no date
	Vague    int    // and those of whose month or year only a part lies in the period
}

// Slice chooses articles. Of what lies in several shards the first is taken.
func (c *Corpus) Slice(ctx context.Context, f Filter, progress func(step string, done, total int)) (*Slice, error) {
	st, err := c.Status()
	if err != nil {
		return nil, err
	}
	if st.Manifest == "" {
		return nil, recount.WithHint(fmt.Errorf("the corpus is not whole: %d of %d shards are read: %w", st.Read, st.Shards, recount.ErrConflict),
			"run recount corpus scan --to "+c.Dir+" to its end")
	}
	out := &Slice{corpus: c, Manifest: st.Manifest, of: make([][]chosen, len(c.Plan.Shards))}
	type found struct {
		pages []chosen
		n     tally
		err   error
	}
	got := make([]found, len(c.Plan.Shards))
	m := f.matcher()
	const some = 16
	for from := 0; from < len(got); from += some {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		progress("choose", from, len(got))
		parallel.Each(min(some, len(got)-from), func(i int) {
			g := &got[from+i]
			g.pages, g.n, g.err = m.choose(ctx, c.ShardDir(&c.Plan.Shards[from+i]))
		})
	}
	progress("choose", len(got), len(got))
	seen := map[recount.Key]bool{}
	for i, g := range got {
		if g.err != nil {
			return nil, fmt.Errorf("choose from shard %s: %w", c.Plan.Shards[i].Name, g.err)
		}
		out.Articles, out.Undated, out.Vague = out.Articles+g.n.articles, out.Undated+g.n.undated, out.Vague+g.n.vague
		for _, p := range g.pages {
			if !seen[p.capture] {
				seen[p.capture] = true
				out.of[i] = append(out.of[i], p)
				out.Pages++
			}
		}
	}
	return out, nil
}

// A matcher is a filter made ready.
type matcher struct {
	Filter
	outlets map[string]bool
	hosts   []string // the same, as hosts of addresses
	langs   map[string]bool
	words   []string
}

func (f *Filter) matcher() *matcher {
	m := &matcher{Filter: *f, outlets: map[string]bool{}, hosts: unpack.HostNames(f.Outlets), langs: map[string]bool{}}
	for _, o := range f.Outlets {
		m.outlets[plain(strings.TrimSpace(o))] = true
	}
	for _, l := range f.Languages {
		m.langs[strings.ToLower(strings.TrimSpace(l))] = true
	}
	for _, w := range f.Words {
		m.words = append(m.words, plain(strings.TrimSpace(w)))
	}
	return m
}

// A lightRow is what choosing reads of an article, without its text.
type lightRow struct {
	Article   string `parquet:"article"`
	Capture   string `parquet:"capture"`
	URL       string `parquet:"url"`
	Name      string `parquet:"name"`
	Outlet    string `parquet:"outlet,dict"`
	Published string `parquet:"published"`
	Language  string `parquet:"language,dict"`
	Offset    int64  `parquet:"offset"`
	Length    int64  `parquet:"length"`
	Position  int64  `parquet:"position"`
}

type textRow struct {
	Article string `parquet:"article"`
	Title   string `parquet:"title"`
	Text    string `parquet:"text"`
}

type nameRow struct {
	Article string `parquet:"article,dict"`
	Name    string `parquet:"name"`
	Kind    string `parquet:"kind,dict"`
}

// A tally counts what was chosen, and what a period leaves out undecided.
type tally struct{ articles, undated, vague int }

// choose returns the pages of one shard with articles that match.
func (m *matcher) choose(ctx context.Context, dir string) (pages []chosen, n tally, err error) {
	who, words := map[string]bool{}, map[string]bool{}
	if len(m.People) > 0 {
		err = eachRow(filepath.Join(dir, Speakers), func(r nameRow) bool {
			if recount.SpeakerKind(r.Kind).Person() && !who[r.Article] {
				who[r.Article] = slices.ContainsFunc(m.People, func(p string) bool {
					_, same := cases.Match(p, r.Name)
					return same
				})
			}
			return ctx.Err() == nil
		})
		if err != nil {
			return nil, n, err
		}
	}
	if len(m.words) > 0 {
		err = eachRow(filepath.Join(dir, Articles), func(r textRow) bool {
			title, text := plain(r.Title), plain(r.Text)
			words[r.Article] = slices.ContainsFunc(m.words, func(w string) bool { return holds(title, w) || holds(text, w) })
			return ctx.Err() == nil
		})
		if err != nil {
			return nil, n, err
		}
	}
	at := map[int64]int{}        // position -> place among pages
	shared := map[[2]int64]int{} // stretch -> pages in it
	last := int64(-1)
	err = eachRow(filepath.Join(dir, Articles), func(r lightRow) bool {
		place := [2]int64{r.Offset, r.Length}
		if r.Position != last {
			last = r.Position
			shared[place]++
		}
		dated := recount.DateOf(r.Published)
		switch {
		case len(m.outlets) > 0 && !m.outlets[plain(r.Outlet)] && !unpack.OfHosts(r.URL, m.hosts) && !unpack.OfHosts(r.Name, m.hosts),
			len(m.langs) > 0 && !m.langs[strings.ToLower(r.Language)],
			len(m.People) > 0 && !who[r.Article],
			len(m.words) > 0 && !words[r.Article]:
			return ctx.Err() == nil
		}
		if m.From.Known() || m.To.Known() {
			switch first, last := dated.First().Within(m.From, m.To), dated.Last().Within(m.From, m.To); {
			case !dated.Known():
				n.undated++
				return true
			case first != last, !first && m.inside(dated):
				n.vague++
				return true
			case !first:
				return true
			}
		}
		n.articles++
		if _, there := at[r.Position]; !there {
			at[r.Position] = len(pages)
			pages = append(pages, chosen{name: r.Name, capture: recount.Key(r.Capture), position: r.Position, within: recount.Within{Offset: r.Offset, Length: r.Length}})
		}
		return true
	})
	for i := range pages {
		pages[i].alone = shared[[2]int64{pages[i].within.Offset, pages[i].within.Length}] == 1
	}
	return pages, n, errors.Join(err, ctx.Err())
}

// inside reports whether the whole period lies in the month or year of a date.
func (m *matcher) inside(d recount.Date) bool {
	return m.From.Known() && m.To.Known() && d.First().Compare(m.From.First()) < 0 && d.Last().Compare(m.To.Last()) > 0
}

// plain is a text as words are looked for in it: in lower case, with letters
// and their marks put together.
func plain(s string) string { return strings.ToLower(norm.NFC.String(s)) }

// holds reports whether words stand in a text as whole words; both are in lower
// case.
func holds(text, words string) bool {
	if words == "" {
		return false
	}
	for from := 0; ; {
		i := strings.Index(text[from:], words)
		if i < 0 {
			return false
		}
		i += from
		end := i + len(words)
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if (i == 0 || !letter(before)) && (end == len(text) || !letter(after)) {
			return true
		}
		_, n := utf8.DecodeRuneInString(text[i:])
		from = i + n
	}
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// Items yields the pages of the slice as they lie in the files, as a study
// would take them out of those.
func (s *Slice) Items(ctx context.Context) iter.Seq2[unpack.Item, error] {
	return func(yield func(unpack.Item, error) bool) {
		for i, pages := range s.of {
			if len(pages) > 0 && !s.corpus.Plan.Shards[i].pages(ctx, pages, yield) {
				return
			}
		}
	}
}

// pages yields pages of a shard: each by itself if it can be read so, else by
// going through the whole of it. If the file is not there or not the one that was
// planned, its pages are refused, and those of other files come.
func (s *Shard) pages(ctx context.Context, pages []chosen, yield func(unpack.Item, error) bool) bool {
	f, err := s.open(ctx)
	if err != nil {
		if InStore(s.Path) || ctx.Err() != nil {
			return yield(unpack.Item{}, err)
		}
		what := "cannot be read, or has changed since the corpus was planned"
		if errors.Is(err, fs.ErrNotExist) {
			what = "is not there"
		}
		why := recount.WithHint(fmt.Errorf("%s %s: %w", s.Name, what, recount.ErrRefused), recount.HintOf(err))
		for _, p := range pages {
			if !yield(unpack.Item{Name: p.name}, why) {
				return false
			}
		}
		return true
	}
	defer f.Close()
	left := map[int64]bool{}
	for _, p := range pages {
		it, ok := s.single(f, p)
		if !ok {
			left[p.position] = true
			continue
		}
		if !yield(it, nil) {
			return false
		}
	}
	if len(left) == 0 {
		return true
	}
	position := int64(-1)
	for it, err := range s.items(ctx) {
		position++
		if err != nil && !errors.Is(err, recount.ErrRefused) {
			return yield(it, err)
		}
		if left[position] {
			delete(left, position)
			if !yield(it, err) {
				return false
			}
		}
		if len(left) == 0 {
			return true
		}
	}
	return yield(unpack.Item{}, recount.WithHint(fmt.Errorf("%s: %d pages are not where they were: %w", s.Name, len(left), recount.ErrTampered), "scan the sources again"))
}

// single reads one page from its place in the file. It is not the page if
// anything speaks for another one.
func (s *Shard) single(f io.ReaderAt, p chosen) (unpack.Item, bool) {
	if !p.alone || p.within.Length <= 0 || p.within.Length >= s.Size {
		return unpack.Item{}, false
	}
	within := recount.Within{File: s.Name, Hash: s.Hash, Offset: p.within.Offset, Length: p.within.Length}
	r := io.NewSectionReader(f, p.within.Offset, p.within.Length)
	if s.Lines {
		b, err := io.ReadAll(r)
		it := unpack.Item{Name: s.lineName(p.within.Offset), Payload: b, Within: within}
		return it, err == nil && keyOf(&it) == p.capture
	}
	if unpack.KindAt(r, p.within.Length, s.Name) != "warc" {
		return unpack.Item{}, false
	}
	var found []unpack.Item
	for it, err := range unpack.Items(r, p.within.Length, s.Name, s.Hash, unpack.Options{MaxPayload: capture.MaxPayload}) {
		if err != nil || len(found) > 0 || keyOf(&it) != p.capture {
			return unpack.Item{}, false
		}
		it.Within = within
		found = append(found, it)
	}
	if len(found) != 1 {
		return unpack.Item{}, false
	}
	return found[0], true
}
