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
// arrival give the same (casebook_test.go). No text is kept in memory; it is
// read for placing and for evidence.
//
// A casebook is for one goroutine at a time.
package casebook

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"recount"
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
	Adjudicators func(studyYAML string) []string // who settles disagreements, as a study file says it
}

// A Casebook is a study in memory.
type Casebook struct {
	store    *store.Store
	settings Settings
	log      *recount.Log
	answers  map[string]recount.Answer // what decisions say, by id
	placed   map[string]*placed        // live decisions with an answer, by id
	pages    map[string]*page          // by page and part
	byKey    map[recount.Key]*page
	byName   map[string][]*page
	order    []*page               // by key of the article that counts; nil until asked for
	dated    []*page               // by day of publication; nil until asked for
	readAt   map[recount.Key]*page // of each read speaker; nil until asked for

	// Decisions about no place of a text, by kind and subject.
	loose map[subject][]*placed

	originals  []recount.Original
	originalOf map[recount.Key]*recount.Original
	found      []recount.Original // as the program grouped them
	rules      map[string]bool
	links      map[pair]*link       // what people answered
	ends       map[recount.Key]bool // of links that people answered; nil until asked for
	open       map[pair]bool        // suggested pairs of members, answered ones among them
	recoded    map[string]string    // code -> what it became
	net        *network

	seq, derived int64 // changes of the store that are in
	loads        int64 // how often everything was read
	loading      bool  // everything is worked out anew at the end
	dirty        map[*page]bool
	lost         map[string]recount.Finding // decisions that found no place, or say nothing that can be meant
}

type subject struct {
	kind recount.Kind
	name string
}

// A placed decision is a live one with its answer and its places.
type placed struct {
	*recount.Decision
	answer recount.Answer
	at     []Placement // of answer.Anchors()
}

// Open loads a study.
func Open(ctx context.Context, from *store.Store, s Settings) (*Casebook, error) {
	c := &Casebook{store: from, settings: s}
	return c, c.reload(ctx)
}

// reload reads everything again.
func (c *Casebook) reload(ctx context.Context) error {
	c.loads++
	c.log = recount.NewLog(c.settings.Study, c.settings.Adjudicators)
	c.placed, c.pages, c.byKey, c.byName, c.order = map[string]*placed{}, map[string]*page{}, map[recount.Key]*page{}, map[string][]*page{}, nil
	c.dated, c.readAt, c.loose, c.rules, c.links, c.open = nil, nil, map[subject][]*placed{}, map[string]bool{}, map[pair]*link{}, map[pair]bool{}
	c.dirty, c.lost, c.recoded, c.originalOf = map[*page]bool{}, map[string]recount.Finding{}, map[string]string{}, nil
	c.net, c.answers = newNetwork(), map[string]recount.Answer{}
	var err error
	if c.seq, err = c.store.LastChange(ctx); err != nil {
		return err
	}
	if c.derived, err = c.store.LastDerived(ctx); err != nil {
		return err
	}
	if err := c.loadPages(ctx); err != nil {
		return err
	}
	var decisions []recount.Decision
	if err := c.store.EachDecision(ctx, func(d recount.Decision) { decisions = append(decisions, d) }); err != nil {
		return err
	}
	places, err := c.loadPlaces(ctx)
	if err != nil {
		return err
	}
	c.loading = true
	err = c.take(ctx, c.log.Add(decisions...), places)
	c.loading = false
	if err != nil {
		return err
	}
	if err := c.loadSuggestions(ctx); err != nil {
		return err
	}
	if err := c.regroupOriginals(ctx); err != nil {
		return err
	}
	for _, p := range c.pages {
		c.dirty[p] = true
	}
	return c.settle(ctx)
}

// Configure puts other settings in place of those the casebook was opened
// with, when a study file changed.
func (c *Casebook) Configure(ctx context.Context, s Settings) error {
	was := c.settings
	c.settings = s
	if slices.Equal(was.Criteria, s.Criteria) && was.Link == s.Link {
		return nil
	}
	if was.Link != s.Link {
		if err := c.loadSuggestions(ctx); err != nil {
			return err
		}
	}
	for _, p := range c.pages {
		c.dirty[p] = true
	}
	return c.settle(ctx)
}

// Apply takes decisions in that are in the store. Known ones change nothing.
func (c *Casebook) Apply(ctx context.Context, decisions ...recount.Decision) error {
	settled := c.log.Adjudicators()
	if err := c.take(ctx, c.log.Add(decisions...), nil); err != nil {
		return err
	}
	if !slices.Equal(settled, c.log.Adjudicators()) {
		// Whose answer stands where people disagree may be another now, everywhere.
		c.found, c.dated = nil, nil
		for _, p := range c.pages {
			c.dirty[p] = true
		}
	}
	return c.settle(ctx)
}

// Refresh takes in what others saved meanwhile. It reports whether anything
// came.
func (c *Casebook) Refresh(ctx context.Context) (bool, error) {
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
	for _, x := range changes {
		c.seq = x.Seq
		if x.What == "decision" || x.What == "erased" {
			d, err := c.store.Decision(ctx, x.ID)
			if err != nil {
				return false, err
			}
			ds = append(ds, d)
		}
	}
	if len(ds) == 0 {
		return false, nil
	}
	return true, c.Apply(ctx, ds...)
}

// Log returns the decisions and which of them hold.
func (c *Casebook) Log() *recount.Log { return c.log }

// take files decisions whose standing changed under the places and subjects
// that they are about. places are known ones; the others are looked for.
func (c *Casebook) take(ctx context.Context, changed []*recount.Decision, places map[string][]Placement) error {
	var fresh []*placed
	for _, d := range changed {
		if p := c.placed[d.ID]; p != nil {
			c.unfile(p)
			delete(c.placed, d.ID)
		}
		delete(c.lost, d.ID)
		if d.Erasable == nil {
			delete(c.answers, d.ID)
		}
		if !c.log.Live(d.ID) || d.Erasable == nil {
			continue
		}
		a, err := c.decode(d)
		if err != nil {
			c.lost[d.ID] = recount.Finding{What: "orphan", Decisions: []string{d.ID}, Text: "it says nothing that this program understands: " + cause(err)}
			continue
		}
		p := &placed{Decision: d, answer: a}
		if at, ok := places[d.ID]; ok {
			p.at = at
		}
		fresh = append(fresh, p)
	}
	if err := c.place(ctx, fresh); err != nil {
		return err
	}
	for _, p := range fresh {
		c.placed[p.ID] = p
		c.file(p)
	}
	return nil
}

// decode reads what a decision says, once: after that only the answer is kept,
// but of study files, which the log reads.
func (c *Casebook) decode(d *recount.Decision) (recount.Answer, error) {
	if a := c.answers[d.ID]; a != nil {
		return a, nil
	}
	a, err := d.Decode()
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
		if in {
			at.page.decisions[p.ID] = p
		} else {
			delete(at.page.decisions, p.ID)
		}
		c.dirty[at.page] = true
	}
	if anchored {
		c.noteLost(p, in)
		return
	}
	s := subject{p.Decision.Kind, p.answer.Subject()}
	if in {
		i, _ := slices.BinarySearchFunc(c.loose[s], p, byID)
		c.loose[s] = slices.Insert(c.loose[s], i, p)
	} else if i, ok := slices.BinarySearchFunc(c.loose[s], p, byID); ok {
		if c.loose[s] = slices.Delete(c.loose[s], i, i+1); len(c.loose[s]) == 0 {
			delete(c.loose, s)
		}
	}
	c.spread(p.answer)
}

func byID(a, b *placed) int { return strings.Compare(a.ID, b.ID) }

// noteLost lists a decision whose words are gone.
func (c *Casebook) noteLost(p *placed, in bool) {
	delete(c.lost, p.ID)
	if !in {
		return
	}
	anchors := p.answer.Anchors()
	for i, at := range p.at {
		switch at.Found {
		case Lost:
			c.lost[p.ID] = recount.Finding{What: "orphan", Decisions: []string{p.ID},
				Text: fmt.Sprintf("a decision (%s) is about words that are not in this study's texts: page %s", p.Decision.Kind, anchors[i].Page)}
			return
		case InOlder:
			c.lost[p.ID] = recount.Finding{What: "orphan", Decisions: []string{p.ID},
				Text: fmt.Sprintf("a decision (%s) is about words that stand only in an older text of page %s", p.Decision.Kind, anchors[i].Page)}
		}
	}
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
		c.dated = nil
		c.touchPage(b.Page)
	case recount.PageBody:
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
	for _, d := range p.decisions {
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
	for p := range c.dirty {
		c.unlink(p)
		if p.settled != nil {
			for _, sp := range p.settled.speakers {
				if sp.Member != nil {
					c.net.dropMember(sp.Key)
				}
			}
		}
	}
	for _, p := range c.sortedDirty() {
		if err := c.settlePage(ctx, p); err != nil {
			return err
		}
	}
	for p := range c.dirty {
		for _, sp := range p.settled.speakers {
			if sp.Member != nil {
				c.net.setMember(sp.Member)
			}
		}
		c.settleLinks(p)
	}
	c.net.apply()
	clear(c.dirty)
	return nil
}

func (c *Casebook) sortedDirty() []*page {
	return slices.SortedFunc(maps.Keys(c.dirty), func(a, b *page) int { return strings.Compare(string(a.Key), string(b.Key)) })
}

// readRules reads which rules are on.
func (c *Casebook) readRules() {
	clear(c.rules)
	for s, ps := range c.loose {
		if s.kind != recount.KindRule {
			continue
		}
		if b, _, ok := held[recount.RuleBody](c, ps); ok && b.On {
			c.rules[s.name] = true
		}
	}
}

// readCodebookChanges reads which codes were moved or merged into others. A
// code that came back to itself by way of others stays as it is.
func (c *Casebook) readCodebookChanges() {
	clear(c.recoded)
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
func (c *Casebook) becomes() map[string]recoding {
	next := map[string]recoding{}
	for s, ps := range c.loose {
		if s.kind != recount.KindCodebook {
			continue
		}
		if b, by, ok := held[recount.CodebookBody](c, ps); ok && b.Op != recount.SplitCode {
			next[b.Code] = recoding{b, by.ID}
		}
	}
	return next
}

// circles lists the changes of codes that lead back to where they began: none
// of them has an effect.
func (c *Casebook) circles() (out []recount.Finding) {
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
func (c *Casebook) Rules() []string { return slices.Sorted(maps.Keys(c.rules)) }
