package casebook

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"recount"
	"recount/internal/store"
)

// By says who decides, and in what circumstances.
type By struct {
	Actor string
	Round string // of coding; "" outside a round
	Group string // of answers that are saved together; "" if by themselves

	Vault   bool // the study has a vault: what is typed about protected people is looked at
	NoNames bool // who decides says that what was typed names nobody

	Setting store.Setting // saved in the same transaction
}

// A Draft is one answer that somebody is about to give.
type Draft struct {
	Answer recount.Answer
	Reason string
	// InPlaceOf is an answer of the same person and kind that this one takes the
	// place of though it names another place; "" if there is none.
	InPlaceOf string
}

// Decide makes decisions of drafts, saves them in one transaction and takes
// them in. An answer to a question that the same person answered before takes
// the place of that answer; an adjudicator's stands beside those of the
// coders. Nothing is saved unless all can be. seal fills in the study, the
// time and the salt.
func (c *Casebook) Decide(ctx context.Context, by By, seal func(recount.Draft) (recount.Decision, error), drafts ...Draft) (out []recount.Decision, err error) {
	err = c.change(func() error {
		out, err = c.decide(ctx, by, seal, drafts)
		return err
	})
	return out, err
}

func (c *Casebook) decide(ctx context.Context, by By, seal func(recount.Draft) (recount.Decision, error), drafts []Draft) ([]recount.Decision, error) {
	if _, err := c.refresh(ctx); err != nil {
		return nil, err
	}
	if err := recount.CheckRound(by.Round); err != nil {
		return nil, err
	}
	by.Actor, by.Round, drafts = plain(by.Actor), plain(by.Round), slices.Clone(drafts)
	ps := make([]*placed, len(drafts))
	for i, d := range drafts {
		d.Answer = plainly(d.Answer)
		drafts[i] = d
		if err := d.Answer.Check(); err != nil {
			return nil, err
		}
		if err := recount.CheckReason(d.Reason); err != nil {
			return nil, err
		}
		if _, rule := d.Answer.(recount.RuleBody); by.Actor == recount.DefaultActor && !rule {
			return nil, recount.WithHint(fmt.Errorf("decide %s: %w: the default rules are logged under the name %q", d.Answer.Kind(), recount.ErrInvalid, by.Actor),
				"say who you are with --as NAME, or in RECOUNT_AS")
		}
		if err := c.check(d.Answer); err != nil {
			return nil, err
		}
		ps[i] = &placed{Decision: &recount.Decision{Header: recount.Header{Kind: d.Answer.Kind()}}, answer: d.Answer}
	}
	if err := c.locate(ctx, ps); err != nil {
		return nil, err
	}
	given, coded := map[string]bool{}, map[string]bool{}
	// widened places an answer anew that has got more places, and says so.
	widened := func(p *placed, a recount.Answer) (bool, error) {
		if len(a.Anchors()) <= len(p.at) {
			return false, nil
		}
		p.answer, p.at = a, nil
		return true, c.look(ctx, []*placed{p})
	}
	var out []recount.Decision
	for i, d := range drafts {
		d.Answer = c.saysApart(ps[i])
		ps[i].answer = d.Answer
		if b, ok := d.Answer.(recount.SpeakerBody); ok && b.Apart && b.Answer == recount.Accepted {
			if err := c.leavesWords(ps[i], by); err != nil {
				return nil, err
			}
		}
		if err := c.unprinted(ctx, by, d, ps[i]); err != nil {
			return nil, err
		}
		item, old := c.item(ps[i])
		if b, ok := d.Answer.(recount.StatementBody); ok {
			d.Answer = c.insteadToo(b, ps[i], by, old)
			if _, err := widened(ps[i], d.Answer); err != nil {
				return nil, err
			}
		}
		if b, ok := d.Answer.(recount.SpeakerBody); ok && b.Answer == recount.Accepted {
			d.Answer = c.joinedToo(b, ps[i], by, old)
			if grown, err := widened(ps[i], d.Answer); err != nil {
				return nil, err
			} else if grown {
				d.Answer = c.saysApart(ps[i])
				ps[i].answer = d.Answer
			}
		}
		if given[item] {
			return nil, fmt.Errorf("decide %s: %w: the question was answered twice at once", d.Answer.Kind(), recount.ErrConflict)
		}
		given[item] = true
		draft := recount.Draft{Kind: d.Answer.Kind(), Round: by.Round, Group: by.Group, Actor: by.Actor, Reason: d.Reason, Body: d.Answer}
		for _, p := range old {
			if p.Actor == by.Actor && c.calibration(p.Round) == c.calibration(by.Round) {
				draft.Replaces = append(draft.Replaces, c.log.Replaced(p.ID)...)
			}
		}
		if d.InPlaceOf != "" {
			was := c.log.Find(d.InPlaceOf)
			if was == nil || was.Actor != by.Actor || was.Kind != draft.Kind || !c.log.Live(was.ID) {
				return nil, recount.WithHint(fmt.Errorf("decide %s: %w: the answer that it takes the place of is not an answer of %s that holds", d.Answer.Kind(), recount.ErrConflict, by.Actor),
					"look at the answers that hold, and answer again")
			}
			draft.Replaces = append(draft.Replaces, c.log.Replaced(was.ID)...)
		}
		draft.Replaces = append(draft.Replaces, c.corrected(ps[i], by)...)
		draft.Replaces = append(draft.Replaces, c.recodes(ps[i], by)...)
		if place := c.onlyCode(ps[i]); place != "" {
			if coded[place] {
				return nil, recount.WithHint(fmt.Errorf("decide %s: %w: two codes for one statement at once, and the codebook gives it one", d.Answer.Kind(), recount.ErrConflict),
					"give one of them, or write multi_label: true in codebook.yaml")
			}
			coded[place] = true
		}
		if id := CodebookOf(d.Answer); id != "" {
			draft.Base = append(draft.Base, id)
		}
		dec, err := seal(draft)
		if err != nil {
			return nil, err
		}
		out = append(out, dec)
	}
	return out, c.save(ctx, by.Setting, out...)
}

// Save keeps decisions that were sealed for this study, and takes them in.
func (c *Casebook) Save(ctx context.Context, decisions ...recount.Decision) error {
	return c.change(func() error { return c.save(ctx, store.Setting{}, decisions...) })
}

func (c *Casebook) save(ctx context.Context, also store.Setting, decisions ...recount.Decision) error {
	if len(decisions) == 0 {
		return nil
	}
	if _, err := c.store.Put(ctx, decisions, also); err != nil {
		return err
	}
	c.broken = true // until they are in
	seq, err := c.store.LastChange(ctx)
	if err != nil {
		return err
	}
	c.seq = seq
	return c.apply(ctx, decisions...)
}

// CodebookOf returns the decision that logged the codebook an answer was given
// with.
func CodebookOf(a recount.Answer) string {
	switch b := a.(type) {
	case recount.CodeBody:
		return b.Codebook
	case recount.PassageBody:
		return b.Codebook
	}
	return ""
}

// locate finds the places of drafts, without keeping them. Words that are not
// there are refused.
func (c *View) locate(ctx context.Context, ps []*placed) error {
	if err := c.look(ctx, ps); err != nil {
		return err
	}
	for _, p := range ps {
		for i, an := range p.answer.Anchors() {
			switch {
			case c.pages[pageID(an.Page, an.Part)] == nil:
				return fmt.Errorf("decide %s: %w: no page %s", p.Decision.Kind, recount.ErrNotFound, an.Page)
			case p.at[i].Found == Lost:
				return fmt.Errorf("decide %s: %w: its words are not on page %s", p.Decision.Kind, recount.ErrInvalid, an.Page)
			}
		}
	}
	return nil
}

// item names the question that an answer is about, and returns the live
// answers to it.
func (c *View) item(p *placed) (name string, answers []*placed) {
	kind := p.Decision.Kind
	if b, ok := p.answer.(recount.VaultBody); ok && b.Op == recount.OpenVault {
		return c.question(p) + "\x02" + p.ID, nil // that the vault was opened stays true whenever it is opened again
	}
	if len(p.at) == 0 {
		return c.question(p), slices.Clone(c.about(kind, p.answer.Subject()))
	}
	about := c.topic(p)
	var pages []*page
	for _, at := range p.at {
		if at.page != nil && !slices.Contains(pages, at.page) {
			pages = append(pages, at.page)
		}
	}
	seen := map[string]bool{}
	for _, pg := range pages {
		for _, q := range c.state(pg).decisions {
			if q.Decision.Kind == kind && !seen[q.ID] && q.answer.Subject() == p.answer.Subject() && c.topic(q) == about {
				seen[q.ID] = true
				answers = append(answers, q)
			}
		}
	}
	slices.SortFunc(answers, byID)
	return c.question(p), answers
}

// topic names what the places of an answer are about: its speakers, else its
// content. Evidence is no part of the question.
func (c *View) topic(p *placed) string {
	switch b := p.answer.(type) {
	case recount.SpeakerBody:
		// Words that are set apart are about nobody whom other words name, though they
		// overlap.
		if at := p.at[0]; b.Apart && at.page != nil && c.state(at.page).settled != nil && c.state(at.page).settled.byPlace(&at) == nil {
			return at.name()
		}
		return c.speakerName(p, 0)
	case recount.ScopeBody, recount.CriterionBody, recount.ValueBody, recount.TierBody, recount.SpokenBody, recount.SealBody:
		return c.speakerName(p, 0)
	case recount.LinkBody, recount.DrawBody:
		first, second := c.speakerName(p, 0), c.speakerName(p, 1)
		return min(first, second) + "\x01" + max(first, second)
	}
	return p.at[0].name()
}

// speakerName names the speaker at a place of an answer: the one that decisions or
// the program know there, else the place.
func (c *View) speakerName(p *placed, i int) string {
	at := p.at[i]
	if sp := c.speakerIn(p, i); sp != nil {
		return string(sp.Key)
	}
	if at.page != nil {
		if i := at.page.read(at); i >= 0 {
			return string(at.page.key(i))
		}
	}
	return at.name()
}

// speakerAt returns the speaker whom decisions know at a place, or nil.
func (c *View) speakerAt(at Placement) *Speaker {
	if at.page == nil || c.state(at.page).settled == nil {
		return nil
	}
	s := c.state(at.page).settled
	if sp := s.byPlace(&at); sp != nil {
		return sp
	}
	if at.At().Len() == 0 {
		return nil
	}
	read, here := at.page.read(at), s.speaksAt(at.page, at.At())
	for _, sp := range s.speakers {
		if sp.Apart() && here(sp) {
			return sp
		}
	}
	if read >= 0 {
		return s.byRead(read)
	}
	for _, sp := range s.speakers {
		if here(sp) {
			return sp
		}
	}
	return nil
}

// Apart reports whether a person set these places apart from the speaker who was
// read there.
func (s *Speaker) Apart() bool {
	return slices.ContainsFunc(s.entered, func(d *placed) bool { return d.answer.(recount.SpeakerBody).Apart })
}

// calibration reports whether a round of coding only trains coders: its
// answers count for nothing but agreement.
func (c *View) calibration(round string) bool { return strings.HasPrefix(round, "calibration") }

// onlyCode names the statement to which an answer gives its code, where the
// codebook gives it one only; "" else.
func (c *View) onlyCode(p *placed) string {
	if !c.settings.OneCode || p.answer.Says() != recount.Yes || p.answer.Kind() != recount.KindCode && p.answer.Kind() != recount.KindPassage || p.at[0].page == nil {
		return ""
	}
	name := p.at[0].name()
	if s := c.state(p.at[0].page).settled; s != nil && s.followed[name] != "" {
		name = s.followed[name]
	}
	return p.at[0].page.id + "\x00" + name
}

// recodes lists the actor's own codes of a statement that has one only, if an
// answer gives it another: that takes their place.
func (c *Casebook) recodes(p *placed, by By) (out []string) {
	place := c.onlyCode(p)
	if place == "" {
		return nil
	}
	for _, q := range c.state(p.at[0].page).decisions {
		if q.Actor == by.Actor && c.calibration(q.Round) == c.calibration(by.Round) && q.answer.Subject() != p.answer.Subject() && c.onlyCode(q) == place {
			out = append(out, c.log.Replaced(q.ID)...)
		}
	}
	return out
}

// leavesWords refuses to set words apart by which somebody else was answered
// about: what was answered would be about another person.
func (c *View) leavesWords(p *placed, by By) error {
	at := p.at[0]
	s := c.state(at.page).settled
	sp := s.byPlace(&at)
	if sp == nil || sp.Apart() {
		return nil // or they were set apart before
	}
	n := 0
	for _, d := range c.state(at.page).decisions {
		for i, r := range roles(d.answer) {
			if r == speaking && s.nameOf(d, i) == at.name() && (d.Decision.Kind != recount.KindSpeaker || d.Actor != by.Actor) {
				n++
			}
		}
	}
	if n > 0 {
		return recount.WithHint(fmt.Errorf("decide %s: %w: by these words %s was answered about already (answers: %d), which would be about the other from now on", recount.KindSpeaker, recount.ErrConflict, called(sp), n),
			"set apart other words, by which the other person is named, or take those answers back first: `recount decisions list` shows them")
	}
	return nil
}

// joinedBy lists the actor's own answers to who those are whom an answer joins
// with another: who joins two says that they are one, whatever he or she called
// the second before, and with whom it was joined: joinedToo takes these along. That
// the second was set apart from somebody else stays (unjoined leaves it out).
func (c *Casebook) joinedBy(p *placed, by By) (out []*placed) {
	for _, at := range p.at[1:] {
		if at.page == nil || at.Found == Lost {
			continue
		}
		for _, q := range c.state(at.page).decisions {
			b, ok := q.answer.(recount.SpeakerBody)
			if ok && !b.Apart && q.at[0].name() != p.at[0].name() && b.Answer == recount.Accepted && !slices.Contains(out, q) &&
				slices.ContainsFunc(q.at, func(x Placement) bool { return x.Found != Lost && x.name() == at.name() }) &&
				q.Actor == by.Actor && c.calibration(q.Round) == c.calibration(by.Round) {
				out = append(out, q)
			}
		}
	}
	return out
}

// joinedToo adds to the places that an answer makes one speaker those that the
// actor's own answers made one with it, whose place it takes: a name that is
// corrected takes nobody apart.
func (c *Casebook) joinedToo(b recount.SpeakerBody, p *placed, by By, old []*placed) recount.SpeakerBody {
	known := map[string]bool{}
	for i := range p.at {
		known[p.at[i].name()] = true
	}
	b.Mentions = slices.Clip(b.Mentions)
	for _, q := range append(slices.Clone(old), c.joinedBy(p, by)...) {
		was, ok := q.answer.(recount.SpeakerBody)
		if !ok || was.Answer != recount.Accepted || len(was.Mentions) == 0 || q.Actor != by.Actor || c.calibration(q.Round) != c.calibration(by.Round) {
			continue
		}
		for i, an := range was.Anchors() {
			if at := q.at[i]; at.Found != Lost && !known[at.name()] {
				known[at.name()] = true
				b.Mentions = append(b.Mentions, *an)
			}
		}
	}
	return b
}

// insteadToo adds to what a statement takes the place of what the answers to it
// did, whoever gave them, and the actor's own that it takes the place of: words
// that are corrected again, or answered about again, stay instead of those that
// were read. One that is rejected says of which statement the words were a form.
func (c *Casebook) insteadToo(b recount.StatementBody, p *placed, by By, old []*placed) recount.StatementBody {
	known := map[string]bool{p.at[0].name(): true}
	for i, r := range roles(b) {
		if r == instead {
			known[p.at[i].name()] = true
		}
	}
	old = slices.DeleteFunc(slices.Clone(old), func(q *placed) bool { return c.calibration(q.Round) != c.calibration(by.Round) })
	b.Instead = slices.Clip(b.Instead)
	own := c.ownCorrections(p, by)
	if len(b.Instead) == 0 && b.Answer != recount.Rejected { // the words were right after all, and stand where they stood
		b.Instead = c.before(b, own)
		own = nil
	}
	for _, q := range append(old, own...) {
		was, ok := q.answer.(recount.StatementBody)
		if !ok {
			continue
		}
		first := len(was.Anchors()) - len(was.Instead)
		for i, an := range was.Instead {
			if at := q.at[first+i]; at.Found != Lost && !known[at.name()] {
				known[at.name()] = true
				b.Instead = append(b.Instead, an)
			}
		}
	}
	return b
}

// corrected lists what an answer replaces as a correction.
func (c *Casebook) corrected(p *placed, by By) (out []string) {
	for _, q := range c.ownCorrections(p, by) {
		out = append(out, c.log.Replaced(q.ID)...)
	}
	return out
}

// ownCorrections lists the actor's own answers to the statements whose place a
// statement takes: who corrects the words does not accept the old ones too.
func (c *Casebook) ownCorrections(p *placed, by By) (out []*placed) {
	if b, ok := p.answer.(recount.SpeakerBody); ok && b.Answer == recount.Accepted {
		return c.joinedBy(p, by)
	}
	b, ok := p.answer.(recount.StatementBody)
	if !ok || b.Answer == recount.Rejected {
		return nil
	}
	if !b.Typed {
		out = c.ownForms(p, b, by)
	}
	for i, r := range roles(b) {
		if r != instead || p.at[i].page == nil || p.at[i].name() == p.at[0].name() {
			continue
		}
		for _, q := range c.state(p.at[i].page).decisions {
			if q.Decision.Kind == recount.KindStatement && q.at[0].name() == p.at[i].name() && q.Actor == by.Actor && c.calibration(q.Round) == c.calibration(by.Round) {
				out = append(out, q)
			}
		}
	}
	return out
}

// ownForms lists the actor's own answers that correct the same statement to other
// words, or that correct the one which is accepted as it stands: of one statement
// there is one form. One that is typed in beside another makes two of one.
func (c *Casebook) ownForms(p *placed, b recount.StatementBody, by By) (out []*placed) {
	at := p.at[0]
	if at.page == nil {
		return nil
	}
	of := map[string]bool{}
	for i, r := range roles(b) {
		if r == instead {
			of[p.at[i].name()] = true
		}
	}
	for _, q := range c.state(at.page).decisions {
		was, ok := q.answer.(recount.StatementBody)
		if !ok || q.at[0].name() == at.name() || q.Actor != by.Actor || c.calibration(q.Round) != c.calibration(by.Round) {
			continue
		}
		for i, r := range roles(was) {
			if name := q.at[i].name(); r == instead && (len(of) == 0 && name == at.name() || of[name] && !was.Typed) {
				out = append(out, q)
				break
			}
		}
	}
	return out
}

// before lists what words took the place of before the actor corrected them to
// others, which the answer takes back.
func (c *Casebook) before(b recount.StatementBody, forms []*placed) (out []recount.Anchor) {
	for _, q := range forms {
		for _, id := range q.Replaces {
			d := c.log.Find(id)
			if d == nil || d.Kind != recount.KindStatement || d.Erasable == nil {
				continue
			}
			a, err := c.decode(d)
			if was, ok := a.(recount.StatementBody); err == nil && ok && len(out) == 0 && was.Answer != recount.Rejected && reflect.DeepEqual(was.At, b.At) {
				out = slices.Clone(was.Instead)
			}
		}
	}
	return out
}
