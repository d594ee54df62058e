package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"

	"recount"
)

// A Derivation is one change of what is derived from articles: it reads and
// writes inside one transaction, so that all of it happens or nothing.
type Derivation struct {
	ctx context.Context
	w   *writer

	marks   map[uint32]map[uint32]Mark // by chunk, then by number
	changed map[uint32]bool            // chunks that are not written yet
	blocks  []postings                 // that were read and not changed since, by their first value
}

// Derive runs f in one transaction over derived.db. f must not use the Store's
// own methods that write derived data.
func (s *Store) Derive(ctx context.Context, f func(*Derivation) error) error {
	return s.derived.change(ctx, "derive", func(w *writer) error {
		d := &Derivation{ctx: ctx, w: w, marks: map[uint32]map[uint32]Mark{}, changed: map[uint32]bool{}}
		if err := f(d); err != nil {
			return err
		}
		if err := d.putMarks(); err != nil {
			return err
		}
		return w.note(ctx, "derived", "")
	})
}

// look runs f as Derive does, where nothing is changed.
func (s *Store) look(ctx context.Context, f func(*Derivation) error) error {
	return s.derived.look(ctx, "read derived data", func(w *writer) error {
		return f(&Derivation{ctx: ctx, w: w, marks: map[uint32]map[uint32]Mark{}, changed: map[uint32]bool{}})
	})
}

// A Mark is what is known of a page where many are looked at.
type Mark struct {
	Article      recount.Key
	Outlet, Site uint64 // hashes
}

// A Page is what is known of an article that was compared with the others.
type Page struct {
	Mark
	Number    uint32 // below 2^PageBits
	Stamp     string // what it was read from
	Published string
	Size      int         // bytes of the text
	Copied    recount.Key // smallest article that copies join to it
	Grouped   recount.Key // the same, without pages that join two stories
	Composite bool
	Original  recount.Key
}

// A Known says what a page was read from.
type Known struct {
	Number  uint32
	Article recount.Key
	Stamp   string
}

// A Passage is what one page holds of another. Taken holds the number of a
// sentence and how much of it is held, in thousandths.
type Passage struct {
	Page, Source uint32
	Sentences    int
	Taken        [][2]int
}

// A SharedText is a relation. Lifted: it is a trace but for a page that was put
// together from others.
type SharedText struct {
	recount.Relation
	Lifted bool
}

// Known returns all pages by article.
func (s *Store) Known(ctx context.Context) ([]Known, error) {
	return read(ctx, s.derived, "read pages", "pages_known", func(rows *sql.Rows) (k Known, err error) {
		return k, rows.Scan(&k.Number, &k.Article, &k.Stamp)
	})
}

// Clear drops everything that rests on all articles together; readings and
// figures stay.
func (d *Derivation) Clear() error {
	for _, name := range []string{"stamps_clear", "relations_clear", "originals_clear", "suggestions_clear", "page_clear", "page_mark_clear", "page_words_clear",
		"page_people_clear", "posting_clear", "passage_clear", "relation_lifted_clear"} {
		if err := d.do(name); err != nil {
			return err
		}
	}
	return nil
}

func (d *Derivation) do(name string, args ...any) error {
	if len(args) > 0 { // of one row, or of one page
		_, err := d.w.put(d.ctx, name, args...)
		return err
	}
	_, err := d.w.exec(d.ctx, name)
	return err
}

// one runs a statement that gives one row or none.
func one[T any](d *Derivation, name, what string, scan func(*sql.Rows) (T, error), args ...any) (v T, err error) {
	rows, err := query(d.ctx, d.w, name, scan, args...)
	if err == nil && len(rows) == 0 {
		err = fmt.Errorf("%s %v: %w", what, args, recount.ErrNotFound)
	}
	if err != nil {
		return v, err
	}
	return rows[0], nil
}

func scanPageNumber(rows *sql.Rows) (n uint32, err error) { return n, rows.Scan(&n) }

// Next returns a number above those of all pages.
func (d *Derivation) Next() (uint32, error) { return one(d, "page_next", "page", scanPageNumber) }

// Page returns what is known of a page; recount.ErrNotFound if there is none.
func (d *Derivation) Page(number uint32) (*Page, error) {
	p, err := one(d, "page", "page", func(rows *sql.Rows) (*Page, error) {
		var p Page
		var woven int
		err := rows.Scan(&p.Number, &p.Article, &p.Stamp, &p.Published, &p.Size, &p.Copied, &p.Grouped, &woven, &p.Original)
		p.Composite = woven != 0
		return &p, err
	}, int64(number))
	if err != nil {
		return nil, err
	}
	p.Mark, err = d.Mark(number)
	return p, err
}

// chunkPages is how many pages have their marks in one row.
const chunkPages = 256

// Mark returns the mark of a page; recount.ErrNotFound if there is none.
func (d *Derivation) Mark(number uint32) (Mark, error) {
	c, err := d.chunk(number / chunkPages)
	if err != nil {
		return Mark{}, err
	}
	m, ok := c[number]
	if !ok {
		return m, fmt.Errorf("page %d: %w", number, recount.ErrNotFound)
	}
	return m, nil
}

// chunk reads the marks of some hundred pages.
func (d *Derivation) chunk(n uint32) (map[uint32]Mark, error) {
	if c := d.marks[n]; c != nil {
		return c, nil
	}
	rows, err := query(d.ctx, d.w, "page_marks", scanBytes, int64(n))
	if err != nil {
		return nil, err
	}
	c := make(map[uint32]Mark, chunkPages)
	for _, b := range rows {
		for len(b) > 0 {
			at, i := binary.Uvarint(b)
			size, j := binary.Uvarint(b[max(0, i):])
			if i <= 0 || j <= 0 || size > uint64(len(b)) || len(b) < i+j+int(size)+16 {
				return nil, fmt.Errorf("marks of pages from %d: %w", n*chunkPages, recount.ErrTampered)
			}
			b = b[i+j:]
			c[n*chunkPages+uint32(at)] = Mark{recount.Key(b[:size]), binary.LittleEndian.Uint64(b[size:]), binary.LittleEndian.Uint64(b[size+8:])}
			b = b[size+16:]
		}
	}
	d.marks[n] = c
	return c, nil
}

// putMarks writes the marks that changed.
func (d *Derivation) putMarks() error {
	for _, n := range slices.Sorted(maps.Keys(d.changed)) {
		var b []byte
		for _, number := range slices.Sorted(maps.Keys(d.marks[n])) {
			m := d.marks[n][number]
			b = binary.AppendUvarint(b, uint64(number-n*chunkPages))
			b = binary.AppendUvarint(b, uint64(len(m.Article)))
			b = append(b, m.Article...)
			b = binary.LittleEndian.AppendUint64(b, m.Outlet)
			b = binary.LittleEndian.AppendUint64(b, m.Site)
		}
		if b == nil {
			b = []byte{}
		}
		if err := d.do("page_marks_put", int64(n), b); err != nil {
			return err
		}
	}
	return nil
}

func scanBytes(rows *sql.Rows) (b []byte, err error) { return b, rows.Scan(&b) }

// Number returns the number of an article's page; recount.ErrNotFound if it has
// none.
func (d *Derivation) Number(article recount.Key) (uint32, error) {
	return one(d, "page_of", "page of", scanPageNumber, string(article))
}

// PutPage keeps what is known of a page. Of a page that is there already only
// what was found out about it changes.
func (d *Derivation) PutPage(p *Page) error {
	woven := 0
	if p.Composite {
		woven = 1
	}
	n := p.Number / chunkPages
	c, err := d.chunk(n)
	if err != nil {
		return err
	}
	if c[p.Number] != p.Mark {
		c[p.Number], d.changed[n] = p.Mark, true
	}
	return d.do("page_put", int64(p.Number), string(p.Article), clean(p.Stamp), clean(p.Published), int64(p.Size),
		string(p.Copied), string(p.Grouped), woven, string(p.Original))
}

// DropPage drops a page with its words and people. Its postings stay.
func (d *Derivation) DropPage(number uint32) error {
	c, err := d.chunk(number / chunkPages)
	if err != nil {
		return err
	}
	delete(c, number)
	d.changed[number/chunkPages] = true
	return errors.Join(d.do("page_drop", int64(number)), d.do("page_words_drop", int64(number)), d.do("page_people_drop", int64(number)))
}

// PutWords keeps the words of a page, as package copies writes them.
func (d *Derivation) PutWords(number uint32, words []byte) error {
	return d.do("page_words_put", int64(number), words)
}

// Words returns the words of a page.
func (d *Derivation) Words(number uint32) ([]byte, error) {
	return one(d, "page_words", "words of page", scanBytes, int64(number))
}

// PutPeople keeps the people of a page, as package cases writes them.
func (d *Derivation) PutPeople(number uint32, people []byte) error {
	return d.do("page_people_put", int64(number), people)
}

// People returns the people of a page, nil if nobody speaks there.
func (d *Derivation) People(number uint32) ([]byte, error) {
	rows, err := query(d.ctx, d.w, "page_people", scanBytes, int64(number))
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return rows[0], nil
}

// RelationsOf returns the relations of an article.
func (d *Derivation) RelationsOf(article recount.Key) ([]SharedText, error) {
	return query(d.ctx, d.w, "relations_of", scanShared, string(article))
}

func scanShared(rows *sql.Rows) (r SharedText, err error) {
	var spans []alignment
	var lifted int
	err = rows.Scan(&r.A, &r.B, &r.Kind, &r.CoverageA, &r.CoverageB, document{&spans}, &r.First, &r.Reason, owner{&r.Relation}, &lifted)
	r.Spans = convert(spans, func(a alignment) recount.Alignment { return recount.Alignment(a) })
	r.Lifted = lifted != 0
	return r, err
}

// RelationsOf returns what one article shares with others, by pair.
func (s *Store) RelationsOf(ctx context.Context, article recount.Key) ([]recount.Relation, error) {
	rows, err := read(ctx, s.derived, "read relations", "relations_of", scanShared, string(article))
	out := convert(rows, func(r SharedText) recount.Relation { return r.Relation })
	slices.SortFunc(out, func(a, b recount.Relation) int { return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B)) })
	return out, err
}

// PutRelation keeps what two articles share in place of what they shared.
func (d *Derivation) PutRelation(r *SharedText) error {
	spans, err := toJSON(convert(r.Spans, func(a recount.Alignment) alignment { return alignment(a) }))
	if err != nil {
		return err
	}
	err = d.do("relation_replace", string(r.A), string(r.B), string(r.Kind), int64(r.CoverageA), int64(r.CoverageB), spans, string(r.First), clean(r.Reason), own(&r.Relation))
	if err != nil {
		return fmt.Errorf("relation %s-%s: %w", r.A, r.B, err)
	}
	if r.Lifted {
		return d.do("relation_lifted_put", string(r.A), string(r.B))
	}
	return d.do("relation_lifted_drop", string(r.A), string(r.B))
}

// DropRelation drops what two articles share.
func (d *Derivation) DropRelation(a, b recount.Key) error {
	return errors.Join(d.do("relation_drop", string(a), string(b)), d.do("relation_lifted_drop", string(a), string(b)))
}

// Original returns an original; recount.ErrNotFound if there is none.
func (d *Derivation) Original(key recount.Key) (recount.Original, error) {
	return one(d, "original_one", "original", scanOriginal, string(key))
}

func scanOriginal(rows *sql.Rows) (o recount.Original, err error) {
	var spliced int
	err = rows.Scan(&o.Key, document{&o.Members}, &o.First, &o.Reason, &spliced)
	o.Spliced = spliced != 0
	return o, err
}

// PutOriginal keeps an original in place of what was known of it.
func (d *Derivation) PutOriginal(o *recount.Original) error {
	members, err := toJSON(o.Members)
	if err != nil {
		return err
	}
	spliced := 0
	if o.Spliced {
		spliced = 1
	}
	if err := d.do("original_replace", string(o.Key), members, string(o.First), clean(o.Reason), spliced); err != nil {
		return fmt.Errorf("original %s: %w", o.Key, err)
	}
	return nil
}

// DropOriginal drops an original.
func (d *Derivation) DropOriginal(key recount.Key) error {
	return d.do("original_drop", string(key))
}

// Passages returns what a page holds of others, and what others hold of it.
func (d *Derivation) Passages(number uint32) (from, by []Passage, err error) {
	rows, err := query(d.ctx, d.w, "passages", func(rows *sql.Rows) (p Passage, err error) {
		return p, rows.Scan(&p.Page, &p.Source, &p.Sentences, document{&p.Taken})
	}, int64(number))
	for _, p := range rows {
		if p.Page == number {
			from = append(from, p)
		} else {
			by = append(by, p)
		}
	}
	return from, by, err
}

// PutPassage keeps what one page holds of another.
func (d *Derivation) PutPassage(p *Passage) error {
	j, err := toJSON(p.Taken)
	if err != nil {
		return err
	}
	return d.do("passage_put", int64(p.Page), int64(p.Source), int64(p.Sentences), j)
}

// DropPassage drops what one page holds of another.
func (d *Derivation) DropPassage(page, source uint32) error {
	return d.do("passage_drop", int64(page), int64(source))
}

// SuggestionsFrom returns the suggestions of which a speaker is A.
func (d *Derivation) SuggestionsFrom(speaker recount.Key) ([]recount.Suggestion, error) {
	return query(d.ctx, d.w, "suggestions_from", func(rows *sql.Rows) (g recount.Suggestion, err error) {
		return g, rows.Scan(&g.A, &g.B, &g.Weight, &g.Probability, document{&g.Bars})
	}, string(speaker))
}

// PutSuggestion keeps a scored pair of speakers in place of an earlier score.
func (d *Derivation) PutSuggestion(g *recount.Suggestion) error {
	bars, err := toJSON(g.Bars)
	if err != nil {
		return err
	}
	if err := d.do("suggestion_replace", string(g.A), string(g.B), int64(g.Weight), int64(g.Probability), bars); err != nil {
		return fmt.Errorf("suggestion %s-%s: %w", g.A, g.B, err)
	}
	return nil
}

// DropSuggestion drops a scored pair of speakers.
func (d *Derivation) DropSuggestion(a, b recount.Key) error {
	return d.do("suggestion_drop", string(a), string(b))
}

// DropSuggestionsOf drops all scored pairs of a speaker.
func (d *Derivation) DropSuggestionsOf(speaker recount.Key) error {
	return errors.Join(d.do("suggestions_drop_a", string(speaker)), d.do("suggestions_drop_b", string(speaker)))
}

// SetStamp notes what a stage was computed from.
func (d *Derivation) SetStamp(stage, stamp string) error {
	return d.do("stamp_put", clean(stage), clean(stamp))
}

// Postings say which pages have a feature. A posting is one number: the index
// in its two upper bits (1 to 3; the sign is left out), the feature, the page.
// They are kept in blocks, so that one page costs some hundred small rows and
// all pages cost few.
const (
	// FeatureBits is the size of a feature, PageBits that of a page's number.
	FeatureBits = 35
	PageBits    = 26

	blockPostings = 256 // at most; a block that grows beyond is cut in two
)

// A Posting says that a page has a feature of an index, 0 to 3.
type Posting struct {
	Index   uint8
	Feature uint64
	Page    uint32
}

func (p Posting) value() (int64, error) {
	if p.Index > 3 || p.Feature >= 1<<FeatureBits || p.Page >= 1<<PageBits {
		return 0, fmt.Errorf("posting %v: %w", p, recount.ErrInvalid)
	}
	return int64(p.Index)<<(FeatureBits+PageBits) | int64(p.Feature)<<PageBits | int64(p.Page), nil
}

// Holders returns the pages that have a feature of an index, ascending.
func (d *Derivation) Holders(index uint8, feature uint64) ([]uint32, error) {
	from, err := Posting{index, feature, 0}.value()
	if err != nil {
		return nil, err
	}
	to := from + (1<<PageBits - 1)
	var out []uint32
	for at := from; ; {
		b, ok, err := d.block(at)
		if err != nil || !ok {
			return out, err
		}
		if b.first <= at {
			err = b.each(func(v int64) bool {
				if v >= from && v <= to {
					out = append(out, uint32(v-from))
				}
				return v < to
			})
		}
		if err != nil || b.next < 0 || b.next > to {
			return out, err
		}
		at = b.next
	}
}

// block returns the block that a posting belongs to; the first one if it lies
// before that, which then is said to be the next one. A page's postings are
// looked up and then changed, so that what was read is kept.
func (d *Derivation) block(value int64) (b postings, ok bool, err error) {
	i, exact := slices.BinarySearchFunc(d.blocks, value, func(b postings, v int64) int { return cmp.Compare(b.first, v) })
	if !exact {
		i--
	}
	if i >= 0 && (d.blocks[i].next < 0 || value < d.blocks[i].next) {
		return d.blocks[i], true, nil
	}
	at, err := query(d.ctx, d.w, "posting_at", func(rows *sql.Rows) (p postings, err error) {
		return p, rows.Scan(&p.first, &p.block, &p.next)
	}, value)
	if err != nil || len(at) == 0 {
		return b, false, err
	}
	if at[0].first <= value {
		d.blocks = slices.Insert(d.blocks, i+1, at[0])
	}
	return at[0], true, nil
}

// postings is one block: the first value and the growth of the others.
type postings struct {
	first int64
	block []byte
	next  int64 // where the next block begins, -1 if it is the last one
}

func scanPostings(rows *sql.Rows) (p postings, err error) { return p, rows.Scan(&p.first, &p.block) }

// each calls visit with the values of the block until it returns false.
func (p *postings) each(visit func(v int64) bool) error {
	v, b := p.first, p.block
	for visit(v) && len(b) > 0 {
		feature, n := binary.Uvarint(b)
		if n <= 0 {
			return fmt.Errorf("postings from %d: %w", p.first, recount.ErrTampered)
		}
		page, m := binary.Uvarint(b[n:])
		if m <= 0 {
			return fmt.Errorf("postings from %d: %w", p.first, recount.ErrTampered)
		}
		b = b[n+m:]
		if feature > 0 {
			v = (v>>PageBits+int64(feature))<<PageBits | int64(page)
		} else {
			v += int64(page)
		}
	}
	return nil
}

// putBlock writes ascending values as one block.
func (d *Derivation) putBlock(values []int64) error {
	var b []byte
	for i, v := range values[1:] {
		last := values[i]
		if grown := v>>PageBits - last>>PageBits; grown > 0 {
			b = binary.AppendUvarint(b, uint64(grown))
			b = binary.AppendUvarint(b, uint64(v&(1<<PageBits-1)))
		} else {
			b = append(b, 0)
			b = binary.AppendUvarint(b, uint64(v-last))
		}
	}
	if b == nil {
		b = []byte{}
	}
	return d.do("posting_put", values[0], b)
}

// ChangePostings takes postings out and puts others in.
func (d *Derivation) ChangePostings(drop, put []Posting) error {
	defer func() { d.blocks = nil }()
	type change struct {
		value int64
		put   bool
	}
	var all []change
	for i, list := range [][]Posting{drop, put} {
		for _, p := range list {
			v, err := p.value()
			if err != nil {
				return err
			}
			all = append(all, change{v, i == 1})
		}
	}
	slices.SortStableFunc(all, func(x, y change) int {
		switch {
		case x.value < y.value:
			return -1
		case x.value > y.value:
			return 1
		}
		return 0
	})
	for len(all) > 0 {
		at, there, err := d.block(all[0].value)
		if err != nil {
			return err
		}
		var values []int64
		n := len(all)
		if there {
			if err := at.each(func(v int64) bool { values = append(values, v); return true }); err != nil {
				return err
			}
			// The posting may lie before the first block, which it then begins.
			if next := at.next; next >= 0 && all[0].value >= at.first {
				n = 0
				for n < len(all) && all[n].value < next {
					n++
				}
			} else if all[0].value < at.first {
				n, d.blocks = 0, nil
				for n < len(all) && all[n].value <= at.first {
					n++
				}
			}
		}
		for _, c := range all[:n] {
			i, has := slices.BinarySearch(values, c.value)
			switch {
			case c.put && !has:
				values = slices.Insert(values, i, c.value)
			case !c.put && has:
				values = slices.Delete(values, i, i+1)
			}
		}
		all = all[n:]
		if there && (len(values) == 0 || values[0] != at.first) {
			if err := d.do("posting_drop", at.first); err != nil {
				return err
			}
		}
		if err := d.putBlocks(values); err != nil {
			return err
		}
	}
	return nil
}

// putBlocks writes values as blocks, none too large.
func (d *Derivation) putBlocks(values []int64) error {
	for len(values) > 0 {
		n := len(values)
		if n > blockPostings {
			parts := (n + blockPostings - 1) / blockPostings
			n = (n + parts - 1) / parts
		}
		if err := d.putBlock(values[:n]); err != nil {
			return err
		}
		values = values[n:]
	}
	return nil
}

// A PostingWriter writes the postings of an empty index in ascending order.
type PostingWriter struct {
	d      *Derivation
	values []int64
	last   int64
}

// Postings begins to write ascending postings; there must be none.
func (d *Derivation) Postings() *PostingWriter {
	d.blocks = nil
	return &PostingWriter{d: d, last: -1}
}

// Put adds a posting.
func (w *PostingWriter) Put(p Posting) error {
	v, err := p.value()
	if err != nil {
		return err
	}
	if v <= w.last {
		return fmt.Errorf("posting %v is out of order: %w", p, recount.ErrInvalid)
	}
	w.last = v
	if w.values = append(w.values, v); len(w.values) < blockPostings*3/4 {
		return nil
	}
	return w.Close()
}

// Close writes what is left.
func (w *PostingWriter) Close() error {
	err := w.d.putBlocks(w.values)
	w.values = w.values[:0]
	return err
}

// own writes which of two articles has a speaker of its own: 1 the first, 2 the
// second, 3 both.
func own(r *recount.Relation) int64 {
	var n int64
	if r.OwnA {
		n |= 1
	}
	if r.OwnB {
		n |= 2
	}
	return n
}

// An owner reads what own wrote.
type owner struct{ to *recount.Relation }

// Scan reads the column into the relation.
func (o owner) Scan(column any) error {
	n, ok := column.(int64)
	if !ok {
		return fmt.Errorf("a number is wanted, not %T", column)
	}
	o.to.OwnA, o.to.OwnB = n&1 != 0, n&2 != 0
	return nil
}
