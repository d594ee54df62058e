package casebook

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"recount"
)

// A Voice is one speaker of one page as lists show it: as people decided, with
// what the program read.
type Voice struct {
	*Speaker
	Page       Page
	Name       string
	Kind       recount.SpeakerKind
	Gender     recount.Gender
	Spans      []recount.Span // every place that speaks of it, as far as decisions or the program say
	ID         recount.Key    // by which lists name the speaker: of the read one, else of the one entered
	Follows    bool           // nobody answered, and the speaker is the same person as one who counts
	Utterances []Utterance
}

// Counts reports whether the speaker counts or may count, or is a page of
// somebody who counts.
func (v *Voice) Counts() bool { return v.Follows || v.Speaker.counts() }

// An Utterance is a statement of a speaker as lists show it.
type Utterance struct {
	Key      recount.Key // of the read statement, or of the one entered
	At       []recount.Span
	Type     recount.QuotationType
	Mode     recount.Mode
	State    recount.Acceptance // "" if nobody answered
	Typed    bool
	Decision string          // that accepted it
	Codes    []string        // that hold, sorted
	Aside    bool            // it stands in a passage of another story
	Old      *recount.Anchor // its words, if they stand only in an older text of the page; else nil
}

// Words returns what is said, out of the text that counts or the older one.
func (u *Utterance) Words(text string) (pieces []string) {
	if u.Old != nil {
		return u.Old.Exact
	}
	for _, sp := range u.At {
		if sp.Within(text) {
			pieces = append(pieces, sp.In(text))
		}
	}
	return pieces
}

// StatementAt names a statement of a list as a decision names it.
func (c *View) StatementAt(ctx context.Context, article recount.Key, u *Utterance) (recount.Anchor, error) {
	if u.Old != nil {
		return *u.Old, nil
	}
	return c.Anchor(ctx, article, u.At...)
}

// OldWords returns the words of an accepted statement that stand only in an
// older text of the page; nil if they stand in the one that counts.
func (c *View) OldWords(article recount.Key, decision string) []string {
	p := c.byKey[article]
	if p == nil {
		return nil
	}
	for _, x := range c.state(p).settled.statements {
		if x.Decision == decision && x.Old != nil {
			return x.Old.Exact
		}
	}
	return nil
}

// A Filter says which speakers to list.
type Filter struct {
	All  bool // everybody who was read: bodies, documents, those who do not speak, and the speakers of reprints
	Page recount.Key
}

// Voices lists speakers in order of the day of their page and of the text:
// those who are people and speak, reprints folded, and everybody about whom
// somebody decided.
func (c *View) Voices(ctx context.Context, f Filter) iter.Seq2[*Voice, error] {
	return func(yield func(*Voice, error) bool) {
		pages := c.datedPages()
		if f.Page != "" {
			pages = nil
			if p := c.byKey[f.Page]; p != nil {
				pages = append(pages, p)
			}
		}
		for _, p := range pages {
			vs, err := c.voices(ctx, p, f.All)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, v := range vs {
				if !yield(v, nil) {
					return
				}
			}
		}
	}
}

// datedPages lists the pages by the day of publication as it counts now.
func (c *View) datedPages() []*page {
	d := c.dated
	d.once.Do(func() {
		// Many pages have one day, so that days are put in order, not pages.
		on := map[string][]*page{} // with the time of day
		for _, p := range c.list {
			published, _ := c.day(p)
			on[published] = append(on[published], p)
		}
		type moment struct {
			recount.Date
			text string
		}
		moments := make([]moment, 0, len(on))
		for text := range on {
			moments = append(moments, moment{recount.DateOf(text), text})
		}
		slices.SortFunc(moments, func(x, y moment) int { return cmp.Or(x.Compare(y.Date), strings.Compare(x.text, y.text)) })
		d.pages = make([]*page, 0, len(c.list))
		for _, m := range moments {
			d.pages = append(d.pages, on[m.text]...)
		}
	})
	return d.pages
}

// voices lists the speakers of one page.
func (c *View) voices(ctx context.Context, p *page, all bool) ([]*Voice, error) {
	s := c.state(p).settled
	if !all && len(s.speakers) == 0 && len(s.undecided) == 0 {
		return nil, nil
	}
	r, err := c.Reading(ctx, p.Key)
	if err != nil {
		return nil, err
	}
	pg := c.pageOf(p)
	var out []*Voice
	by, places := map[*Speaker]*Voice{}, s.placesOf()
	add := func(sp *Speaker) *Voice {
		ref := sp.Ref()
		v := &Voice{Speaker: sp, Page: pg, ID: sp.Key, Name: ref.Name, Kind: ref.Kind, Gender: ref.Gender}
		if sp.named {
			v.Spans = p.spans(s, sp, places[sp])
		}
		if sp.Read >= 0 && sp.Read < len(r.Speakers) {
			x := &r.Speakers[sp.Read]
			v.ID = x.Key()
			if v.Name == "" {
				v.Name, v.Kind, v.Gender = x.Name, x.Kind, x.Gender
			}
		}
		by[sp] = v
		out = append(out, v)
		return v
	}
	speaks := map[*Speaker]bool{}
	for _, x := range slices.Concat(s.statements, s.claimed, s.doubted) {
		speaks[x.Speaker] = true
	}
	for _, sp := range s.speakers {
		if all || sp.Scope != "" || len(sp.entered) > 0 || speaks[sp] {
			add(sp)
		}
	}
	byID := map[string]*Voice{}
	for i := range r.Speakers {
		sp := s.byRead(i)
		if sp == nil {
			if !all && !slices.Contains(s.undecided, i) {
				continue
			}
			x := &r.Speakers[i]
			sp = &Speaker{Key: x.Key(), Read: i, At: x.Mention, ref: &recount.SpeakerRef{Name: x.Name, Kind: x.Kind, Gender: x.Gender}}
			sp.Rejected = len(s.apart) > 0 && p.fullest(s, i).Len() == 0 // all words that named it are somebody else's
		}
		v := by[sp]
		if v == nil {
			if !all && !slices.Contains(s.undecided, i) {
				continue
			}
			if v = add(sp); !sp.named {
				v.Spans = r.Speakers[i].Mentions
				if len(s.apart) > 0 {
					v.Spans = p.spans(s, sp, nil)
				}
			}
		}
		byID[r.Speakers[i].ID] = v
	}
	// Whoever speaks: a code holds for the words, whether or not it is counted.
	codesAt := func(spans []recount.Span) (out []string) {
		name := placeName(string(p.Key), spans)
		for code, places := range s.coded {
			if places[name] {
				out = append(out, code)
			}
		}
		slices.Sort(out)
		return out
	}
	accepted := map[string]bool{}
	for _, x := range s.statements {
		name := placeName("", x.At)
		accepted[name] = true
		if v := by[x.Speaker]; x.Speaker != nil && v != nil {
			v.Utterances = append(v.Utterances, Utterance{Key: x.Key, At: x.At, Old: x.Old, Type: x.Type, Mode: x.Mode,
				State: recount.Accepted, Typed: x.Typed, Decision: x.Decision, Codes: codesAt(x.At)})
		}
	}
	typed := func(x Said, state recount.Acceptance) {
		// One that was read as well is listed below.
		if v := by[x.Speaker]; v != nil && !slices.ContainsFunc(r.Statements, func(y recount.Statement) bool { return slices.Equal(y.Content, x.At) }) {
			v.Utterances = append(v.Utterances, Utterance{Key: x.Key, At: x.At, Old: x.Old, Type: x.Type, Mode: x.Mode, State: state, Typed: x.Typed, Codes: codesAt(x.At)})
		}
	}
	for _, x := range s.doubted {
		typed(x, "")
	}
	for _, x := range s.refused {
		if all && x.Speaker != nil {
			typed(x, recount.Rejected)
		}
	}
	claimed := map[string]*Voice{}
	for _, x := range s.claimed {
		name := placeName("", x.At)
		claimed[name] = by[x.Speaker]
		if claimed[name] != nil && !slices.ContainsFunc(r.Statements, func(y recount.Statement) bool { return placeName("", y.Content) == name }) {
			claimed[name].Utterances = append(claimed[name].Utterances, Utterance{Key: x.Key, At: x.At, Old: x.Old, Type: x.Type, Mode: x.Mode, Typed: x.Typed, Codes: codesAt(x.At)})
		}
	}
	for i := range r.Statements {
		x := &r.Statements[i]
		v := cmp.Or(claimed[placeName("", x.Content)], byID[x.Speaker])
		if v == nil || accepted[placeName("", x.Content)] {
			continue
		}
		u := Utterance{Key: x.Key, At: x.Content, Type: x.Type, Mode: modeOf(x), Codes: codesAt(x.Content)}
		if s.rejected[placeName(p.id, x.Content)] {
			u.State = recount.Rejected
		}
		for _, sen := range r.Sentences {
			u.Aside = u.Aside || sen.Role == recount.OffTopic && sen.Span.Overlaps(recount.Span{Start: start(x.Content), End: start(x.Content) + 1})
		}
		v.Utterances = append(v.Utterances, u)
	}
	for _, v := range out {
		v.Follows = v.Scope == "" && !v.Rejected && c.follows(v.Key)
		slices.SortStableFunc(v.Utterances, func(a, b Utterance) int { return cmp.Compare(start(a.At), start(b.At)) })
	}
	slices.SortStableFunc(out, func(a, b *Voice) int { return cmp.Compare(a.At.Start, b.At.Start) })
	return out, nil
}

// follows reports whether answers join a speaker with one who counts.
func (c *View) follows(k recount.Key) bool {
	for _, x := range c.joined(k) {
		for _, y := range c.same.of(x) {
			l := c.links.of(pairOf(x, y))
			if l == nil {
				continue
			}
			a, b := c.ends(l.answers[0])
			for _, sp := range []*Speaker{a, b} {
				if sp != nil && sp.Key != k && sp.Scope == recount.Yes && !sp.Rejected {
					return true
				}
			}
		}
	}
	return false
}

// modeOf says how a statement was read.
func modeOf(x *recount.Statement) recount.Mode {
	if x.Speech {
		return recount.Speech
	}
	return recount.Thought
}

func statementKey(article recount.Key, at []recount.Span) recount.Key {
	return recount.StatementKey(article, recount.Quotation{Content: at})
}

const fewestDigits = 4

// FindSpeaker finds a speaker by the first digits of the key by which lists
// name it, or of the member's key.
func (c *View) FindSpeaker(ctx context.Context, digits string) (*Voice, error) {
	hits := map[recount.Key]recount.Key{}             // key -> article
	if p := c.readOn(recount.Key(digits)); p != nil { // all digits of one
		hits[recount.Key(digits)] = p.Key
	} else if len(digits) >= fewestDigits {
		rows, err := c.store.SpeakersNamed(ctx, digits)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if c.byKey[r.Article] != nil {
				hits[r.Key] = r.Article
			}
		}
		for _, p := range c.pages {
			for _, sp := range c.state(p).settled.speakers {
				if strings.HasPrefix(string(sp.Key), digits) {
					hits[sp.Key] = p.Key
				}
			}
		}
	}
	if len(hits) == 0 && len(digits) >= fewestDigits {
		// A key that a speaker had before it was joined with another.
		for _, p := range c.pages {
			for _, x := range c.state(p).settled.places {
				if strings.HasPrefix(string(recount.KeyOf("member", x.at.name())), digits) {
					hits[x.Speaker.Key] = p.Key
				}
			}
		}
	}
	if err := oneHit("speaker", digits, len(hits), "`recount scope` lists the speakers"); err != nil {
		return nil, err
	}
	for key, article := range hits {
		vs, err := c.voices(ctx, c.byKey[article], true)
		if err != nil {
			return nil, err
		}
		for _, v := range vs {
			if v.ID == key || v.Key == key {
				return v, nil
			}
		}
		// One who was read and stands in a speaker whom people entered.
		for _, v := range vs {
			if known := c.state(c.byKey[article]).settled.byRead(c.byKey[article].readAs(key)); known != nil && known == v.Speaker {
				return v, nil
			}
		}
	}
	return nil, fmt.Errorf("speaker %s: %w", digits, recount.ErrNotFound)
}

// FindStatement finds a statement that was read or entered by the first digits
// of its key.
func (c *View) FindStatement(ctx context.Context, digits string) (*Voice, *Utterance, error) {
	hits := map[recount.Key]recount.Key{}
	if len(digits) >= fewestDigits {
		rows, err := c.store.StatementsNamed(ctx, digits)
		if err != nil {
			return nil, nil, err
		}
		for _, r := range rows {
			if c.byKey[r.Article] != nil {
				hits[r.Key] = r.Article
			}
		}
		// One that was read and one that was entered have one key if they have one
		// place, so that all digits of a key that is found leave no other.
		for _, p := range c.pages {
			if hits[recount.Key(digits)] != "" {
				break
			}
			s := c.state(p).settled
			for _, said := range [][]Said{s.statements, s.claimed, s.doubted, s.refused, s.differing} {
				for i := range said {
					if strings.HasPrefix(string(said[i].Key), digits) {
						hits[said[i].Key] = p.Key
					}
				}
			}
		}
	}
	if err := oneHit("statement", digits, len(hits), "`recount code` lists the statements"); err != nil {
		return nil, nil, err
	}
	for key, article := range hits {
		p := c.byKey[article]
		vs, err := c.voices(ctx, p, true)
		if err != nil {
			return nil, nil, err
		}
		for _, v := range vs {
			for i := range v.Utterances {
				if v.Utterances[i].Key == key {
					return v, &v.Utterances[i], nil
				}
			}
		}
		// A statement of nobody.
		r, err := c.Reading(ctx, article)
		if err != nil {
			return nil, nil, err
		}
		for i := range r.Statements {
			if x := &r.Statements[i]; x.Key == key {
				return &Voice{Page: c.pageOf(p)}, &Utterance{Key: key, At: x.Content, Type: x.Type, Mode: modeOf(x)}, nil
			}
		}
		for _, x := range c.state(p).settled.statements {
			if x.Key == key {
				return &Voice{Page: c.pageOf(p)}, &Utterance{Key: key, At: x.At, Old: x.Old, Type: x.Type, Mode: x.Mode, State: recount.Accepted, Typed: x.Typed, Decision: x.Decision}, nil
			}
		}
		for _, x := range c.state(p).settled.differing {
			if x.Key == key {
				v := &Voice{Page: c.pageOf(p)}
				if i := slices.IndexFunc(vs, func(v *Voice) bool { return v.Speaker == x.Speaker }); x.Speaker != nil && i >= 0 {
					v = vs[i]
				}
				return v, &Utterance{Key: key, At: x.At, Old: x.Old, Type: x.Type, Mode: x.Mode, Typed: x.Typed}, nil
			}
		}
		for _, x := range c.state(p).settled.refused {
			if x.Key == key {
				return &Voice{Page: c.pageOf(p)}, &Utterance{Key: key, At: x.At, Old: x.Old, Type: x.Type, Mode: x.Mode, State: recount.Rejected, Typed: x.Typed}, nil
			}
		}
	}
	return nil, nil, fmt.Errorf("statement %s: %w", digits, recount.ErrNotFound)
}

// InForce returns the statement that holds in the place of one whose words people
// corrected, with its speaker; nil if it holds itself, or none does.
func (c *View) InForce(ctx context.Context, v *Voice, u *Utterance) (*Voice, *Utterance, error) {
	p := c.byKey[v.Page.Key]
	if p == nil || u.Old != nil {
		return nil, nil, nil
	}
	s := c.state(p).settled
	to := s.became[placeName(p.id, u.At)]
	for _, x := range s.statements {
		if to != "" && placeName(p.id, x.At) == to {
			return c.FindStatement(ctx, string(x.Key))
		}
	}
	return nil, nil, nil
}

// SpeakerTo returns the speaker whom somebody named for a statement while it is open
// who said it; v, under whom it is listed, if he or she named none. Who goes on
// with a statement keeps to his or her own answer.
func (c *View) SpeakerTo(ctx context.Context, actor string, v *Voice, u *Utterance) (*Voice, error) {
	p := c.byKey[v.Page.Key]
	if p == nil || u.State != "" {
		return v, nil
	}
	s := c.state(p)
	var own *placed
	for _, d := range s.decisions {
		b, ok := d.answer.(recount.StatementBody)
		if ok && d.Actor == actor && b.Answer != recount.Rejected && b.Speaker != nil && d.at[0].page == p && slices.Equal(d.at[0].Spans, u.At) && (own == nil || sooner(own, d) < 0) {
			own = d
		}
	}
	if own == nil {
		return v, nil
	}
	sp := c.speakerOf(s.settled, own, own.answer.(recount.StatementBody).Speaker)
	vs, err := c.voices(ctx, p, true)
	if i := slices.IndexFunc(vs, func(w *Voice) bool { return sp != nil && w.Speaker == sp }); i >= 0 {
		return vs[i], err
	}
	return v, err
}

func oneHit(what, digits string, n int, lists string) error {
	switch n {
	case 1:
		return nil
	case 0:
		return recount.WithHint(fmt.Errorf("%s %s: %w", what, digits, recount.ErrNotFound), "give the first 4 digits of a key or more; "+lists)
	}
	return recount.WithHint(fmt.Errorf("%s %s: %w: several begin like this", what, digits, recount.ErrInvalid), "give more digits")
}

// Anchor names a place in the article that counts for a page.
func (c *View) Anchor(ctx context.Context, article recount.Key, spans ...recount.Span) (recount.Anchor, error) {
	p := c.byKey[article]
	if p == nil {
		return recount.Anchor{}, fmt.Errorf("article %s: %w", article, recount.ErrNotFound)
	}
	t, err := c.text(ctx, p)
	if err != nil {
		return recount.Anchor{}, err
	}
	for _, sp := range spans {
		if !sp.Within(t.Text) {
			return recount.Anchor{}, fmt.Errorf("article %s: %w", article, &recount.SpanError{Span: sp, Size: len(t.Text)})
		}
	}
	return recount.AnchorAt(t.Article, t.points, spans...), nil
}

// Ref names a speaker as a decision names it.
func (c *View) Ref(ctx context.Context, v *Voice) (recount.SpeakerRef, error) {
	if v.At.Len() == 0 && v.Ref().At.Page != "" {
		return *v.Ref(), nil // its words stand only in an older text
	}
	at := v.At
	if p := c.byKey[v.Page.Key]; p != nil && v.Read >= 0 && !v.named {
		if at = p.fullest(c.state(p).settled, v.Read); at.Len() == 0 {
			return recount.SpeakerRef{}, recount.WithHint(fmt.Errorf("speaker %.12s: %w: all words that name %s here were set apart as somebody else's", v.ID, recount.ErrInvalid, v.Name),
				"answer about the one who was set apart, or take that back: `recount decisions list` shows it")
		}
	}
	an, err := c.Anchor(ctx, v.Page.Key, at)
	return recount.SpeakerRef{At: an, Name: v.Name, Kind: v.Kind, Gender: v.Gender}, err
}

// A Pair is two speakers that may be one person, with what people answered.
type Pair struct {
	recount.Suggestion
	A, B   *Voice
	Answer string // "" if nobody answered
	// Implied says that the answer follows from others: A is B and B is C.
	Implied bool
	Within  string // "page" or "original" if both speak in one, else ""
}

// Asked reports whether the pair is a question: nobody answered it, nothing
// else does, and neither of the two is out of scope.
func (p *Pair) Asked() bool {
	return p.Answer == "" && p.A.Scope != recount.No && p.B.Scope != recount.No
}

// Pairs lists the suggestions, heaviest first, as SeenPairs does, and behind them
// the pairs that are asked because of what people decided.
func (c *View) Pairs(ctx context.Context, reprints bool) ([]Pair, error) {
	all, err := c.Suggestions(ctx)
	if err != nil {
		return nil, err
	}
	decided, err := c.DecidedPairs(ctx)
	if err != nil {
		return nil, err
	}
	var out []Pair
	for p, err := range c.SeenPairs(ctx, all, reprints) {
		if err != nil {
			return nil, err
		}
		if k := pairOf(p.A.Key, p.B.Key); !c.alike.has(k) || c.open.of(k) {
			out = append(out, p)
		}
	}
	return append(out, decided...), nil
}

// OldCoded returns the words that a coding is about if they stand only in an
// older text of the page; nil if they stand in the one that counts.
func (c *View) OldCoded(article recount.Key, decision string) []string {
	p := c.placed.of(decision)
	if p == nil || len(p.at) == 0 || p.at[0].Found != InOlder {
		return nil
	}
	return p.answer.Anchors()[0].Exact
}

// OldStated returns the words that state a value if they stand only in an older
// text of the page; nil if they stand in the one that counts, or none are named.
func (c *View) OldStated(decision string) []string {
	p := c.placed.of(decision)
	if p == nil || len(p.at) < 2 || p.at[1].Found != InOlder {
		return nil
	}
	return p.answer.Anchors()[1].Exact
}

// SpeakerAt returns the speaker whom decisions or the program know at a place,
// or nil.
func (c *View) SpeakerAt(ctx context.Context, an recount.Anchor) (*Voice, error) {
	p := c.pages[pageID(an.Page, an.Part)]
	if p == nil {
		return nil, nil
	}
	t, err := c.text(ctx, p)
	if err != nil {
		return nil, err
	}
	pl, _, err := c.find(ctx, p, t, &an)
	if err != nil || pl.Found == Lost {
		return nil, err
	}
	sp, read := c.speakerAt(pl), p.read(pl)
	vs, err := c.voices(ctx, p, true)
	if err != nil {
		return nil, err
	}
	for _, v := range vs {
		if sp != nil && v.Speaker == sp || sp == nil && read >= 0 && v.Read == read {
			return v, nil
		}
	}
	return nil, nil
}

// Given returns the values that hold of a speaker, by variable.
func (c *View) Given(v *Voice) map[string]string {
	out := map[string]string{}
	if v.Speaker == nil {
		return out
	}
	for subject, ps := range v.about {
		if name, ok := strings.CutPrefix(subject, "value\x00"); ok {
			if b, _, ok := held[recount.ValueBody](c, ps); ok {
				out[name] = b.Value
			}
		}
	}
	return out
}
