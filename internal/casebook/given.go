package casebook

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"recount"
)

// A Given answer is one that a person gave to a question, whether it holds or
// an adjudicator settled the question since.
type Given struct {
	*recount.Decision
	Answer   recount.Answer
	Question string // the same for all answers to one question
	Place    string // of its first anchor; the same for equal places
	Article  recount.Key
	Spans    []recount.Span // of that place; none if its words stand in an older text
}

// GivenBefore lists what coders answered before anybody settled it: the
// answers of those who are no adjudicators, without the ones that they changed
// or took back themselves. In a round these are the answers of that round,
// whatever was said in later ones; without a name, of every round that is no
// calibration. They come by id.
func (c *Casebook) GivenBefore(ctx context.Context, round string, kinds ...recount.Kind) ([]Given, error) {
	given, err := c.given(ctx, round, kinds)
	if err != nil {
		return nil, err
	}
	return standing(given, c.ownHolds(round, nil)), nil
}

// GivenFirst lists the same, and as first those answers as they stood when the second coder had first answered
// their question, or of who came later the first ones: what nobody can have taken from
// another. changed counts the answers to a question that their own coders gave
// otherwise, added or took back after that. The order of two answers is that of the
// times they bear.
func (c *Casebook) GivenFirst(ctx context.Context, round string, kinds ...recount.Kind) (before, first []Given, changed int, err error) {
	given, err := c.given(ctx, round, kinds)
	if err != nil {
		return nil, nil, 0, err
	}
	now := c.ownHolds(round, nil)
	before = standing(given, now)
	type answer struct{ question, coder string }
	began := map[answer]time.Time{}
	by := map[answer][]Given{}
	for _, g := range given {
		k := answer{g.Question, g.Actor}
		if at := moment(g.Decision); by[k] == nil || at.Before(began[k]) {
			began[k] = at
		}
		by[k] = append(by[k], g)
	}
	all := map[string][]time.Time{}
	for k, at := range began {
		all[k.question] = append(all[k.question], at)
	}
	for k, gs := range by {
		times := all[k.question]
		slices.SortFunc(times, time.Time.Compare)
		holds := standing(gs, now)
		if len(times) < 2 { // nobody else answered
			first = append(first, holds...)
			continue
		}
		until := times[1]
		if began[k].After(until) {
			until = began[k]
		}
		then := standing(gs, c.ownHolds(round, func(d *recount.Decision) bool {
			return moment(d).Before(until) || moment(d).Equal(began[k]) && !anew(d, gs)
		}))
		if !slices.Equal(said(then), said(holds)) {
			changed++
		}
		first = append(first, then...)
	}
	slices.SortFunc(first, func(a, b Given) int { return strings.Compare(a.ID, b.ID) })
	return before, first, changed, nil
}

// anew reports whether a decision takes the place of one of the answers.
func anew(d *recount.Decision, gs []Given) bool {
	return slices.ContainsFunc(gs, func(g Given) bool { return slices.Contains(d.Replaces, g.ID) })
}

// standing are those of the answers that hold.
func standing(gs []Given, holds func(*recount.Decision) bool) (out []Given) {
	for _, g := range gs {
		if holds(g.Decision) {
			out = append(out, g)
		}
	}
	return out
}

// ownHolds tells whether an answer holds as far as its own coder goes: it is one of
// those, and what replaced it or took it back is not, or does not hold itself. Without
// those, all are.
func (c *Casebook) ownHolds(round string, those func(*recount.Decision) bool) func(*recount.Decision) bool {
	stands := map[string]bool{}
	var holds func(d *recount.Decision) bool
	holds = func(d *recount.Decision) bool {
		if v, known := stands[d.ID]; known {
			return v
		}
		stands[d.ID] = false // a forged circle ends here
		v := those == nil || those(d)
		for _, by := range c.log.Replacers(d.ID) {
			if v && by.Actor == d.Actor && (round == "" || by.Round == d.Round || by.Kind == recount.KindRetract) && holds(by) {
				v = false
			}
		}
		stands[d.ID] = v
		return v
	}
	return holds
}

// said are the answers in words, in order.
func said(gs []Given) (out []string) {
	for _, g := range gs {
		out = append(out, g.Answer.Says())
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// moment is when a decision was made; one of which nobody can tell it came first.
func moment(d *recount.Decision) time.Time {
	at, err := time.Parse(time.RFC3339Nano, d.Time)
	if err != nil {
		return time.Time{}
	}
	return at
}

// given lists what coders answered, whether their own answers of later hold instead or
// not.
func (c *Casebook) given(ctx context.Context, round string, kinds []recount.Kind) ([]Given, error) {
	absent := map[string]bool{}
	for _, id := range append(c.log.Waiting(), c.log.Foreign()...) {
		absent[id] = true
	}
	var old []*placed
	var all []*placed
	for _, d := range c.log.All() {
		if !slices.Contains(kinds, d.Kind) || d.Erasable == nil || absent[d.ID] || d.Actor == recount.DefaultActor || c.adjudicators[d.Actor] ||
			round == "" && c.calibration(d.Round) || round != "" && d.Round != round {
			continue
		}
		p := c.placed.of(d.ID)
		if p == nil {
			a, err := c.decode(d)
			if err != nil {
				continue
			}
			p = &placed{Decision: d, answer: a}
			old = append(old, p)
		}
		all = append(all, p)
	}
	if err := c.look(ctx, old); err != nil {
		return nil, err
	}
	var out []Given
	for _, p := range all {
		if slices.ContainsFunc(p.at, func(at Placement) bool { return at.Found == Lost }) {
			continue
		}
		g := Given{Decision: p.Decision, Answer: p.answer, Question: c.question(p)}
		if len(p.at) > 0 {
			g.Place, g.Article = p.at[0].name(), p.at[0].Article()
			for _, s := range p.at[0].Spans {
				if s.Len() > 0 {
					g.Spans = append(g.Spans, s)
				}
			}
		}
		out = append(out, g)
	}
	return out, nil
}

// Answer returns what a decision of the log says, whether it holds or not.
func (c *Casebook) Answer(d *recount.Decision) (recount.Answer, error) {
	if d.Erasable == nil {
		return d.Decode()
	}
	return c.decode(d)
}

// look finds the places of decisions without keeping them.
func (c *View) look(ctx context.Context, ps []*placed) error {
	texts := map[*page]*located{}
	for _, p := range ps {
		for _, an := range p.answer.Anchors() {
			pl := Placement{}
			if pg := c.pages[pageID(an.Page, an.Part)]; pg != nil {
				t := texts[pg]
				if t == nil {
					var err error
					if t, err = c.text(ctx, pg); err != nil {
						return err
					}
					texts[pg] = t
				}
				var err error
				if pl, _, err = c.find(ctx, pg, t, an); err != nil {
					return err
				}
			}
			p.at = append(p.at, pl)
		}
	}
	return nil
}

// question names what an answer is about.
func (c *View) question(p *placed) string {
	if len(p.at) == 0 {
		return strings.Join([]string{string(p.Decision.Kind), p.answer.Subject()}, "\x02")
	}
	return strings.Join([]string{string(p.Decision.Kind), c.topic(p), p.answer.Subject()}, "\x02")
}

// Said is what a decision of the log says, whether it holds or not.
func (c *Casebook) Said(d *recount.Decision) (recount.Answer, error) {
	if d.Erasable == nil {
		return nil, fmt.Errorf("decision %.12s: its answer was erased: %w", d.ID, recount.ErrNotFound)
	}
	return c.decode(d)
}

// Whom lists the keys of the speakers whom a decision names, or whose
// statement it is about; nil if there are none.
func (c *Casebook) Whom(ctx context.Context, d *recount.Decision) ([]recount.Key, error) {
	p := c.placed.of(d.ID)
	if p == nil {
		if d.Erasable == nil {
			if d = c.givenAgain(d); d == nil {
				return nil, nil
			}
			return c.Whom(ctx, d)
		}
		a, err := c.decode(d)
		if err != nil {
			return nil, nil
		}
		p = &placed{Decision: d, answer: a}
		if err := c.look(ctx, []*placed{p}); err != nil {
			return nil, err
		}
	}
	var out []recount.Key
	for i, r := range roles(p.answer) {
		if r == speaking && p.at[i].Found != Lost {
			if sp := c.speakerIn(p, i); sp != nil && !slices.Contains(out, sp.Key) {
				out = append(out, sp.Key)
			}
		}
	}
	return out, nil
}

// givenAgain returns the answer that took the place of one that was erased, as when
// words were moved into the vault; nil if there is none.
func (c *Casebook) givenAgain(erased *recount.Decision) *recount.Decision {
	for _, d := range c.log.All() {
		if d.Kind == erased.Kind && d.Erasable != nil && slices.Contains(d.Base, erased.ID) {
			return d
		}
	}
	return nil
}

// Grouped counts the answers that hold: those that were given in groups over
// several subjects, and those that were given singly. An answer is what was
// said of one subject at once, however many decisions it is. What init logged
// and files that came into use are no answers.
func (c *Casebook) Grouped() (singly, grouped int) {
	groups := map[string]*group{}
	for _, d := range c.log.All() {
		if d.Actor == recount.DefaultActor || d.Kind == recount.KindFile || d.Kind == recount.KindRetract || d.Kind == recount.KindRemove || d.Kind == recount.KindPublish || d.Kind == recount.KindRelease {
			continue
		}
		if d.Group == "" {
			if c.log.Live(d.ID) {
				singly++
			}
			continue
		}
		if groups[d.Group] == nil {
			groups[d.Group] = &group{live: map[string]bool{}, quoted: map[string]bool{}}
		}
		groups[d.Group].add(c, d)
	}
	for _, g := range groups {
		all, live := g.subjects()
		if all == 1 {
			singly += live
		} else {
			grouped += live
		}
	}
	return singly, grouped
}

// A group is what was decided together.
type group struct {
	live   map[string]bool // by subject: whether any of its decisions holds
	quoted map[string]bool // speakers whom its statements name
}

// add takes in a decision of the group. Decisions whose answers are erased, or
// that say nothing that this program understands, count as one subject.
func (g *group) add(c *Casebook, d *recount.Decision) {
	name := ""
	if a, err := c.Answer(d); err == nil {
		var speaker string
		if name, speaker = subject(a); speaker != "" {
			g.quoted[speaker] = true
		}
	}
	g.live[name] = g.live[name] || c.log.Live(d.ID)
}

// subjects counts what the group is about, and what of it holds. A speaker who
// is named with a statement of the group is no subject beside it.
func (g *group) subjects() (all, live int) {
	for name, holds := range g.live {
		if g.quoted[name] {
			continue
		}
		all++
		if holds {
			live++
		}
	}
	return all, live
}

// subject names the one thing that an answer is about, as the answer itself
// says it: a speaker, a statement or another passage, a page, a pair. Of a
// statement it names the speaker also.
func subject(a recount.Answer) (name, speaker string) {
	place := func(what string, an recount.Anchor) string {
		return strings.Join([]string{what, an.Page, an.Part, an.Text, fmt.Sprint(an.Spans)}, "\x00")
	}
	who := func(r *recount.SpeakerRef) string {
		if r == nil {
			return ""
		}
		return place("speaker", r.At)
	}
	page := func(name, part string) string { return strings.Join([]string{"page", name, part}, "\x00") }
	pair := func(a, b string) string { return min(a, b) + "\x01" + max(a, b) }
	switch b := a.(type) {
	case recount.StatementBody:
		return place("passage", b.At), who(b.Speaker)
	case recount.CodeBody:
		return place("passage", b.At), who(&b.Speaker)
	case recount.PassageBody:
		return place("passage", b.At), who(b.Speaker)
	case recount.RoleBody:
		return place("passage", b.At), ""
	case recount.FigureBody:
		return place("passage", b.At), ""
	case recount.StatedBody:
		return place("passage", b.At), ""
	case recount.SpeakerBody:
		return who(&b.Speaker), ""
	case recount.ScopeBody:
		return who(&b.Speaker), ""
	case recount.CriterionBody:
		return who(&b.Speaker), ""
	case recount.ValueBody:
		return who(&b.Speaker), ""
	case recount.TierBody:
		return who(&b.Speaker), ""
	case recount.SpokenBody:
		return who(&b.Speaker), ""
	case recount.SealBody:
		return who(&b.Speaker), ""
	case recount.VaultBody:
		if b.Speaker != nil {
			return who(b.Speaker), ""
		}
	case recount.LinkBody:
		return pair(who(&b.A), who(&b.B)), ""
	case recount.DrawBody:
		return pair(who(&b.A), who(&b.B)), ""
	case recount.RelationBody:
		return pair(page(b.Page, ""), page(b.Of, "")), ""
	case recount.DateBody:
		return page(b.Page, ""), ""
	case recount.ReadBody:
		return page(b.Page, ""), ""
	case recount.PageBody:
		return page(b.Page, b.Part), ""
	case recount.ScreenBody:
		return page(b.Page, b.Part), ""
	case recount.AssignBody:
		return page(b.Page, b.Part), ""
	}
	return string(a.Kind()) + "\x00" + a.Subject(), "" // a rule, an outlet, a code, a note
}
