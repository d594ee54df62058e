package casebook

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"maps"
	"reflect"
	"slices"
	"strings"

	"recount"
	"recount/internal/store"
)

// What opening needs of the store stands there twice: in rows, which say what
// the study is, and packed in blocks, which are read in a tenth of the time.
// Each block says up to which changes it holds. What changed after that is
// taken from rows, and a newer block is added when much has changed. Blocks of
// another program, or that do not fit their hash, are as if there were none.

// A packedBlock is what a block holds. What a newer block holds of a page or a
// decision stands in place of what an older one does.
type packedBlock struct {
	Pages     []packedPage
	Decisions []packedDecision
}

// A packedPage is one article as every extractor read it.
type packedPage struct {
	Article  recount.Key
	Heads    []store.Head
	Speakers *readPage // nil if there are none
}

// A packedDecision is what EachDecision gives of a decision, read, with the
// places that it names.
type packedDecision struct {
	recount.Header
	Erased bool
	Reason string
	Answer recount.Answer // nil if it is not read: then Body is as it was given
	Body   []byte
	Placed bool // Places are known
	Places []packedPlace
}

// A packedPlace is a store.Place of a known decision and anchor.
type packedPlace struct {
	Article recount.Key
	Found   int
	At      []recount.Span
	Text    string
}

const (
	perBlock = 1024 // pages, and decisions, of a block
	packAt   = 256  // fewer changes than that are not packed
)

// blocks returns the codec of blocks, and the name of what they are written
// like.
func blocks(words *words) (*codec, string) {
	union := map[string]any{}
	for _, a := range []recount.Answer{recount.FileBody{}, recount.RuleBody{}, recount.StatementBody{}, recount.SpeakerBody{}, recount.ScopeBody{}, recount.CriterionBody{},
		recount.LinkBody{}, recount.CodeBody{}, recount.PassageBody{}, recount.ValueBody{}, recount.DateBody{}, recount.PageBody{}, recount.ScreenBody{},
		recount.RelationBody{}, recount.OwnerBody{}, recount.FigureBody{}, recount.StatedBody{}, recount.RoleBody{}, recount.SampleBody{}, recount.ReadBody{}, recount.DrawBody{}, recount.WeightsBody{}, recount.AssignBody{},
		recount.MemoBody{}, recount.NoteBody{}, recount.CodebookBody{},
		recount.TierBody{}, recount.SpokenBody{}, recount.SealBody{}, recount.VaultBody{}, recount.ReleaseBody{}, recount.RetractBody{}, recount.RemoveBody{}, recount.PublishBody{}} {
		union[string(a.Kind())] = a
	}
	c := newCodec(words, union)
	return c, recount.Version + " " + c.form(reflect.TypeFor[packedBlock]())
}

// What is loaded of a study.
type loaded struct {
	heads     []*store.Head
	speakers  map[recount.Key]*readPage
	decisions []*recount.Decision
	known     map[string]known             // what was read or looked for before, by decision
	said      map[string]*recount.Erasable // what can be erased of decisions that were read, by reason: of most there is one, or none
}

// mostReasons is how many reasons are told apart for that.
const mostReasons = 1 << 10

// A known decision was read, or its places were looked for.
type known struct {
	answer  recount.Answer // nil if it was not read
	placed  bool
	places  []packedPlace
	through int64 // change up to which the places are right
}

// load reads what opening needs: from blocks and what changed since, or if
// there are none from rows.
func (c *Casebook) load(ctx context.Context) (*loaded, error) {
	c.fromRows = 0
	if !c.rowsOnly {
		l, err := c.unpack(ctx)
		if l != nil && err == nil || ctx.Err() != nil {
			return l, err
		}
	}
	l := &loaded{speakers: map[recount.Key]*readPage{}, known: map[string]known{}}
	var err error
	if l.heads, err = c.store.Heads(ctx); err != nil {
		return nil, err
	}
	err = c.store.EachSpeakers(ctx, func(rows []store.SpeakerRow) { l.speakers[rows[0].Article] = newReadPage(rows, c.words) })
	if err != nil {
		return nil, err
	}
	if err := c.store.EachDecision(ctx, func(d recount.Decision) { l.decisions = append(l.decisions, &d) }); err != nil {
		return nil, err
	}
	rows, through, err := c.store.Places(ctx)
	if err != nil {
		return nil, err
	}
	l.place(rows, through)
	c.fromRows = len(l.heads) + len(l.decisions)
	return l, nil
}

// place notes where the anchors of decisions were found, as rows say it.
func (l *loaded) place(rows []store.Place, through int64) {
	for i := 0; i < len(rows); {
		j := i
		var at []packedPlace
		for ; j < len(rows) && rows[j].Decision == rows[i].Decision; j++ {
			at = append(at, packedPlace{rows[j].Article, rows[j].Found, rows[j].At, rows[j].Text})
		}
		l.known[rows[i].Decision] = known{placed: true, places: at, through: through}
		i = j
	}
}

// packed returns the blocks without what they hold; none if they are of no use.
func (c *Casebook) packed(ctx context.Context, form string) ([]store.Packed, error) {
	heads, err := c.store.PackedHeads(ctx)
	if err != nil || len(heads) == 0 {
		return nil, err
	}
	last := heads[len(heads)-1]
	if slices.ContainsFunc(heads, func(p store.Packed) bool { return p.Form != form }) || last.Through > c.seq || last.Derived > c.derived {
		return nil, nil
	}
	// The study may have been put back from a backup and gone on otherwise.
	if mark, err := c.store.ChangeAt(ctx, last.Through); err != nil || mark != last.Mark {
		return nil, err
	}
	return heads, nil
}

// unpack reads blocks and what changed since; nil if there is nothing to be
// gained.
func (c *Casebook) unpack(ctx context.Context) (*loaded, error) {
	codec, form := blocks(c.words)
	heads, err := c.packed(ctx, form)
	if err != nil || len(heads) == 0 {
		return nil, err
	}
	first, last, entries := heads[0], heads[len(heads)-1], 0
	for _, h := range heads {
		entries += h.Entries
	}
	if entries > manyEntries {
		bound()
	}
	if c.seq-last.Through > int64(entries/2) {
		return nil, nil
	}
	changes, err := c.store.Changes(ctx, last.Through)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, x := range changes {
		switch x.What {
		case "decision":
			ids = append(ids, x.ID)
		case "erased":
			return nil, nil
		}
	}
	articles, err := lastChanges(c.store.ArticlesChanged(ctx, first.Through))
	if err != nil {
		return nil, err
	}
	readings, err := lastChanges(c.store.DerivedChanges(ctx, first.Derived))
	if err != nil {
		return nil, err
	}
	l := &loaded{speakers: make(map[recount.Key]*readPage, entries/4), known: make(map[string]known, entries), said: map[string]*recount.Erasable{}}
	stale := map[recount.Key]bool{} // articles that are read from rows
	for k := range articles {
		stale[k] = true
	}
	for k := range readings {
		stale[k] = true
	}
	fresh := map[recount.Key]bool{}
	seen := map[string]bool{} // decisions of blocks that were added to the first ones
	err = c.store.EachPacked(ctx, func(p store.Packed) error {
		var b packedBlock
		if err := codec.unpack(p.Block, &b); err != nil {
			return err
		}
		added := p.Through > first.Through || p.Derived > first.Derived
		for i := range b.Pages {
			x := &b.Pages[i]
			if fresh[x.Article] || articles[x.Article] > p.Through || readings[x.Article] > p.Derived {
				continue
			}
			if x.Speakers != nil && !x.Speakers.sound() {
				return errPacked
			}
			delete(stale, x.Article)
			if added {
				fresh[x.Article] = true
			}
			l.page(x)
		}
		own := make([]recount.Decision, len(b.Decisions)) // without what only loading needs
		for i := range b.Decisions {
			x := &b.Decisions[i]
			if seen[x.ID] {
				continue
			}
			if added {
				seen[x.ID] = true
			}
			l.decision(x, &own[i], p.Through)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, k := range slices.Sorted(maps.Keys(stale)) {
		x, err := c.article(ctx, k, c.words)
		if err != nil {
			return nil, err
		}
		l.page(x)
	}
	ids = slices.DeleteFunc(ids, func(id string) bool { return seen[id] })
	more, err := c.store.LightDecisions(ctx, ids)
	if err != nil {
		return nil, err
	}
	for i := range more {
		l.decisions = append(l.decisions, &more[i])
	}
	c.fromRows = len(stale) + len(more)
	through, err := c.store.PlacedThrough(ctx)
	if err != nil && !errors.Is(err, recount.ErrTampered) { // then all are found again
		return nil, err
	}
	rows, err := c.store.PlacesOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	l.place(rows, through)
	return l, nil
}

// PackedDiffers names the first page or decision of which blocks say something
// else than the rows from which c was opened, as far as opening would take it from
// a block; "" if there is none.
func (c *Casebook) PackedDiffers(ctx context.Context) (differs string, err error) {
	words := c.words.copy() // readers have the ones that are held
	codec, form := blocks(words)
	heads, err := c.packed(ctx, form)
	if err != nil || len(heads) == 0 {
		return "", err
	}
	first := heads[0]
	articles, err := lastChanges(c.store.ArticlesChanged(ctx, first.Through))
	if err != nil {
		return "", err
	}
	readings, err := lastChanges(c.store.DerivedChanges(ctx, first.Derived))
	if err != nil {
		return "", err
	}
	same := func(a, b packedBlock) bool { return bytes.Equal(codec.pack(&a), codec.pack(&b)) }
	var blocksOf []packedBlock // newest first, with what is said of them
	var through []store.Packed
	err = c.store.EachPacked(ctx, func(p store.Packed) error {
		var b packedBlock
		if err := codec.unpack(p.Block, &b); err != nil {
			return err
		}
		p.Block = nil
		blocksOf, through = append(blocksOf, b), append(through, p)
		return nil
	})
	if err != nil {
		return "", err
	}
	fresh, seen := map[recount.Key]bool{}, map[string]bool{}
	known := map[string]known{}
	for n, b := range blocksOf {
		p := through[n]
		added := p.Through > first.Through || p.Derived > first.Derived
		for i := range b.Pages {
			x := &b.Pages[i]
			if fresh[x.Article] || articles[x.Article] > p.Through || readings[x.Article] > p.Derived {
				continue
			}
			fresh[x.Article] = added
			row, err := c.article(ctx, x.Article, words)
			if err != nil {
				return "", err
			}
			if !same(packedBlock{Pages: []packedPage{*row}}, packedBlock{Pages: []packedPage{*x}}) {
				return "page " + string(x.Article), nil
			}
		}
		for i := range b.Decisions {
			x := b.Decisions[i]
			if seen[x.ID] {
				continue
			}
			seen[x.ID] = added
			row, err := c.decisionRow(ctx, &x)
			if err != nil {
				return "", err
			}
			known[x.ID] = knownOf(&x, p.Through)
			x.Placed, x.Places = false, nil
			if row == nil || !same(packedBlock{Decisions: []packedDecision{*row}}, packedBlock{Decisions: []packedDecision{x}}) {
				return "decision " + x.ID, nil
			}
		}
	}
	changed, last, err := c.changedPages(ctx, known)
	if err != nil {
		return "", err
	}
	for _, id := range slices.Sorted(maps.Keys(known)) {
		at, ok := c.placements(known[id], changed, last)
		p := c.placed.of(id)
		if !ok || p == nil { // they are looked for again
			continue
		}
		var want, got []packedPlace
		for _, x := range p.at {
			want = append(want, x.packed())
		}
		for _, x := range at {
			got = append(got, x.packed())
		}
		if !same(packedBlock{Decisions: []packedDecision{{Places: want}}}, packedBlock{Decisions: []packedDecision{{Places: got}}}) {
			return "places of decision " + id, nil
		}
	}
	return "", nil
}

func knownOf(x *packedDecision, through int64) known {
	return known{x.Answer, x.Placed, x.Places, through}
}

// decisionRow is what a block says of a decision, as its row gives it, without
// places; nil if there is no such row.
func (c *Casebook) decisionRow(ctx context.Context, x *packedDecision) (*packedDecision, error) {
	light := c.log.Find(x.ID)
	if light == nil {
		return nil, nil
	}
	row := &packedDecision{Header: light.Header, Erased: light.Erasable == nil}
	row.Program, row.Commitment = "", ""
	if row.Erased {
		return row, nil
	}
	whole, err := c.store.Decision(ctx, x.ID)
	if err != nil {
		return nil, err
	}
	if whole.Erasable == nil {
		return nil, nil
	}
	row.Reason = whole.Erasable.Reason
	if x.Answer == nil {
		if len(x.Body) > 0 { // else it is read when it is asked for
			row.Body = whole.Erasable.Body
		}
		return row, nil
	}
	a, err := whole.Decode()
	if err != nil {
		return nil, err
	}
	row.Answer = plainly(a)
	return row, nil
}

// lastChanges returns the last change of each article.
func lastChanges(changes []store.Change, err error) (map[recount.Key]int64, error) {
	out := map[recount.Key]int64{}
	for _, x := range changes {
		out[recount.Key(x.ID)] = x.Seq
	}
	return out, err
}

func (l *loaded) page(x *packedPage) {
	for i := range x.Heads {
		l.heads = append(l.heads, &x.Heads[i])
	}
	if x.Speakers != nil {
		l.speakers[x.Article] = x.Speakers
	}
}

func (l *loaded) decision(x *packedDecision, d *recount.Decision, through int64) {
	d.Header = x.Header
	switch known := l.said[x.Reason]; {
	case x.Erased:
	case len(x.Body) > 0:
		d.Erasable = &recount.Erasable{Reason: x.Reason, Body: x.Body}
	case known != nil:
		d.Erasable = known
	default:
		d.Erasable = &recount.Erasable{Reason: x.Reason}
		if len(l.said) < mostReasons {
			l.said[x.Reason] = d.Erasable
		}
	}
	l.known[d.ID] = knownOf(x, through)
	l.decisions = append(l.decisions, d)
}

// article reads one article from rows.
func (c *Casebook) article(ctx context.Context, k recount.Key, words *words) (*packedPage, error) {
	heads, err := c.store.HeadsOf(ctx, k)
	if err != nil {
		return nil, err
	}
	x := &packedPage{Article: k}
	for _, h := range heads {
		x.Heads = append(x.Heads, *h)
	}
	rows, err := c.store.SpeakersOf(ctx, k)
	x.Speakers = newReadPage(rows, words)
	return x, err
}

// placements returns where the anchors of a decision were found, as far as
// what is loaded still says it: not if the page has another version since, and
// not if words that were not found may be found now.
func (c *Casebook) placements(p known, changed map[*page]int64, last int64) ([]Placement, bool) {
	if !p.placed {
		return nil, false
	}
	out := make([]Placement, len(p.places))
	for i, x := range p.places {
		if Found(x.Found) == Lost {
			if last > p.through {
				return nil, false
			}
			continue
		}
		pg := c.byKey[x.Article]
		if pg == nil || changed[pg] > p.through {
			return nil, false
		}
		out[i] = pg.placement(Found(x.Found), x.At, x.Text)
	}
	return out, true
}

// keep keeps what was read of decisions that do not hold. Where their words
// were found is forgotten once the page has another text.
func (c *Casebook) keep(ctx context.Context, l *loaded, changed map[*page]int64, last int64) error {
	var forget []string
	for i := range l.decisions {
		id := l.decisions[i].ID
		k, ok := l.known[id]
		if !ok || c.placed.has(id) {
			continue
		}
		if k.answer != nil {
			c.answers[id] = k.answer
		}
		if _, ok := c.placements(k, changed, last); k.placed && !ok {
			forget = append(forget, id)
		}
	}
	return c.keepPlaces(ctx, forget, nil)
}

// changedPages returns the last change of a text of each page since any of the
// places was noted, and the last of all.
func (c *Casebook) changedPages(ctx context.Context, decisions map[string]known) (changed map[*page]int64, last int64, err error) {
	since := c.seq
	for _, p := range decisions {
		if p.placed {
			since = min(since, p.through)
		}
	}
	changes, err := c.store.ArticlesChanged(ctx, since)
	if err != nil || len(changes) == 0 {
		return nil, 0, err
	}
	of := map[recount.Key][]*page{}
	for _, p := range c.pages {
		for _, v := range p.versions {
			of[v.Key] = append(of[v.Key], p)
		}
	}
	changed = map[*page]int64{}
	for _, x := range changes {
		last = x.Seq
		for _, p := range of[recount.Key(x.ID)] {
			changed[p] = x.Seq
		}
	}
	return changed, last, nil
}

// Pack keeps what opening needs in blocks, if much has changed since that was
// done last. Nobody else may change the study meanwhile: what was erased must
// not come back.
func (c *Casebook) Pack(ctx context.Context) error {
	return c.change(func() error { return c.pack(ctx, packAt) })
}

func (c *Casebook) pack(ctx context.Context, least int) error {
	if c.broken || c.settings.Only != nil || c.settings.Bare { // others need all of it
		return nil
	}
	seq, err := c.store.LastChange(ctx)
	if err != nil || seq != c.seq {
		return err // somebody else saved something that is not in yet
	}
	derived, err := c.store.LastDerived(ctx)
	if err != nil || derived != c.derived {
		return err
	}
	codec, form := blocks(c.words.copy()) // readers have the ones that are held
	heads, err := c.packed(ctx, form)
	if err != nil {
		return err
	}
	mark, err := c.store.ChangeAt(ctx, seq)
	if err != nil {
		return err
	}
	number := int64(1)
	write := func(b *packedBlock) store.Packed {
		p := store.Packed{Number: number, Form: form, Through: seq, Derived: derived, Mark: mark, Entries: len(b.Pages) + len(b.Decisions), Block: codec.pack(b)}
		number++
		return p
	}
	if len(heads) > 0 {
		last := heads[len(heads)-1]
		if last.Through == seq && last.Derived == derived {
			return nil
		}
		b, err := c.since(ctx, last, codec.words)
		if err != nil {
			return err
		}
		first, added := 0, len(b.Pages)+len(b.Decisions)
		if added < least {
			return nil
		}
		for _, h := range heads {
			if h.Through == heads[0].Through && h.Derived == heads[0].Derived {
				first += h.Entries
			} else {
				added += h.Entries
			}
		}
		if added < first/2 {
			number = last.Number + 1
			err := c.store.PutPacked(ctx, false, slices.Values([]store.Packed{write(b)}))
			if err == nil {
				clear(c.sought)
			}
			return err
		}
	}
	if len(c.byKey)+c.log.Len() < least {
		return nil
	}
	all, err := c.everything(ctx, codec.words)
	if err != nil {
		return err
	}
	err = c.store.PutPacked(ctx, true, func(yield func(store.Packed) bool) {
		for b := range all {
			if !yield(write(b)) {
				return
			}
		}
	})
	if err == nil {
		clear(c.sought)
	}
	return err
}

// since packs what changed since a block was written, and the decisions whose
// places were looked for again.
func (c *Casebook) since(ctx context.Context, last store.Packed, words *words) (*packedBlock, error) {
	changes, err := c.store.Changes(ctx, last.Through)
	if err != nil {
		return nil, err
	}
	derived, err := c.store.DerivedChanges(ctx, last.Derived)
	if err != nil {
		return nil, err
	}
	articles, ids := map[recount.Key]bool{}, maps.Clone(c.sought)
	for _, x := range append(changes, derived...) {
		switch x.What {
		case "article", "reading":
			articles[recount.Key(x.ID)] = true
		case "decision":
			ids[x.ID] = true
		}
	}
	b := &packedBlock{}
	for _, k := range slices.Sorted(maps.Keys(articles)) {
		x, err := c.article(ctx, k, words)
		if err != nil {
			return nil, err
		}
		b.Pages = append(b.Pages, *x)
	}
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		if d := c.log.Find(id); d != nil {
			b.Decisions = append(b.Decisions, c.packDecision(d))
		}
	}
	return b, nil
}

// everything packs the whole study, a block at a time.
func (c *Casebook) everything(ctx context.Context, words *words) (iter.Seq[*packedBlock], error) {
	articles := map[recount.Key]*packedPage{}
	for _, p := range c.list {
		for _, v := range p.versions {
			x := articles[v.Key]
			if x == nil {
				x = &packedPage{Article: v.Key}
				articles[v.Key] = x
			}
			x.Heads = append(x.Heads, *v)
		}
	}
	for k, x := range articles {
		slices.SortFunc(x.Heads, func(a, b store.Head) int { return strings.Compare(a.Extractor, b.Extractor) })
		if p := c.byKey[k]; p != nil {
			x.Speakers = p.speakers.readPage
			continue
		}
		rows, err := c.store.SpeakersOf(ctx, k)
		if err != nil {
			return nil, err
		}
		x.Speakers = newReadPage(rows, words)
	}
	keys := slices.Sorted(maps.Keys(articles))
	return func(yield func(*packedBlock) bool) {
		for chunk := range slices.Chunk(keys, perBlock) {
			b := &packedBlock{}
			for _, k := range chunk {
				b.Pages = append(b.Pages, *articles[k])
			}
			if !yield(b) {
				return
			}
		}
		for chunk := range slices.Chunk(c.log.All(), perBlock) {
			b := &packedBlock{}
			for _, d := range chunk {
				b.Decisions = append(b.Decisions, c.packDecision(d))
			}
			if !yield(b) {
				return
			}
		}
	}, nil
}

func (c *Casebook) packDecision(d *recount.Decision) packedDecision {
	x := packedDecision{Header: d.Header, Erased: d.Erasable == nil}
	x.Program, x.Commitment = "", ""
	if x.Erased {
		return x
	}
	x.Reason = d.Erasable.Reason
	if d.Kind != recount.KindFile { // which the log reads
		x.Answer = c.answer(d.ID)
	}
	if x.Answer == nil {
		x.Body = d.Erasable.Body
	}
	if p := c.placed.of(d.ID); p != nil {
		x.Placed = true
		for _, at := range p.at {
			x.Places = append(x.Places, at.packed())
		}
	}
	return x
}
