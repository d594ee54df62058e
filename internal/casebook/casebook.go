// Package casebook holds a study in memory and keeps it right by each
// decision: what people decided, placed in the texts as they are now, and the
// members, links and statements that follow.
//
// In: the store of a study (decisions, heads of articles, what was read out of
// them) and the settings of its study files. Out: items with their answers,
// speakers as people decided them, members and links for package count, and
// what a person should look at.
//
// Method: Open places the anchors of every decision once and keeps the places
// in derived.db. Apply takes further decisions in and works out anew only the
// pages, links and originals that they touch. The result is a function of the
// sets of decisions and articles: one by one, all at once and in any order of
// arrival give the same (casebook_test.go). Texts are read for placing and for
// evidence; of those that were read last a bounded number is kept.
//
// A casebook is for one goroutine at a time, but for Snapshot: any number of
// goroutines may ask for it, at any time, and read what they get. A snapshot
// is a View that is never changed again. It holds whole steps only: all of the
// decisions that were saved together or none, with everything that follows
// from them. A goroutine that saw a step end sees it in the next snapshot.
// Readers do not wait for who decides, nor who decides for readers; only the
// first to ask waits for the step that is going on. Of a step that failed
// nothing is in any snapshot.
package casebook

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"recount"
	"recount/internal/cases"
	"recount/internal/count"
	"recount/internal/store"
)

// Settings are what study.yaml and codebook.yaml say that decisions rest on.
type Settings struct {
	Study        string
	Link         recount.Milli                   // unanswered suggestions at least this probable are open questions
	Criteria     []string                        // who counts: names of the criteria that are answered one by one
	Names        []string                        // of the variables, in the order of study.yaml
	Variables    map[string][]string             // variable -> allowed values; none: any
	Codes        []string                        // of the codebook
	OneCode      bool                            // the codebook gives a statement one code at most
	Adjudicators func(studyYAML string) []string // who settles disagreements, as a study file says it

	// Only names a person whose answers alone are seen, beside what everybody
	// shares: study files, rules, assignments, changes of codes, erasures. It is
	// set when the casebook is opened. Nil: everybody's.
	Only *string

	// Bare opens the pages with no decision; Apply takes them in one after the
	// other. What is worked out so is kept nowhere.
	Bare bool
}

// plain is what of the settings can be compared.
func (s Settings) plain() Settings {
	s.Adjudicators, s.Only, s.Bare = nil, nil, false
	return s
}

// sees reports whether a decision is one that this casebook is to know of.
func (s Settings) sees(d *recount.Decision) bool {
	if s.Only == nil || d.Actor == *s.Only || d.Actor == recount.DefaultActor {
		return true
	}
	switch d.Kind {
	case recount.KindFile, recount.KindRule, recount.KindWeights, recount.KindAssign, recount.KindCodebook, recount.KindSample, recount.KindRemove:
		return true
	}
	return false
}

// A Casebook is a study in memory.
type Casebook struct {
	*View
	log     *recount.Log
	answers map[string]recount.Answer // what decisions say that do not hold, by id, as far as they were read
	net     *network
	names   *nameIndex // nil while nobody's name was decided
	owner   *owner     // of the states that no snapshot has

	seq, derived int64 // changes of the store that are in
	loads        int64 // how often everything was read
	loading      bool  // everything is worked out anew at the end
	broken       bool  // a step failed half way: everything is read again before the next
	news         bool  // something changed since the last snapshot
	rowsOnly     bool  // opening passes by what is packed
	fromRows     int   // pages and decisions that opening read from rows
	dirty        map[*page]bool
	sought       map[string]bool // decisions whose places were looked for since they were packed

	step     sync.Mutex           // held while something changes
	snapshot atomic.Pointer[View] // nil until somebody asks for one
}

// A View is a study as it is at one moment. What it returns must not be
// changed.
type View struct {
	store    *store.Store // texts and readings, which do not change under their key
	settings Settings
	texts    *texts
	words    *words // of the speakers who were read

	// These change only when everything is read again.
	pages  map[string]*page // by page and part
	byKey  map[recount.Key]*page
	byName map[string][]*page
	list   []*page // by key of the article that counts
	read   *readOn

	placed       *table[string, *placed]                    // live decisions with an answer, by id
	loose        map[recount.Kind]*table[string, []*placed] // those about no place of a text, by subject
	lost         *table[string, recount.Finding]            // those that found no place, or say nothing that can be meant
	states       []*state                                   // of pages, by their number
	dated        *dated                                     // pages by day of publication
	outlets      *outlets                                   // who printed them
	originals    []recount.Original                         // as people corrected them
	originalOf   map[recount.Key]*recount.Original          // by member
	asked        []recount.Relation                         // copies of which one has a speaker of its own
	found        []recount.Original                         // as the program grouped them
	links        *table[pair, *link]                        // what people answered
	same         *table[recount.Key, []recount.Key]         // speakers whom an answer joins with one
	different    *table[recount.Key, []recount.Key]         // speakers of whom an answer says that one is another
	open         *table[pair, bool]                         // pairs of members that are asked, answered ones among them; true: a reader suggested it
	alike        *table[pair, [2]*page]                     // those that are asked because of what people decided
	weights      *cases.Weights                             // that people took; nil: those that ship
	weighed      string                                     // decision that took them, "" if nobody did
	rules        map[string]bool
	disputed     map[string]*recount.Dispute // rules on which people differ
	recoded      map[string]string           // code -> what it became
	adjudicators map[string]bool
	waiting      []string           // decisions whose base is not here yet
	numbers      map[string]Counted // of counts that are kept; of snapshots only
}

// A Counted query is one that is kept up to date, as it stood.
type Counted struct {
	count.Number
	Err error
}

// Pages by day of publication, put in order when somebody asks.
type dated struct {
	once  sync.Once
	pages []*page
}

// Who printed the pages, worked out when somebody asks.
type outlets struct {
	once  sync.Once
	names []string
}

// Which page each read speaker stands on, worked out when somebody asks.
type readOn struct {
	once sync.Once
	at   map[shortKey]uint32 // its place in the list
}

// A placed decision is a live one with its answer and its places.
type placed struct {
	*recount.Decision
	answer recount.Answer
	at     []Placement // of answer.Anchors()
	found  bool        // at is known to be of these anchors
}

// Open loads a study.
func Open(ctx context.Context, from *store.Store, s Settings) (*Casebook, error) {
	c := &Casebook{View: &View{store: from, settings: s}}
	return c, c.change(func() error { return c.reload(ctx) })
}

// Snapshot returns the study as the last step left it. It may be called by any
// goroutine.
func (c *Casebook) Snapshot() *View {
	if v := c.snapshot.Load(); v != nil {
		return v
	}
	c.step.Lock()
	defer c.step.Unlock()
	if c.snapshot.Load() == nil {
		c.publish()
	}
	return c.snapshot.Load()
}

// change makes a step. Once somebody has asked for a snapshot there is a new
// one after each.
func (c *Casebook) change(f func() error) error {
	c.step.Lock()
	defer c.step.Unlock()
	err := f()
	if err == nil {
		c.waiting = c.log.Waiting()
	}
	if err == nil && c.news && !c.broken && c.snapshot.Load() != nil {
		c.publish()
	}
	return err
}

// publish makes a snapshot: a copy that shares everything with the casebook,
// which from now on copies what it changes.
func (c *Casebook) publish() {
	v := *c.View
	v.placed, v.lost, v.links, v.same, v.different, v.open, v.alike = c.placed.copy(), c.lost.copy(), c.links.copy(), c.same.copy(), c.different.copy(), c.open.copy(), c.alike.copy()
	v.loose = make(map[recount.Kind]*table[string, []*placed], len(c.loose))
	for k, t := range c.loose {
		v.loose[k] = t.copy()
	}
	v.states = slices.Clone(c.states)
	c.owner = new(owner)
	v.numbers = c.net.counted()
	c.snapshot.Store(&v)
	c.news = false
}

// edit returns the state of a page, to be changed.
func (c *Casebook) edit(p *page) *state {
	s := c.states[p.number]
	if s.owner != c.owner {
		own := *s
		own.owner, own.decisions, own.linked = c.owner, slices.Clone(s.decisions), slices.Clone(s.linked)
		s = &own
		c.states[p.number] = s
	}
	return s
}

// reload reads everything again.
func (c *Casebook) reload(ctx context.Context) error {
	c.loads++
	c.log = recount.NewLog(c.settings.Study, c.settings.Adjudicators)
	c.names = nil
	c.net, c.answers, c.owner, c.dirty, c.sought, c.broken, c.news = newNetwork(), map[string]recount.Answer{}, new(owner), map[*page]bool{}, map[string]bool{}, true, true
	c.View = &View{store: c.store, settings: c.settings, texts: newTexts(mostText), words: newWords(), pages: map[string]*page{}, byKey: map[recount.Key]*page{}, byName: map[string][]*page{},
		placed: newTable[string, *placed](), loose: map[recount.Kind]*table[string, []*placed]{}, lost: newTable[string, recount.Finding](), dated: &dated{}, outlets: &outlets{}, read: &readOn{},
		links: newTable[pair, *link](), same: newTable[recount.Key, []recount.Key](), different: newTable[recount.Key, []recount.Key](), open: newTable[pair, bool](), alike: newTable[pair, [2]*page]()}
	var err error
	if c.seq, err = c.store.LastChange(ctx); err != nil {
		return err
	}
	if c.derived, err = c.store.LastDerived(ctx); err != nil {
		return err
	}
	l, err := c.load(ctx)
	if err != nil {
		return err
	}
	if len(l.heads)+len(l.decisions) > manyEntries {
		bound()
	}
	l.decisions = slices.DeleteFunc(l.decisions, func(d *recount.Decision) bool { return c.settings.Bare || !c.settings.sees(d) })
	c.loadPages(l)
	changed, last, err := c.changedPages(ctx, l.known)
	if err != nil {
		return err
	}
	c.loading = true
	err = c.take(ctx, c.log.Take(l.decisions), func(p *placed) {
		k := l.known[p.ID]
		if p.answer = k.answer; p.answer != nil {
			p.answer = plainly(p.answer)
		}
		var ok bool
		p.at, ok = c.placements(k, changed, last)
		p.found = ok && k.answer != nil // this program wrote both
	})
	c.loading = false
	if err != nil {
		return err
	}
	if err := c.keep(ctx, l, changed, last); err != nil {
		return err
	}
	c.readWeights()
	if err := c.loadSuggestions(ctx); err != nil {
		return err
	}
	if err := c.regroupOriginals(ctx); err != nil {
		return err
	}
	for _, p := range c.pages {
		c.dirty[p] = true
	}
	if err := c.settle(ctx); err != nil {
		return err
	}
	c.broken = false
	return nil
}

// OpenFromRows loads a study as if nothing were packed: from the decisions and
// what was read alone.
func OpenFromRows(ctx context.Context, from *store.Store, s Settings) (*Casebook, error) {
	c := &Casebook{View: &View{store: from, settings: s}, rowsOnly: true}
	return c, c.change(func() error { return c.reload(ctx) })
}

// Configure puts other settings in place of those the casebook was opened
// with, when a study file changed.
func (c *Casebook) Configure(ctx context.Context, s Settings) error {
	return c.change(func() error { return c.configure(ctx, s) })
}

func (c *Casebook) configure(ctx context.Context, s Settings) error {
	was := c.settings
	s.Only, s.Bare = was.Only, was.Bare
	c.settings, c.news = s, c.news || !reflect.DeepEqual(was.plain(), s.plain())
	if slices.Equal(was.Criteria, s.Criteria) && was.Link == s.Link && was.OneCode == s.OneCode {
		return nil
	}
	c.broken, c.news = true, true
	if was.Link != s.Link {
		if err := c.loadSuggestions(ctx); err != nil {
			return err
		}
	}
	for _, p := range c.pages {
		c.dirty[p] = true
	}
	return c.settled(ctx)
}

// settled works out anew what is marked, and ends the step.
func (c *Casebook) settled(ctx context.Context) error {
	err := c.settle(ctx)
	c.broken = err != nil
	return err
}

// Apply takes decisions in that are in the store. Known ones change nothing.
func (c *Casebook) Apply(ctx context.Context, decisions ...recount.Decision) error {
	return c.change(func() error { return c.apply(ctx, decisions...) })
}

func (c *Casebook) apply(ctx context.Context, decisions ...recount.Decision) error {
	decisions = slices.DeleteFunc(decisions, func(d recount.Decision) bool { return !c.settings.sees(&d) })
	c.broken, c.news = true, true
	settled := c.log.Adjudicators()
	if err := c.take(ctx, c.log.Add(decisions...), nil); err != nil {
		return err
	}
	if !slices.Equal(settled, c.log.Adjudicators()) {
		// Whose answer stands where people disagree may be another now, everywhere.
		c.found, c.dated, c.outlets = nil, &dated{}, &outlets{}
		for _, p := range c.pages {
			c.dirty[p] = true
		}
	}
	return c.settled(ctx)
}

// Refresh takes in what others saved meanwhile. It reports whether anything
// came.
func (c *Casebook) Refresh(ctx context.Context) (came bool, err error) {
	err = c.change(func() error {
		came, err = c.refresh(ctx)
		return err
	})
	return came, err
}

func (c *Casebook) refresh(ctx context.Context) (bool, error) {
	if c.broken {
		return true, c.reload(ctx)
	}
	derived, err := c.store.LastDerived(ctx)
	if err != nil {
		return false, err
	}
	changes, err := c.store.Changes(ctx, c.seq)
	if err != nil {
		return false, err
	}
	if derived != c.derived || slices.ContainsFunc(changes, func(x store.Change) bool { return x.What == "article" }) {
		return true, c.reload(ctx)
	}
	var ds []recount.Decision
	seq := c.seq
	for _, x := range changes {
		seq = x.Seq
		if x.What == "decision" || x.What == "erased" {
			d, err := c.store.Decision(ctx, x.ID)
			if err != nil {
				return false, err
			}
			ds = append(ds, d)
		}
	}
	c.seq = seq
	if len(ds) == 0 {
		return false, nil
	}
	return true, c.apply(ctx, ds...)
}

// Log returns the decisions and which of them hold.
func (c *Casebook) Log() *recount.Log { return c.log }

// take files decisions whose standing changed under the places and subjects
// that they are about. known gives what was read and found before; the rest is
// read and looked for.
func (c *Casebook) take(ctx context.Context, changed []*recount.Decision, known func(p *placed)) error {
	c.adjudicators = map[string]bool{}
	for _, a := range c.log.Adjudicators() {
		c.adjudicators[a] = true
	}
	var fresh []*placed
	for _, d := range changed {
		if p := c.placed.of(d.ID); p != nil {
			c.unfile(p)
			c.placed.drop(d.ID)
			c.answers[d.ID] = p.answer
		}
		c.lost.drop(d.ID)
		if d.Erasable == nil {
			delete(c.answers, d.ID)
		}
		if !c.log.Live(d.ID) || d.Erasable == nil {
			continue
		}
		p := &placed{Decision: d}
		if known != nil {
			known(p)
		}
		var err error
		if p.answer == nil {
			p.answer, err = c.decode(d)
		}
		if err != nil {
			c.lost.set(d.ID, recount.Finding{What: "orphan", Decisions: []string{d.ID}, Text: "it says nothing that this program understands: " + cause(err)})
			continue
		}
		fresh = append(fresh, p)
	}
	if err := c.place(ctx, fresh); err != nil {
		return err
	}
	for _, p := range fresh {
		c.placed.set(p.ID, p)
		delete(c.answers, p.ID)
		c.file(p)
	}
	return nil
}

// answer returns what a decision says if it was read before, or nil.
func (c *Casebook) answer(id string) recount.Answer {
	if p := c.placed.of(id); p != nil {
		return p.answer
	}
	return c.answers[id]
}

// decode reads what a decision says, once: after that only the answer is kept,
// but of study files, which the log reads.
func (c *Casebook) decode(d *recount.Decision) (recount.Answer, error) {
	if a := c.answer(d.ID); a != nil {
		return a, nil
	}
	a, err := d.Decode()
	if err == nil {
		a = plainly(a)
	}
	if err == nil && d.Kind != recount.KindFile {
		c.answers[d.ID], d.Erasable.Body = a, nil
	}
	return a, err
}

// cause is the sentence of an error without what it is about.
func cause(err error) string {
	s := err.Error()
	if i := strings.Index(s, "): "); i >= 0 {
		s = s[i+3:]
	}
	return s
}

// file puts a decision where what it touches finds it.
func (c *Casebook) file(p *placed) { c.touch(p, true) }

func (c *Casebook) unfile(p *placed) { c.touch(p, false) }

func (c *Casebook) touch(p *placed, in bool) {
	anchored := false
	for _, at := range p.at {
		anchored = true
		if at.page == nil {
			continue
		}
		s := c.edit(at.page)
		if i, there := slices.BinarySearchFunc(s.decisions, p, byID); in && !there {
			s.decisions = slices.Insert(s.decisions, i, p)
		} else if !in && there {
			s.decisions = slices.Delete(s.decisions, i, i+1)
		}
		c.dirty[at.page] = true
	}
	if anchored {
		c.noteLost(p, in)
		return
	}
	kind, subject := p.Decision.Kind, p.answer.Subject()
	if c.loose[kind] == nil {
		c.loose[kind] = newTable[string, []*placed]()
	}
	ps := slices.Clone(c.loose[kind].of(subject))
	if i, there := slices.BinarySearchFunc(ps, p, byID); in && !there {
		ps = slices.Insert(ps, i, p)
	} else if !in && there {
		ps = slices.Delete(ps, i, i+1)
	}
	if len(ps) > 0 {
		c.loose[kind].set(subject, ps)
	} else {
		c.loose[kind].drop(subject)
	}
	c.spread(p.answer)
}

func byID(a, b *placed) int { return strings.Compare(a.ID, b.ID) }

// about lists the decisions of a kind about a subject that is no place of a
// text, by id.
func (c *View) about(kind recount.Kind, subject string) []*placed {
	if t := c.loose[kind]; t != nil {
		return t.of(subject)
	}
	return nil
}

// noteLost lists a decision whose words are gone.
func (c *Casebook) noteLost(p *placed, in bool) {
	if c.lost.drop(p.ID); !in || !slices.ContainsFunc(p.at, func(at Placement) bool { return at.Found <= InOlder }) {
		return
	}
	anchors, parts := p.answer.Anchors(), roles(p.answer)
	for i, at := range p.at {
		if at.Found == Lost && at.page == nil {
			c.lost.set(p.ID, recount.Finding{What: "orphan", Decisions: []string{p.ID},
				Text: fmt.Sprintf("a decision (%s) waits for a page that is not in this study: %s", p.Decision.Kind, anchors[i].Page)})
			return
		}
		switch at.Found {
		case Lost:
			c.lost.set(p.ID, recount.Finding{What: "orphan", Decisions: []string{p.ID},
				Text: fmt.Sprintf("a decision (%s) is about words that are not in this study's texts: page %s", p.Decision.Kind, anchors[i].Page)})
			return
		case InOlder:
			// What words were put in place of may stand in an older text only.
			if parts[i] == instead || c.keptAgain(p, at.page) {
				continue
			}
			c.lost.set(p.ID, recount.Finding{What: "orphan", Decisions: []string{p.ID},
				Text: fmt.Sprintf("a decision (%s) is about words that stand only in an older text of page %s", p.Decision.Kind, anchors[i].Page)})
		}
	}
}

// keptAgain reports whether an answer was given again as it was after the text
// that counts was captured: that it holds was looked at.
func (c *Casebook) keptAgain(p *placed, on *page) bool {
	if on == nil || p.Time < on.Head.Captured {
		return false
	}
	return slices.ContainsFunc(p.Replaces, func(id string) bool {
		was := c.log.Find(id)
		if was == nil || was.Kind != p.Decision.Kind || was.Erasable == nil {
			return false
		}
		a, err := c.decode(was)
		return err == nil && reflect.DeepEqual(a, p.answer)
	})
}

// spread marks the pages that a decision about no place has an effect on.
func (c *Casebook) spread(a recount.Answer) {
	switch b := a.(type) {
	case recount.RuleBody, recount.CodebookBody:
		if !c.loading {
			for _, p := range c.pages {
				c.dirty[p] = true
			}
		}
	case recount.DateBody:
		c.dated = &dated{}
		if c.loose[recount.KindRelation] != nil {
			c.found = nil // the day tells what cannot have been taken out of what
		}
		c.touchPage(b.Page)
	case recount.PageBody:
		c.outlets = &outlets{}
		c.touchPage(b.Page)
	case recount.ScreenBody:
		c.touchPage(b.Page)
	case recount.RelationBody:
		c.found = nil // group anew
		c.touchPage(b.Page)
		c.touchPage(b.Of)
	}
}

// touchPage marks the parts of a page, and the other members of their
// originals: a reprint counts under the day of the first print.
func (c *Casebook) touchPage(name string) {
	for _, p := range c.byName[name] {
		c.mark(p)
		if o := c.originalOf[p.Key]; o != nil {
			for _, m := range o.Members {
				if q := c.byKey[m]; q != nil {
					c.mark(q)
				}
			}
		}
	}
}

// mark marks a page of which something is known anew, and the pages whose
// people have a value with its sentence there.
func (c *Casebook) mark(p *page) {
	c.dirty[p] = true
	for _, d := range c.state(p).decisions {
		if d.Decision.Kind == recount.KindValue && d.at[0].page != nil {
			c.dirty[d.at[0].page] = true
		}
	}
}

// settle works out anew what is marked.
func (c *Casebook) settle(ctx context.Context) error {
	if c.found == nil {
		if err := c.regroupOriginals(ctx); err != nil {
			return err
		}
	}
	c.readRules()
	c.readCodebookChanges()
	if c.readWeights() {
		if err := c.loadSuggestions(ctx); err != nil {
			return err
		}
		for _, p := range c.pages {
			c.dirty[p] = true
		}
	}
	dirty := c.sortedDirty() // as pages lie in memory, or nearly
	for _, p := range dirty {
		c.unlink(p)
		if s := c.state(p).settled; s != nil {
			for _, sp := range s.speakers {
				if sp.Member != nil {
					c.net.dropMember(sp.Key)
				}
			}
		}
	}
	for _, p := range dirty {
		if err := c.settlePage(ctx, p); err != nil {
			return err
		}
	}
	c.indexNames()
	for _, p := range dirty {
		for _, sp := range c.state(p).settled.speakers {
			if sp.Member != nil {
				c.net.setMember(sp.Member)
			}
		}
		c.settleLinks(p)
	}
	for _, p := range dirty {
		if err := c.settleSuggested(ctx, p); err != nil {
			return err
		}
	}
	if c.net.groups == nil { // members are large: all of them twice is too much
		for _, p := range dirty {
			for _, sp := range c.state(p).settled.speakers {
				if sp.Member != nil {
					sp.Member = taken
				}
			}
		}
	}
	c.net.apply()
	for _, p := range dirty {
		for _, sp := range c.state(p).settled.speakers {
			if sp.Member != nil {
				sp.Member = c.net.groups.Member(sp.Key) // members are large: one of each is enough
			}
		}
	}
	clear(c.dirty)
	return nil
}

// taken stands for a member until the groups have it.
var taken = &recount.Member{}

func (c *Casebook) sortedDirty() []*page {
	if len(c.dirty) == len(c.list) {
		return c.list
	}
	return slices.SortedFunc(maps.Keys(c.dirty), func(a, b *page) int { return strings.Compare(string(a.Key), string(b.Key)) })
}

// readRules reads which rules are on, and on which people differ. While they do
// what init logged by default holds.
func (c *Casebook) readRules() {
	c.rules, c.disputed = map[string]bool{}, map[string]*recount.Dispute{}
	if c.loose[recount.KindRule] == nil {
		return
	}
	for rule, ps := range c.loose[recount.KindRule].all() {
		if b, _, ok := held[recount.RuleBody](c.View, ps); ok {
			if b.On {
				c.rules[rule] = true
			}
			continue
		}
		said := map[string][]*placed{}
		for _, d := range ps {
			if on := d.answer.(recount.RuleBody).On; d.Actor == recount.DefaultActor && on {
				c.rules[rule] = true
			}
		}
		for _, d := range c.speaking(ps) {
			said[onOff(d.answer.(recount.RuleBody).On)] = append(said[onOff(d.answer.(recount.RuleBody).On)], d)
		}
		if len(said) > 1 {
			c.disputed[rule] = dispute("rule", rule, "is the rule "+rule+" on or off:", onOff(c.rules[rule]), said, itself)
		}
	}
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

// speaking returns the answers of people that have a say, outside calibration.
func (c *View) speaking(ps []*placed) []*placed {
	return c.unsettled(slices.DeleteFunc(slices.Clone(ps), func(d *placed) bool {
		return c.calibration(d.Round) || d.Actor == recount.DefaultActor
	}))
}

// readCodebookChanges reads which codes were moved or merged into others. A
// code that came back to itself by way of others stays as it is.
func (c *Casebook) readCodebookChanges() {
	c.recoded = map[string]string{}
	next := c.becomes()
	for code := range next {
		to, seen := next[code].To[0], map[string]bool{code: true}
		for next[to].To != nil && !seen[to] {
			seen[to] = true
			to = next[to].To[0]
		}
		if !seen[to] {
			c.recoded[code] = to
		}
	}
}

// A change of a code that holds, with the decision that made it.
type recoding struct {
	recount.CodebookBody
	by string
}

// becomes lists the codes that were moved or merged, by the code.
func (c *View) becomes() map[string]recoding {
	next := map[string]recoding{}
	if c.loose[recount.KindCodebook] == nil {
		return next
	}
	for _, ps := range c.loose[recount.KindCodebook].all() {
		if b, by, ok := held[recount.CodebookBody](c, ps); ok && b.Op != recount.SplitCode {
			next[b.Code] = recoding{b, by.ID}
		}
	}
	return next
}

// circles lists the changes of codes that lead back to where they began: none
// of them has an effect.
func (c *View) circles() (out []recount.Finding) {
	next := c.becomes()
	done := map[string]bool{}
	for _, code := range sortedKeys(next) {
		at := map[string]int{}
		var path, ids []string
		for !done[code] && next[code].To != nil {
			done[code], at[code] = true, len(path)
			path, ids = append(path, code), append(ids, next[code].by)
			code = next[code].To[0]
		}
		i, back := at[code]
		if !back {
			continue
		}
		ids = ids[i:]
		slices.Sort(ids)
		out = append(out, recount.Finding{What: "circle", Decisions: ids,
			Text: "codes that become one another stay as they are: " + strings.Join(append(path[i:], code), ", ")})
	}
	return out
}

// Rules lists the rules that are on.
func (c *View) Rules() []string { return slices.Sorted(maps.Keys(c.rules)) }
