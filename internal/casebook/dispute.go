package casebook

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"recount"
)

// Disputes are what people answered differently about a speaker or a
// statement, field by field. While one is open none of the answers holds, and
// each count that one of them would change has a range.

// The answer to a dispute that stands while it is open, where "no" is none.
const nobodys = ""

// sooner orders answers by when they were given, whichever arrived first.
func sooner(a, b *placed) int {
	return cmp.Or(strings.Compare(a.Time, b.Time), strings.Compare(a.ID, b.ID))
}

// firstGiven returns which of several answers, with the decisions that give each,
// was given first.
func firstGiven(given map[string][]*placed) (answer string) {
	var first *placed
	for a, ps := range given {
		if d := slices.MinFunc(ps, sooner); first == nil || sooner(d, first) < 0 {
			answer, first = a, d
		}
	}
	return answer
}

// unsettled returns those of the answers to one question that have a say: the
// adjudicators' if there are any.
func (c *View) unsettled(ps []*placed) []*placed {
	adjudicated := slices.DeleteFunc(slices.Clone(ps), func(p *placed) bool { return !c.adjudicators[p.Actor] })
	if len(adjudicated) > 0 {
		return adjudicated
	}
	return ps
}

// dispute makes a dispute of answers, each with those who gave it.
func dispute(what, about, question string, open string, said map[string][]*placed, show func(answer string) string) *recount.Dispute {
	d := &recount.Dispute{Key: recount.KeyOf("dispute", what, about), What: what, Answers: []string{open}}
	var words []string // who says what
	for _, answer := range sortedKeys(said) {
		if answer != open {
			d.Answers = append(d.Answers, answer)
		}
		var who []string
		for _, p := range said[answer] {
			if !slices.Contains(who, p.Actor) {
				who = append(who, p.Actor)
			}
			if !slices.Contains(d.Decisions, p.ID) {
				d.Decisions = append(d.Decisions, p.ID)
			}
		}
		slices.Sort(who)
		words = append(words, strings.Join(who, ", ")+": "+cut(show(answer)))
	}
	slices.Sort(d.Decisions)
	slices.Sort(words)
	d.Text = strings.TrimSuffix(question, ":") + "? " + strings.Join(words, "; ")
	return d
}

// itself shows an answer as it is.
func itself(s string) string { return s }

// give notes what a speaker perhaps has: if the disputes have these answers.
// It needs at least one.
func (sp *Speaker) give(p recount.Perhaps, conditions ...condition) {
	if sp == nil || sp.Member == nil {
		return
	}
	for _, c := range conditions {
		p.If = append(p.If, recount.Condition{Dispute: c.Key, Answer: c.answer})
		if !slices.ContainsFunc(sp.Member.Disputes, func(d recount.Dispute) bool { return d.Key == c.Key }) {
			sp.Member.Disputes = append(sp.Member.Disputes, *c.Dispute)
		}
	}
	sp.Member.Perhaps = append(sp.Member.Perhaps, p)
}

// A condition is one answer to a dispute.
type condition struct {
	*recount.Dispute
	answer string
}

// order puts what a member perhaps has in an order that its decisions fix.
func (sp *Speaker) order() {
	if sp.Member == nil {
		return
	}
	slices.SortFunc(sp.Member.Disputes, func(a, b recount.Dispute) int { return strings.Compare(string(a.Key), string(b.Key)) })
	key := func(p recount.Perhaps) string {
		b, _ := json.Marshal(p) // plain fields
		return string(b)
	}
	slices.SortFunc(sp.Member.Perhaps, func(a, b recount.Perhaps) int {
		return cmp.Or(slices.CompareFunc(a.If, b.If, func(x, y recount.Condition) int {
			return cmp.Or(strings.Compare(string(x.Dispute), string(y.Dispute)), strings.Compare(x.Answer, y.Answer))
		}), strings.Compare(key(a), key(b)))
	})
}

// called is how questions name a speaker.
func called(sp *Speaker) string {
	name := sp.Ref().Name
	if name == "" && sp.heard != nil {
		name = sp.heard.Name
	}
	return cmp.Or(name, "an unnamed speaker")
}

// genders makes it a question which gender a speaker has of whom people gave
// several.
func (c *View) genders(sp *Speaker) {
	said := map[string][]*placed{}
	for _, d := range c.unsettled(sp.entered) {
		if b := d.answer.(recount.SpeakerBody); b.Answer != recount.Rejected {
			said[string(b.Speaker.Gender)] = append(said[string(b.Speaker.Gender)], d)
		}
	}
	if len(said) < 2 || sp.Ref().Gender != recount.UnknownGender {
		return
	}
	d := dispute("gender", string(sp.Key), "what is the gender of "+called(sp)+":", string(recount.UnknownGender), said, itself)
	for _, g := range d.Answers[1:] {
		sp.give(recount.Perhaps{Gender: recount.Gender(g)}, condition{d, g})
	}
}

// kinds makes it a question what kind of speaker this is of whom people gave
// several. Until it is settled it is what the first answer says.
func (c *View) kinds(sp *Speaker) {
	said := map[string][]*placed{}
	for _, d := range c.unsettled(sp.entered) {
		if b := d.answer.(recount.SpeakerBody); b.Answer != recount.Rejected {
			said[string(b.Speaker.Kind)] = append(said[string(b.Speaker.Kind)], d)
		}
	}
	holds := string(sp.Ref().Kind)
	if len(said) < 2 || said[holds] == nil {
		return
	}
	d := dispute("kind", string(sp.Key), "what kind of speaker is "+called(sp)+":", holds, said, itself)
	for _, k := range d.Answers[1:] {
		sp.give(recount.Perhaps{Kind: recount.SpeakerKind(k)}, condition{d, k})
	}
}

// values gives a speaker the values that people gave, and perhaps those on
// which they differ. value makes one of a decision.
func (c *View) values(s *settled, sp *Speaker, value func(variable string, d *placed) recount.Value) {
	for _, name := range sortedKeys(sp.about) {
		variable, ok := strings.CutPrefix(name, "value\x00")
		if !ok {
			continue
		}
		ps := c.ofHim(s, sp, sp.about[name])
		give := func(d *placed, conditions ...condition) {
			if x := s.subjects[d.ID]; x != nil {
				conditions = append(conditions, condition{x, string(sp.Key)})
			}
			if v := value(variable, d); len(conditions) == 0 {
				sp.Member.Values = append(sp.Member.Values, v)
			} else {
				sp.give(recount.Perhaps{Values: []recount.Value{v}}, conditions...)
			}
		}
		held := c.valuesHeld(ps)
		for _, d := range held {
			give(d)
		}
		if held != nil || len(ps) == 0 {
			continue
		}
		// Each person's values are one answer.
		byActor := map[string][]*placed{}
		for _, d := range c.unsettled(ps) {
			byActor[d.Actor] = append(byActor[d.Actor], d)
		}
		said := map[string][]*placed{}
		for _, actor := range sortedKeys(byActor) {
			var words []string
			for _, d := range byActor[actor] {
				words = append(words, d.says())
			}
			slices.Sort(words)
			set := strings.Join(slices.Compact(words), " and ")
			said[set] = append(said[set], byActor[actor]...)
		}
		x := dispute("value", string(sp.Key)+"\x00"+variable, "what is the "+strings.ReplaceAll(variable, "_", " ")+" of "+called(sp)+":", nobodys, said, itself)
		for _, set := range x.Answers[1:] {
			ps := slices.Clone(said[set])
			slices.SortFunc(ps, byID)
			for _, d := range c.valuesHeld(ps) {
				give(d, condition{x, set})
			}
		}
	}
}

// subjects finds the sentences of which people say that they state a value of
// different speakers of the page.
func (c *View) subjects(s *settled, decisions []*placed) {
	type stated struct{ place, variable, value string }
	at := map[stated][]*placed{}
	for _, d := range decisions {
		b, ok := d.answer.(recount.ValueBody)
		if ok && len(d.at) > 1 && d.at[1].page != nil && s.byAnswer(d, 0) != nil {
			k := stated{d.at[1].name(), b.Variable, b.Value}
			at[k] = append(at[k], d)
		}
	}
	for k, all := range at {
		if len(all) < 2 {
			continue
		}
		slices.SortFunc(all, byID)
		ps := c.unsettled(all)
		bySpeaker, byActor := map[string][]*placed{}, map[string]map[string]bool{}
		for _, d := range ps {
			sp := string(s.byAnswer(d, 0).Key)
			bySpeaker[sp] = append(bySpeaker[sp], d)
			if byActor[d.Actor] == nil {
				byActor[d.Actor] = map[string]bool{}
			}
			byActor[d.Actor][sp] = true
		}
		for _, d := range all {
			if bySpeaker[string(s.byAnswer(d, 0).Key)] == nil {
				s.overruled = noted(s.overruled, d.ID) // an adjudicator says that it is somebody else's
			}
		}
		agreed := len(bySpeaker) < 2 || slices.ContainsFunc(sortedKeys(bySpeaker), func(sp string) bool { return shared(byActor, sp) }) // it may well be of both
		if agreed {
			continue
		}
		x := dispute("subject", strings.Join([]string{k.place, k.variable, k.value}, "\x00"), "whose "+strings.ReplaceAll(k.variable, "_", " ")+" is "+k.value+":", nobodys, bySpeaker, s.name)
		s.findings = append(s.findings, recount.Finding{What: "disagreement", Decisions: x.Decisions, Text: "people disagree on one question (value): " + x.Text})
		if s.subjects == nil {
			s.subjects = map[string]*recount.Dispute{}
		}
		for _, d := range ps {
			s.subjects[d.ID] = x
		}
	}
}

func noted(set map[string]bool, id string) map[string]bool {
	if set == nil {
		set = map[string]bool{}
	}
	set[id] = true
	return set
}

// ofHim leaves out the values that an adjudicator gave to somebody else.
func (c *View) ofHim(s *settled, sp *Speaker, ps []*placed) []*placed {
	if len(s.overruled) == 0 {
		return ps
	}
	return slices.DeleteFunc(slices.Clone(ps), func(d *placed) bool { return s.overruled[d.ID] })
}

// name is what questions call the speaker with a key.
func (s *settled) name(key string) string {
	for _, sp := range s.speakers {
		if string(sp.Key) == key {
			return called(sp)
		}
	}
	return "nobody"
}

// A wording is a statement as it stands where nobody replaced its words, with
// what people differ on.
type wording struct {
	*Said
	by      *placed
	given   map[string][]*placed // speaker -> who says so
	choice  *choiceOfWords       // nil if it holds whichever words people mean
	in      []string             // the answers to that with which it holds
	only    []condition          // it was said at all
	mode    *recount.Dispute     // nil if all say speech, or all thought
	speaker *recount.Dispute     // nil if all say one
	others  map[string]*Speaker  // of those who may have said it, by key
}

// open reports whether something about the statement is disputed.
func (w *wording) open() bool {
	return len(w.only) > 0 || w.choice != nil || w.mode != nil || w.speaker != nil
}

// claim notes whom a decision names as the speaker.
func (w *wording) claim(d *placed, sp *Speaker) {
	key := nobodys
	if sp != nil {
		key = string(sp.Key)
		w.others[key] = sp
	}
	w.given[key] = append(w.given[key], d)
}

// wordingAt makes the wording of the answers that accept a statement.
func (c *View) wordingAt(p *page, s *settled, name string, accepted []*placed) *wording {
	a := accepted[0]
	b := a.answer.(recount.StatementBody)
	w := &wording{Said: &Said{AcceptedStatement: recount.AcceptedStatement{Article: p.Key, At: a.at[0].Spans, Type: b.Type,
		Decision: a.ID, Typed: b.Typed}, Key: statementKey(p.Key, a.at[0].Spans), Mode: cmp.Or(b.Mode, recount.Speech), Speaker: c.speakerOf(s, a, b.Speaker)},
		by: a, given: map[string][]*placed{}, others: map[string]*Speaker{}}
	if a.at[0].Found == InOlder {
		w.Old, w.Key = &b.At, recount.KeyOf("statement", string(p.Key), name)
	}
	modes := map[string][]*placed{}
	for _, d := range accepted {
		b := d.answer.(recount.StatementBody)
		m := string(cmp.Or(b.Mode, recount.Speech))
		modes[m] = append(modes[m], d)
		w.claim(d, c.speakerOf(s, d, b.Speaker))
	}
	if len(modes) > 1 {
		w.mode = dispute("mode", name, "is this said or thought, “"+w.words()+"”:", string(recount.Thought), modes, itself)
	}
	return w
}

// words are the first words of the statement.
func (w *wording) words() string {
	return cut(strings.Join(w.by.answer.Anchors()[0].Exact, " ... "))
}

// settleSpeaker makes it a question who said it if people name several, and
// until it is settled it is the one whom the first answer names. Who coded it
// names its speaker too, unless an adjudicator said who it is, or the same
// person accepted it.
func (c *View) settleSpeaker(s *settled, w *wording, name string, coded []*placed) {
	settled, said := false, map[string]bool{}
	for _, ps := range w.given {
		for _, d := range ps {
			settled = settled || c.adjudicators[d.Actor]
			said[d.Actor] = true
		}
	}
	fromCodes := false
	if !settled {
		last := map[string]*placed{}
		for _, d := range coded {
			if o := last[d.Actor]; !said[d.Actor] && (o == nil || sooner(o, d) < 0) {
				last[d.Actor] = d
			}
		}
		for _, actor := range sortedKeys(last) {
			d := last[actor]
			var ref recount.SpeakerRef
			if b, ok := d.answer.(recount.CodeBody); ok {
				ref = b.Speaker
			}
			if sp := c.speakerOf(s, d, &ref); sp != nil {
				_, known := w.given[string(sp.Key)]
				fromCodes = fromCodes || !known
				w.claim(d, sp)
			}
		}
	}
	if len(w.given) < 2 {
		return
	}
	holds := firstGiven(w.given)
	w.Speaker = w.others[holds]
	w.speaker = dispute("speaker", name, "who says “"+w.words()+"”:", holds, w.given, s.name)
	if fromCodes { // else it is listed with the statement
		s.findings = append(s.findings, recount.Finding{What: "disagreement", Decisions: w.speaker.Decisions, Text: "people disagree on one question (statement): " + w.speaker.Text})
	}
}

// first reports whether a condition is what holds until its dispute is settled.
func (c condition) first() bool { return c.answer == c.Answers[0] }

// holds reports whether what rests on conditions holds until they are settled,
// whoever said it.
func (w *wording) holds(conditions ...condition) bool {
	later := func(c condition) bool { return !c.first() }
	return !slices.ContainsFunc(w.only, later) && !slices.ContainsFunc(conditions, later) && (w.choice == nil || slices.Contains(w.in, w.choice.Answers[0]))
}

// spread gives a statement, or a code on it, to whom it perhaps belongs. What
// holds until all is settled goes with any other answer.
func (w *wording) spread(p recount.Perhaps, conditions ...condition) {
	conditions = append(slices.Clone(w.only), conditions...)
	to := func(sp *Speaker, conditions ...condition) {
		if w.holds(conditions...) {
			if sp == nil || sp.Member == nil {
				return
			}
			sp.Member.Codes, sp.Member.Statements = append(sp.Member.Codes, p.Codes...), append(sp.Member.Statements, p.Statements...)
			gone := p
			gone.Gone = true
			for _, c := range conditions {
				for _, answer := range c.Answers[1:] {
					sp.give(gone, condition{c.Dispute, answer})
				}
			}
			if w.choice != nil {
				for _, answer := range w.choice.Answers {
					if !slices.Contains(w.in, answer) {
						sp.give(gone, condition{w.choice.Dispute, answer})
					}
				}
			}
			return
		}
		if w.choice == nil {
			sp.give(p, conditions...)
			return
		}
		for _, answer := range w.in {
			sp.give(p, append(slices.Clone(conditions), condition{w.choice.Dispute, answer})...)
		}
	}
	if w.speaker == nil {
		to(w.Speaker, conditions...)
		return
	}
	for _, key := range w.speaker.Answers {
		to(w.others[key], append(slices.Clone(conditions), condition{w.speaker, key})...)
	}
}

// forms lists the statements that a code given at a place is about: where people
// differ on the words one of each answer, that at the place if it is among them.
// They are the caller's own.
func (w *wording) forms(at string, moved map[string]*wording) (out []*wording) {
	if w == nil {
		return []*wording{{Said: &Said{}}}
	}
	if w.choice == nil {
		own := *w
		return []*wording{&own}
	}
	var names []string
	in := map[string][]string{}
	for _, answer := range w.choice.Answers {
		ends := w.choice.ends[answer]
		name := ends[0]
		if slices.Contains(ends, at) {
			name = at
		}
		if in[name] == nil {
			names = append(names, name)
		}
		in[name] = append(in[name], answer)
	}
	for _, name := range names {
		if moved[name] != nil {
			own := *moved[name]
			own.choice, own.in = w.choice, in[name]
			if len(names) == 1 {
				own.choice = nil
			}
			out = append(out, &own)
		}
	}
	return out
}

// say gives the statement to whom it perhaps belongs.
func (w *wording) say() {
	p := recount.Perhaps{Statements: []recount.AcceptedStatement{w.AcceptedStatement}}
	switch {
	case w.mode != nil:
		w.spread(p, condition{w.mode, string(recount.Speech)})
	case w.Mode == recount.Speech:
		w.spread(p)
	}
}

// shared reports whether everybody said this among what they said.
func shared(byActor map[string]map[string]bool, this string) bool {
	for _, said := range byActor {
		if !said[this] {
			return false
		}
	}
	return true
}

// oneCode makes it a question which code a statement has, where the codebook
// gives each one only and people gave several: by code. It has one of those that
// people gave; that of the first answer holds until it is settled.
func (c *View) oneCode(s *settled, place string, codes map[string][]*placed) (*recount.Dispute, map[string]bool) {
	if !c.settings.OneCode || len(codes) < 2 {
		return nil, nil
	}
	given, adjudicated := map[string][]*placed{}, map[string][]*placed{}
	byActor := map[string]map[string]bool{}
	for _, code := range sortedKeys(codes) {
		for _, d := range codes[code] {
			if d.says() != recount.Yes {
				continue
			}
			given[code] = append(given[code], d)
			if c.adjudicators[d.Actor] {
				adjudicated[code] = append(adjudicated[code], d)
			}
		}
	}
	overruled := map[string]bool{}
	if len(adjudicated) > 0 {
		for code := range given {
			overruled[code] = adjudicated[code] == nil
		}
		given = adjudicated
	}
	for code, ps := range given {
		for _, d := range ps {
			if byActor[d.Actor] == nil {
				byActor[d.Actor] = map[string]bool{}
			}
			byActor[d.Actor][code] = true
		}
	}
	if len(given) < 2 || len(byActor) < 2 {
		return nil, overruled
	}
	all := sortedKeys(given)
	if slices.ContainsFunc(all, func(code string) bool { return shared(byActor, code) }) {
		return nil, overruled // one of them gave another besides, which the other may not have seen
	}
	words := cut(strings.Join(given[all[0]][0].answer.Anchors()[0].Exact, " ... "))
	x := dispute("code", place, "which code has “"+words+"”:", firstGiven(given), given, itself)
	s.findings = append(s.findings, recount.Finding{What: "disagreement", Decisions: x.Decisions, Text: "people disagree on one question (code): " + x.Text})
	return x, overruled
}
