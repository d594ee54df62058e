package casebook

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"recount"
)

// A Speaker is one who speaks, or is spoken about, on one page, as people
// decided it. Places that decisions name and that one speaker who was read
// covers are one speaker, unless a person set them apart: by an answer that
// says so, by a link `different` between them, or by answering for each.
type Speaker struct {
	Key       recount.Key   // of the member that it is or may become
	Read      int           // which of the page's read speakers it is, in their order; -1 if none
	At        recount.Span  // where it is named; empty if only an older text holds the words
	Scope     recount.YesNo // "" if nobody answered
	Decision  string        // that put it in scope, or the first of those that disagree
	Criteria  map[string]recount.YesNo
	Member    *recount.Member // nil if it does not count, and no answer joins it with anybody who may
	Rejected  bool            // a person said that nobody speaks there
	Typed     bool            // a person entered it
	Silent    bool            // spoken about only
	Corrected bool            // a person corrected or typed in who it is

	ref     *recount.SpeakerRef // nil if it is that of the member, or if there is none
	heard   *recount.SpeakerRef // how an answer about it named it; nil if none did
	linked  bool                // an answer says, or leaves open, that it is the same person as another
	named   bool                // decisions name a place of it
	scope   []*placed
	about   map[string][]*placed // criterion or variable -> answers
	entered []*placed            // SpeakerBody answers
}

// Ref is how the speaker is named: with name, kind and gender as decided, else as
// the scope decision gave them. It must not be changed.
func (s *Speaker) Ref() *recount.SpeakerRef {
	switch {
	case s.Member != nil:
		return &s.Member.Speaker
	case s.ref != nil:
		return s.ref
	}
	return unnamed
}

var unnamed = &recount.SpeakerRef{}

// Said is an accepted statement with its speaker.
type Said struct {
	recount.AcceptedStatement
	Key     recount.Key     // by which lists name it
	Old     *recount.Anchor // its words, if they stand only in an older text of the page; else nil
	Mode    recount.Mode
	Speaker *Speaker // nil if nobody is named
}

// What follows from the decisions about one page.
type settled struct {
	speakers   []*Speaker      // in order of their keys
	statements []Said          // accepted, in order of the text
	claimed    []Said          // accepted by all, who differ on the speaker: of the one who holds meanwhile
	rejected   map[string]bool // places of statements that people rejected or replaced
	refused    []Said          // of those, the ones that somebody had typed in
	doubted    []Said          // typed in by one, rejected by another
	unjoined   []unjoined      // joins that a link contests
	differing  []Said          // others on which people differ, as the words to which one corrected them
	findings   []recount.Finding
	undecided  []int                       // read speakers that are people, speak, and that nobody answered for
	became     map[string]string           // place of a statement that another took the place of -> the place of that
	followed   map[string]string           // place of a statement -> the place that its codes are kept under, where another is
	coded      map[string]map[string]bool  // code -> places that it holds for
	subjects   map[string]*recount.Dispute // values of which people say that they are another's, by decision
	overruled  map[string]bool             // values that an adjudicator gave to somebody else, by decision
	places     []speakerAt                 // in the order of the places
	apart      []speakerAt                 // those of them that people set apart from whom the program reads there
	splits     map[string]*split           // words that people set apart, by place; nil if there are none
	stayed     map[string]*Speaker         // who was there, by the name of the place in answers that are about them
	reads      []*Speaker                  // by number of the read speaker; nil where none is known, and all if it is shorter
}

// A speakerAt is a place that a decision names, with who speaks there.
type speakerAt struct {
	at *Placement
	*Speaker
}

// byPlace returns who speaks at a place that decisions name; nil if none does.
func (s *settled) byPlace(at *Placement) *Speaker {
	i, ok := slices.BinarySearchFunc(s.places, at, func(x speakerAt, at *Placement) int { return x.at.compare(at) })
	if ok && s.places[i].at.page == at.page {
		return s.places[i].Speaker
	}
	return nil
}

// placesOf lists the places that decisions give each speaker.
func (s *settled) placesOf() map[*Speaker][]*Placement {
	out := map[*Speaker][]*Placement{}
	for _, x := range s.places {
		out[x.Speaker] = append(out[x.Speaker], x.at)
	}
	return out
}

// spans lists every place of the page that speaks of a speaker, as far as the
// program or decisions say, which give it these.
func (p *page) spans(s *settled, sp *Speaker, decided []*Placement) (out []recount.Span) {
	for _, at := range decided {
		out = append(out, at.Spans...)
	}
	if sp.Read >= 0 {
		out = append(out, p.own(s, sp.Read)...)
	}
	out = slices.DeleteFunc(out, func(x recount.Span) bool { return x.Len() == 0 })
	slices.SortFunc(out, func(a, b recount.Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	return slices.Compact(out)
}

// own lists the places that speak of a read speaker, the fullest name first,
// without those that people set apart as somebody else's: none if all are.
func (p *page) own(s *settled, read int) []recount.Span {
	all := append([]recount.Span{p.speakers.mention(read)}, p.speakers.mentions(read)...)
	if len(s.apart) == 0 {
		return all
	}
	return slices.DeleteFunc(all, func(x recount.Span) bool {
		return slices.ContainsFunc(s.apart, func(o speakerAt) bool {
			return o.Read != read && slices.ContainsFunc(o.at.Spans, func(y recount.Span) bool { return y.Len() > 0 && y.Overlaps(x) })
		})
	})
}

// fullest is the place that names a read speaker best, of those that are its own:
// empty if none is.
func (p *page) fullest(s *settled, read int) (at recount.Span) {
	own := p.own(s, read)
	if len(own) > 0 && own[0] == p.speakers.mention(read) {
		return own[0]
	}
	for _, x := range own {
		if x.Len() > at.Len() {
			at = x
		}
	}
	return at
}

// speaksAt says of each speaker of the page whether some place that speaks of it
// overlaps one.
func (s *settled) speaksAt(p *page, at recount.Span) func(*Speaker) bool {
	decided := map[*Speaker]bool{}
	for _, x := range s.places {
		if slices.ContainsFunc(x.at.Spans, func(y recount.Span) bool { return y.Len() > 0 && y.Overlaps(at) }) {
			decided[x.Speaker] = true
		}
	}
	return func(sp *Speaker) bool {
		return decided[sp] || sp.Read >= 0 && (p.speakers.mention(sp.Read).Overlaps(at) || p.speakers.mentionedIn(sp.Read, at))
	}
}

// byRead returns the speaker that decisions know of a read one; nil if there is
// none.
func (s *settled) byRead(read int) *Speaker {
	if read < 0 || read >= len(s.reads) {
		return nil
	}
	return s.reads[read]
}

// role says what part an anchor of a decision plays.
type role int

const (
	speaking role = iota // names a speaker
	quoted               // the content of a statement, a passage, a figure
	evidence             // states a value
	instead              // a statement that another takes the place of
)

// roles returns the part that each of the anchors of an answer plays.
func roles(a recount.Answer) []role {
	var out []role
	switch b := a.(type) {
	case recount.ScopeBody:
		return []role{speaking}
	case recount.LinkBody:
		return []role{speaking, speaking}
	case recount.TierBody, recount.SealBody:
		return []role{speaking}
	case recount.VaultBody:
		return []role{speaking}[:len(a.Anchors())]
	case recount.CriterionBody, recount.ValueBody, recount.SpokenBody:
		return []role{speaking, evidence}[:len(a.Anchors())]
	case recount.SpeakerBody:
		for range a.Anchors() {
			out = append(out, speaking)
		}
		return out
	case recount.StatementBody:
		out = append(out, quoted)
		if b.Speaker != nil {
			out = append(out, speaking)
		}
		for range b.Instead {
			out = append(out, instead)
		}
		return out
	case recount.CodeBody, recount.PassageBody:
		return []role{quoted, speaking}[:len(a.Anchors())]
	}
	for range a.Anchors() {
		out = append(out, quoted)
	}
	return out
}

// A named place is one that a decision gives a speaker.
type namedPlace struct {
	*Placement
	name  string
	words string // the name of the place, whoever is meant
	by    []*placed
	apart bool
}

// answers lists actor, round, kind and subject of the answers that were given
// at a place to who counts. Those about somebody who was set apart there once are
// about whoever speaks there now.
func (np *namedPlace) answers() map[string]bool {
	out := map[string]bool{}
	for _, d := range np.by {
		if r := refOf(d.answer, 0); !np.apart && r != nil && r.Apart {
			continue
		}
		switch b := d.answer.(type) {
		case recount.ScopeBody, recount.CriterionBody:
			out[strings.Join([]string{d.Actor, d.Round, string(d.Decision.Kind), b.Subject()}, "\x00")] = true
		}
	}
	return out
}

// settlePage works out who speaks on a page, and what is accepted of it.
func (c *Casebook) settlePage(ctx context.Context, p *page) error {
	s := &settled{}
	st := c.edit(p)
	st.settled = s
	decisions := make([]*placed, 0, len(st.decisions))
	for _, d := range st.decisions {
		if !c.calibration(d.Round) {
			decisions = append(decisions, d)
		}
	}
	s.splits = p.splits(decisions)
	looked := c.scopes(p, s, c.identify(p, s, decisions))
	if err := c.ownName(ctx, p, s); err != nil {
		return err
	}
	c.notify(p, s, decisions)
	c.overlaps(p, s, decisions)
	c.subjects(s, decisions)
	if len(s.speakers) > 0 { // where it stands is looked up over all prints of its original
		where := c.whereOf(p)
		for _, sp := range s.speakers {
			c.member(p, s, sp, where)
		}
	}
	c.statements(p, s, decisions)
	return c.leftOver(ctx, p, s, decisions, looked)
}

// A firstNamed speaker is as the first decision about it named it, whatever it
// says.
type firstNamed struct {
	*recount.SpeakerRef
	by string
}

// identify finds the speakers that decisions name, and how those were named
// first that nobody read, or that a link joined before anybody answered for them.
func (c *View) identify(p *page, s *settled, decisions []*placed) map[*Speaker]firstNamed {
	if len(decisions) == 0 {
		return nil
	}
	places := map[string]*namedPlace{}
	var order []*namedPlace
	for _, d := range decisions {
		rs := roles(d.answer)
		for i := range d.at {
			at := &d.at[i]
			if at.page != p || at.Found == Lost || rs[i] != speaking {
				continue
			}
			name := s.nameOf(d, i)
			np := places[name]
			if np == nil {
				np = &namedPlace{Placement: at, name: name, words: at.name()}
				places[name] = np
				order = append(order, np)
			}
			np.by = append(np.by, d)
			if b, ok := d.answer.(recount.SpeakerBody); ok {
				np.apart = np.apart || b.Apart
			}
		}
	}
	if len(order) == 0 {
		return nil
	}
	s.places = make([]speakerAt, 0, len(order))
	slices.SortFunc(order, func(a, b *namedPlace) int {
		return cmp.Or(cmp.Compare(a.At().Start, b.At().Start), cmp.Compare(a.At().End, b.At().End), strings.Compare(a.name, b.name))
	})
	apart := c.differentHere(p, s, decisions)
	// Every place begins as a speaker of its own; those that one read speaker
	// covers, or that overlap, are joined unless something keeps them apart.
	parent := make([]int, len(order))
	for i := range parent {
		parent[i] = i
	}
	root := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	// What keeps a group of places from another: kept by root, so that a page
	// with thousands of answers does not ask each place about each.
	members, apartHere := make([][]int, len(order)), make([]bool, len(order))
	answers := make([]map[string]bool, len(order)) // nil until two may be joined
	answered := func(i int) map[string]bool {
		if answers[i] == nil {
			answers[i] = order[i].answers()
		}
		return answers[i]
	}
	index := map[string]int{}
	for i, np := range order {
		index[np.name] = i
		members[i], apartHere[i] = []int{i}, np.apart
	}
	different := make([][]int, len(order)) // places that an answer sets apart
	for names := range apart {
		i, ok := index[names[0]]
		j, too := index[names[1]]
		if ok && too {
			different[i] = append(different[i], j)
		}
	}
	join := func(i, j int) {
		i, j = min(root(i), root(j)), max(root(i), root(j))
		if i == j {
			return
		}
		parent[j] = i
		if len(answered(i)) < len(answered(j)) {
			answers[i], answers[j] = answers[j], answers[i]
		}
		maps.Copy(answers[i], answers[j])
		members[i], apartHere[i] = append(members[i], members[j]...), apartHere[i] || apartHere[j]
		members[j], answers[j] = nil, nil
	}
	// saidDifferent reports whether an answer sets two groups apart, by their roots.
	saidDifferent := func(i, j int) bool {
		if len(apart) == 0 {
			return false
		}
		if len(members[i]) > len(members[j]) {
			i, j = j, i
		}
		for _, x := range members[i] {
			if slices.ContainsFunc(different[x], func(y int) bool { return root(y) == j }) {
				return true
			}
		}
		return false
	}
	compatible := func(i, j int) bool {
		i, j = root(i), root(j)
		if apartHere[i] || apartHere[j] {
			return false
		}
		few, many := answered(i), answered(j)
		if len(few) > len(many) {
			few, many = many, few
		}
		for k := range few {
			if many[k] {
				return false
			}
		}
		return !saidDifferent(i, j)
	}
	read := make([]int, len(order))
	for i, np := range order {
		read[i] = p.read(*np.Placement)
	}
	// A person says which places are one speaker.
	for _, d := range decisions {
		if b, ok := d.answer.(recount.SpeakerBody); ok && b.Answer == recount.Accepted {
			for n, at := range d.at[1:] {
				if d.at[0].page != p || at.page != p || at.Found == Lost || d.at[0].Found == Lost {
					continue
				}
				i, j := index[s.nameOf(d, 0)], index[s.nameOf(d, n+1)]
				// Two whom somebody called different stay two: the join is an answer to
				// their link.
				if root(i) != root(j) && saidDifferent(root(i), root(j)) {
					s.unjoined = append(s.unjoined, unjoined{d, n + 1})
					continue
				}
				join(i, j)
			}
		}
	}
	for i := range order {
		for j := range i {
			same := read[i] >= 0 && read[i] == read[j] || read[i] < 0 && read[j] < 0 && order[i].At().Len() > 0 && order[i].At().Overlaps(order[j].At())
			if same && root(i) != root(j) && compatible(i, j) {
				join(i, j)
			}
		}
	}
	by := map[int]*Speaker{}
	for i, np := range order {
		r := root(i)
		sp := by[r]
		if sp == nil {
			sp = &Speaker{Read: -1, named: true}
			by[r] = sp
			s.speakers = append(s.speakers, sp)
		}
		key := recount.KeyOf("member", np.name)
		if sp.Key == "" || key < sp.Key {
			sp.Key = key
		}
		if np.name == np.words {
			s.places = append(s.places, speakerAt{np.Placement, sp})
		} else {
			if s.stayed == nil {
				s.stayed = map[string]*Speaker{}
			}
			s.stayed[np.name] = sp
		}
		if apartHere[r] && np.name == np.words {
			s.apart = append(s.apart, speakerAt{np.Placement, sp})
		}
		if read[i] >= 0 && !np.apart && s.byRead(read[i]) == nil {
			if s.reads == nil {
				s.reads = make([]*Speaker, p.speakers.len())
			}
			s.reads[read[i]], sp.Read = sp, read[i]
		}
		for _, d := range np.by {
			switch b := d.answer.(type) {
			case recount.ScopeBody:
				sp.scope = append(sp.scope, d)
			case recount.CriterionBody:
				sp.noteAbout("criterion\x00"+b.Criterion, d)
			case recount.ValueBody:
				sp.noteAbout("value\x00"+b.Variable, d)
			case recount.TierBody:
				sp.noteAbout("tier", d)
			case recount.SpokenBody:
				sp.noteAbout("spoken\x00"+string(b.Circumstance), d)
			case recount.LinkBody:
				sp.linked = sp.linked || b.Answer != recount.Different
			case recount.SpeakerBody:
				// One who is kept apart is not called what the other is.
				if slices.ContainsFunc(s.unjoined, func(x unjoined) bool { return x.placed == d && root(index[s.nameOf(d, 0)]) != r }) {
					continue
				}
				if !slices.Contains(sp.entered, d) {
					sp.entered = append(sp.entered, d)
				}
			}
		}
	}
	slices.SortFunc(s.places, func(a, b speakerAt) int { return a.at.compare(b.at) })
	first := map[*Speaker]firstNamed{}
	for i, np := range order {
		sp := by[root(i)]
		for _, d := range np.by {
			if r := refAt(d, np.words); r != nil && (sp.heard == nil || sp.heard.Apart && !r.Apart && s.splits[np.words] == nil) {
				sp.heard = r
			}
		}
		if sp.Read >= 0 && (!sp.linked || len(sp.scope) > 0) {
			continue
		}
		for _, d := range np.by {
			if ref := refAt(d, np.words); ref != nil && (first[sp].SpeakerRef == nil || d.ID < first[sp].by) {
				first[sp] = firstNamed{ref, d.ID}
			}
		}
	}
	for _, sp := range s.speakers {
		c.unjoined(s, sp)
		for _, ps := range slices.AppendSeq([][]*placed{sp.scope, sp.entered}, maps.Values(sp.about)) {
			slices.SortFunc(ps, byID)
		}
	}
	slices.SortFunc(s.speakers, func(a, b *Speaker) int { return strings.Compare(string(a.Key), string(b.Key)) })
	return first
}

// unjoined leaves out how somebody called a part of a speaker before he or she
// joined it with another.
func (c *View) unjoined(s *settled, sp *Speaker) {
	if len(sp.entered) < 2 {
		return
	}
	sp.entered = slices.DeleteFunc(slices.Clone(sp.entered), func(d *placed) bool {
		return slices.ContainsFunc(sp.entered, func(e *placed) bool {
			if b := e.answer.(recount.SpeakerBody); e == d || e.Actor != d.Actor || c.calibration(e.Round) != c.calibration(d.Round) || len(d.at) > 1 || b.Answer != recount.Accepted {
				return false
			} else if d.answer.(recount.SpeakerBody).Apart && !b.Apart && len(e.at) > 1 && s.nameOf(e, 0) == s.nameOf(d, 0) {
				return true // whoever was set apart was joined with somebody afterwards
			}
			for i, at := range e.at {
				if i > 0 && at.page == d.at[0].page && s.nameOf(e, i) == s.nameOf(d, 0) {
					return true
				}
			}
			return false
		})
	})
}

// noteAbout files an answer under a criterion or variable.
func (s *Speaker) noteAbout(name string, d *placed) {
	if s.about == nil {
		s.about = map[string][]*placed{}
	}
	s.about[name] = append(s.about[name], d)
}

// refAt returns how a decision names the speaker at one of its places, of those who
// are not entered by it.
func refAt(d *placed, name string) *recount.SpeakerRef {
	for i, r := range namesIn(d.answer) {
		if r != nil && i < len(d.at) && d.at[i].name() == name {
			return r
		}
	}
	return nil
}

// namesIn lists how an answer names the speakers at its places; nil for places
// that name none, and for who is entered or corrected by it.
func namesIn(a recount.Answer) []*recount.SpeakerRef {
	switch b := a.(type) {
	case recount.ScopeBody:
		return []*recount.SpeakerRef{&b.Speaker}
	case recount.CriterionBody:
		return []*recount.SpeakerRef{&b.Speaker, nil}
	case recount.ValueBody:
		return []*recount.SpeakerRef{&b.Speaker, nil}
	case recount.TierBody:
		return []*recount.SpeakerRef{&b.Speaker}
	case recount.SpokenBody:
		return []*recount.SpeakerRef{&b.Speaker, nil}
	case recount.SealBody:
		return []*recount.SpeakerRef{&b.Speaker}
	case recount.VaultBody:
		return []*recount.SpeakerRef{b.Speaker}
	case recount.LinkBody:
		return []*recount.SpeakerRef{&b.A, &b.B}
	case recount.DrawBody:
		return []*recount.SpeakerRef{&b.A, &b.B}
	case recount.StatementBody:
		return []*recount.SpeakerRef{nil, b.Speaker}
	case recount.CodeBody:
		return []*recount.SpeakerRef{nil, &b.Speaker}
	case recount.PassageBody:
		return []*recount.SpeakerRef{nil, b.Speaker}
	}
	return nil
}

// read returns which read speaker covers a place: the one whose fullest name
// is these words, else whose fullest name stands there, else the first of whom
// it is a mention; -1 if none is.
func (p *page) read(pl Placement) int {
	at := pl.At()
	if at.Len() == 0 {
		return -1
	}
	for i := range p.speakers.len() {
		if p.speakers.mention(i) == at {
			return i
		}
	}
	for i := range p.speakers.len() {
		if p.speakers.mention(i).Overlaps(at) {
			return i
		}
	}
	for i := range p.speakers.len() {
		if p.speakers.mentionedIn(i, at) {
			return i
		}
	}
	return -1
}

// overlaps notes where one person answered separately about places that cover
// the same words, and so counts two people there, without having said that
// they are two.
func (c *View) overlaps(p *page, s *settled, decisions []*placed) {
	var sps []*Speaker
	for _, sp := range s.speakers {
		if sp.Scope == recount.Yes && !sp.Rejected && sp.At.Len() > 0 && len(sp.scope) > 0 {
			sps = append(sps, sp)
		}
	}
	if len(sps) < 2 {
		return
	}
	slices.SortStableFunc(sps, func(a, b *Speaker) int {
		return cmp.Or(cmp.Compare(a.At.Start, b.At.Start), cmp.Compare(b.At.End, a.At.End), strings.Compare(a.Decision, b.Decision))
	})
	different := c.differentHere(p, s, decisions)
	widest := sps[0] // of those so far, the one that ends last
	for _, sp := range sps[1:] {
		if i := slices.IndexFunc(sp.scope, func(d *placed) bool {
			return slices.ContainsFunc(widest.scope, func(e *placed) bool { return e.Actor == d.Actor })
		}); i >= 0 && sp.At.Overlaps(widest.At) && !sp.Apart() && !widest.Apart() && !s.anyPair(different, sp, widest) {
			s.findings = append(s.findings, recount.Finding{What: "overlap", Decisions: []string{widest.Decision, sp.Decision},
				Text: "two answers cover the same words, and count two people (" + sp.scope[i].Actor + " on " + p.name +
					"); if they are one, take one of them back, else say so with `recount link KEY KEY different`"})
		}
		if sp.At.End > widest.At.End {
			widest = sp
		}
	}
}

// anyPair reports whether a place of the first and one of the second are a pair.
func (s *settled) anyPair(pairs map[[2]string]bool, first, second *Speaker) bool {
	if len(pairs) == 0 {
		return false
	}
	names := func(sp *Speaker) (out []string) {
		for _, x := range s.places {
			if x.Speaker == sp {
				out = append(out, x.at.name())
			}
		}
		for name, x := range s.stayed {
			if x == sp {
				out = append(out, name)
			}
		}
		return out
	}
	seconds := names(second)
	return slices.ContainsFunc(names(first), func(a string) bool {
		return slices.ContainsFunc(seconds, func(b string) bool { return pairs[[2]string{a, b}] })
	})
}

// differentHere lists the pairs of places on one page that a live answer says
// are different people.
func (c *View) differentHere(p *page, s *settled, decisions []*placed) map[[2]string]bool {
	var out map[[2]string]bool
	for _, d := range decisions {
		l, ok := d.answer.(recount.LinkBody)
		if !ok || l.Answer != recount.Different || d.at[0].page != p || d.at[1].page != p {
			continue
		}
		if out == nil {
			out = map[[2]string]bool{}
		}
		a, b := s.nameOf(d, 0), s.nameOf(d, 1)
		out[[2]string{a, b}], out[[2]string{b, a}] = true, true
	}
	return out
}

// scopes works out who counts, and what each speaker is called. It returns the
// places that an answer to who counts is about.
func (c *View) scopes(p *page, s *settled, first map[*Speaker]firstNamed) (looked []recount.Span) {
	var places map[*Speaker][]*Placement
	for _, sp := range s.speakers {
		looked = append(looked, c.criteria(sp, s)...)
		if len(sp.scope) > 0 {
			a, ok := c.hold(sp.scope, (*placed).says)
			if ok {
				b := a.answer.(recount.ScopeBody)
				sp.Scope, sp.Decision, sp.ref = b.Answer, a.ID, &b.Speaker
			} else {
				b := sp.scope[0].answer.(recount.ScopeBody)
				sp.Scope, sp.Decision, sp.ref = recount.Unclear, sp.scope[0].ID, &b.Speaker
			}
			s.disagree(c, sp.scope, (*placed).says)
			for _, d := range sp.scope {
				if !sp.Apart() || sp.Read >= 0 { // else it is about nobody who was read
					looked = append(looked, d.at[0].Spans...)
				}
				if d.at[0].Found != InOlder && !s.stays(d, 0) && (sp.At.Len() == 0 || d.ID == sp.Decision) {
					sp.At = d.at[0].At()
				}
			}
		}
		if len(sp.entered) > 0 {
			s.disagree(c, sp.entered, (*placed).says)
			if a, ok := c.hold(sp.entered, (*placed).says); ok {
				b := a.answer.(recount.SpeakerBody)
				sp.Rejected = b.Answer == recount.Rejected
				if !sp.Rejected {
					sp.ref, sp.Typed, sp.Silent, sp.Corrected = &b.Speaker, b.Typed, b.Silent, true
				}
				if sp.At.Len() == 0 && !s.stays(a, 0) {
					sp.At = a.at[0].At()
				}
			} else {
				c.fieldByField(sp)
			}
			c.contested(sp, s)
		}
		if ref := first[sp]; sp.Ref().Name == "" && ref.SpeakerRef != nil {
			sp.ref = ref.SpeakerRef
		}
		if sp.At.Len() == 0 {
			if places == nil {
				places = s.placesOf()
			}
			sp.At = p.named(s, sp, places[sp])
		}
	}
	return looked
}

// named is where a speaker is named best whom no answer says to count: at the
// fullest name that is its own.
func (p *page) named(s *settled, sp *Speaker, decided []*Placement) recount.Span {
	if sp.Read >= 0 {
		if at := p.fullest(s, sp.Read); at.Len() > 0 {
			return at
		}
	}
	if spans := p.spans(s, sp, decided); len(spans) > 0 {
		return spans[0]
	}
	return recount.Span{}
}

// fieldByField names a speaker whom people corrected to different things, field
// by field: what they agree on holds, a gender on which they differ is unknown,
// and of names and kinds the one of the first answer is shown. What the program
// read is nobody's answer, and does not come back.
func (c *View) fieldByField(sp *Speaker) {
	var said []recount.SpeakerBody
	for _, d := range slices.SortedFunc(slices.Values(c.unsettled(sp.entered)), sooner) {
		if b := d.answer.(recount.SpeakerBody); b.Answer != recount.Rejected {
			said = append(said, b)
		}
	}
	if len(said) == 0 {
		return
	}
	ref := said[0].Speaker
	sp.ref, sp.Corrected, sp.Typed, sp.Silent = &ref, true, true, true
	for _, b := range said {
		if b.Speaker.Gender != ref.Gender {
			ref.Gender = recount.UnknownGender
		}
		sp.Typed, sp.Silent = sp.Typed && b.Typed, sp.Silent && b.Silent
	}
}

// contested makes it a question whether a speaker counts of whom one person
// says that nobody speaks there, and another that he or she counts or who it
// is. An adjudicator's answer to either is not contested by a coder.
func (c *View) contested(sp *Speaker, s *settled) {
	var against []*placed
	others := false
	for _, d := range c.unsettled(sp.entered) {
		if d.answer.(recount.SpeakerBody).Answer == recount.Rejected {
			against = append(against, d)
		} else {
			others = true
		}
	}
	if len(against) == 0 || sp.Scope != recount.Yes {
		return
	}
	counts := slices.DeleteFunc(slices.Clone(sp.scope), func(d *placed) bool { return d.answer.(recount.ScopeBody).Answer != recount.Yes })
	for _, name := range c.settings.Criteria {
		for _, d := range sp.about["criterion\x00"+name] {
			if d.answer.(recount.CriterionBody).Answer == recount.Yes {
				counts = append(counts, d)
			}
		}
	}
	counts = slices.DeleteFunc(c.unsettled(counts), func(d *placed) bool {
		return slices.ContainsFunc(against, func(a *placed) bool { return a.Actor == d.Actor })
	})
	settled := c.adjudicators[against[0].Actor]
	switch above := len(counts) > 0 && c.adjudicators[counts[0].Actor]; {
	case above && !settled:
		sp.Rejected = false
		return
	case settled && !above:
		counts = nil
	}
	if len(counts) == 0 && !others {
		return
	}
	sp.Rejected, sp.Scope = false, recount.Unclear
	if len(counts) > 0 {
		f := recount.Finding{What: "disagreement", Decisions: []string{counts[0].ID},
			Text: "people disagree whether somebody speaks at one place: " + counts[0].Actor + " counts the speaker, " + whoSays(against)}
		for _, d := range against {
			f.Decisions = append(f.Decisions, d.ID)
		}
		s.findings = append(s.findings, f)
	}
}

// criteria applies the rule over criteria: who meets all counts, who fails one
// does not, and while one is open it is unclear. A direct answer to who counts
// stands over it. It returns the places that the answers are about.
func (c *View) criteria(sp *Speaker, s *settled) []recount.Span {
	all, none, first := true, false, (*placed)(nil)
	answered := 0
	for _, name := range c.settings.Criteria {
		ps := sp.about["criterion\x00"+name]
		if len(ps) == 0 {
			all = false
			continue
		}
		answered++
		if len(sp.scope) == 0 { // else the answers to who counts are asked about
			s.disagree(c, ps, (*placed).says)
		}
		a, ok := c.hold(ps, (*placed).says)
		answer := recount.YesNo(recount.Unclear)
		if ok {
			answer = a.answer.(recount.CriterionBody).Answer
		}
		if sp.Criteria == nil {
			sp.Criteria = map[string]recount.YesNo{}
		}
		sp.Criteria[name] = answer
		all, none = all && answer == recount.Yes, none || answer == recount.No
		if first == nil || ps[0].ID < first.ID {
			first = ps[0]
		}
	}
	if answered == 0 {
		return nil
	}
	b := first.answer.(recount.CriterionBody)
	sp.Decision, sp.ref, sp.Scope = first.ID, &b.Speaker, recount.Unclear
	switch {
	case none:
		sp.Scope = recount.No
	case all:
		sp.Scope = recount.Yes
	}
	if !s.stays(first, 0) {
		sp.At = first.at[0].At()
	}
	return first.at[0].Spans
}

// disagree notes what people answered differently about one question.
func (s *settled) disagree(c *View, ps []*placed, says func(*placed) string) {
	s.findings = append(s.findings, c.disagreements(ps, says)...)
}

// disagreements lists what people answered differently about one question, and
// where one person gave two answers.
func (c *View) disagreements(ps []*placed, says func(*placed) string) (out []recount.Finding) {
	ps = slices.DeleteFunc(slices.Clone(ps), func(p *placed) bool { return c.calibration(p.Round) })
	if len(ps) < 2 {
		return nil
	}
	type by struct{ actor, round string }
	first := map[by]*placed{}
	kind := ps[0].Decision.Kind
	for _, p := range ps {
		k := by{p.Actor, p.Round}
		if f := first[k]; f == nil {
			first[k] = p
		} else if says(f) != says(p) {
			out = append(out, recount.Finding{What: "conflict", Decisions: []string{f.ID, p.ID},
				Text: k.actor + " gave two answers to one question (" + string(kind) + "): " + f.says() + " and " + p.says()})
		}
	}
	if _, ok := c.hold(ps, says); !ok && out == nil {
		f := recount.Finding{What: "disagreement", Text: "people disagree on one question (" + string(kind) + "): " + whoSays(ps)}
		if whose := whose(ps); whose != "" {
			f.Text = "people disagree on one question (" + string(kind) + "): " + whose
		}
		for _, p := range ps {
			f.Decisions = append(f.Decisions, p.ID)
		}
		out = append(out, f)
	}
	return out
}

// whose lists to whom people give a statement that all of them accept; "" if they
// differ on something else.
func whose(ps []*placed) string {
	var out []string
	names := map[string]bool{}
	for _, p := range ps {
		b, ok := p.answer.(recount.StatementBody)
		if !ok || b.Answer == recount.Rejected {
			return ""
		}
		name := "nobody"
		if b.Speaker != nil {
			name = cmp.Or(b.Speaker.Name, "an unnamed speaker")
		}
		names[name] = true
		if s := p.Actor + " says that " + cut(name) + " said it"; !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	if len(names) < 2 {
		return ""
	}
	return strings.Join(out, ", ")
}

// whoSays lists what people answered: "ada says yes, ben says no".
func whoSays(ps []*placed) string {
	var out []string
	for _, p := range ps {
		if s := p.Actor + " says " + cut(p.says()); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return strings.Join(out, ", ")
}

// cut returns the first 80 bytes of an answer, up to the end of a word.
func cut(says string) string {
	if len(says) <= 80 {
		return says
	}
	short := strings.ToValidUTF8(says[:80], "")
	if i := strings.LastIndexByte(short, ' '); i > 40 && says[80] != ' ' {
		short = short[:i]
	}
	return strings.TrimRight(short, " ") + "..."
}

// standing is the scope of a speaker as a count sees it. Whom nobody answered
// for, and answers say or perhaps say to be somebody else too, is a page of that
// person: unless the page was screened out.
func (c *View) standing(p *page, sp *Speaker) string {
	switch {
	case sp.Rejected:
		return recount.No
	case sp.Scope == "" && sp.linked && c.screened(p) != recount.No:
		return recount.Joined
	}
	return cmp.Or(string(sp.Scope), recount.No)
}

// member makes a member of a speaker who counts or may count, or is joined to
// others.
func (c *View) member(p *page, s *settled, sp *Speaker, w where) {
	scope := c.standing(p, sp)
	if scope == recount.No {
		sp.Member = nil
		c.valueFindings(s, sp)
		return
	}
	m := &recount.Member{Key: sp.Key, Speaker: *sp.Ref(), Article: p.Key, At: sp.At, Corrected: sp.Corrected, GenderRead: len(sp.entered) == 0, Scope: scope, Decision: sp.Decision,
		Original: w.original, Outlet: w.outlet, Prints: w.prints, First: w.first, Day: w.day, Dates: w.days, DateReason: w.reason}
	sp.Member, sp.ref = m, nil
	if sp.Scope == recount.Yes && c.screened(p) == recount.No {
		s.findings = append(s.findings, recount.Finding{What: "screened out", Decisions: []string{sp.Decision},
			Text: "somebody counts who speaks on a page that was screened out: " + p.name})
	}
	c.values(s, sp, func(variable string, d *placed) recount.Value {
		v := recount.Value{Variable: variable, Value: d.answer.(recount.ValueBody).Value, Article: p.Key, Decision: d.ID}
		at := p
		if len(d.at) > 1 && d.at[1].page != nil {
			v.Article, v.At, at = d.at[1].Article(), d.at[1].At(), d.at[1].page
		}
		where := c.whereOf(at)
		v.Outlet, v.Day = where.outlet, where.day
		return v
	})
	c.genders(sp)
	c.kinds(sp)
	c.stands(sp, p, w)
	c.protect(s, sp, m)
	c.valueFindings(s, sp)
	slices.SortFunc(m.Values, byDay)
}

// byDay orders the values of a member: by the days of their articles.
func byDay(a, b recount.Value) int {
	return cmp.Or(recount.DateOf(a.Day).Compare(recount.DateOf(b.Day)), strings.Compare(a.Variable, b.Variable), strings.Compare(a.Decision, b.Decision))
}

// protect says how far a member may be shown. Where people disagree the
// strictest of their tiers holds; a circumstance that one of them saw is taken
// for true until an adjudicator says no.
func (c *View) protect(s *settled, sp *Speaker, m *recount.Member) {
	for _, x := range recount.Circumstances {
		ps := sp.about["spoken\x00"+string(x)]
		if len(ps) == 0 {
			continue
		}
		s.disagree(c, ps, (*placed).says)
		if d, ok := c.hold(ps, (*placed).says); ok && d.answer.(recount.SpokenBody).Answer == recount.No {
			continue
		}
		for _, d := range ps {
			if d.answer.(recount.SpokenBody).Answer != recount.Yes {
				continue
			}
			y := recount.Spoken{Circumstance: x, Article: m.Article, Decision: d.ID}
			if len(d.at) > 1 && d.at[1].page != nil {
				y.Article, y.At = d.at[1].Article(), d.at[1].At()
			}
			m.Spoken = append(m.Spoken, y)
			break
		}
	}
	m.Tier = recount.DefaultTier(m.Speaker.Kind)
	for _, p := range m.Perhaps {
		if p.Kind != "" { // people differ, so the strictest holds
			m.Tier = m.Tier.Stricter(recount.DefaultTier(p.Kind))
		}
	}
	ps := sp.about["tier"]
	var knowing []recount.Circumstance
	if d, ok := c.hold(ps, (*placed).says); ok {
		b := d.answer.(recount.TierBody)
		m.Tier = b.Tier
		for _, d := range ps {
			if k := d.answer.(recount.TierBody); k.Tier == b.Tier {
				knowing = append(knowing, k.Knowing...)
			}
		}
	} else if len(ps) > 0 {
		s.disagree(c, ps, (*placed).says)
		for _, d := range ps {
			m.Tier = m.Tier.Stricter(d.answer.(recount.TierBody).Tier)
		}
	}
	for _, y := range m.Spoken {
		if !slices.Contains(knowing, y.Circumstance) {
			m.Held, m.Tier = true, m.Tier.Stricter(recount.Protected)
		}
	}
}

// valuesHeld returns the values that hold of one variable of a speaker. One
// person may give several, each with its sentence; then all of them stand side
// by side. Where people differ none holds.
func (c *View) valuesHeld(ps []*placed) []*placed {
	byActor := map[string][]string{}
	var settled []*placed
	for _, d := range ps {
		if c.adjudicators[d.Actor] {
			settled = append(settled, d)
		}
	}
	if len(settled) > 0 {
		ps = settled
	}
	for _, d := range ps {
		byActor[d.Actor] = append(byActor[d.Actor], d.says())
	}
	var first []string
	for _, d := range ps {
		set := slices.Compact(slices.Sorted(slices.Values(byActor[d.Actor])))
		if first == nil {
			first = set
		}
		if !slices.Equal(first, set) {
			return nil
		}
	}
	var out []*placed
	seen := map[string]bool{}
	for _, d := range ps {
		place := d.says()
		if len(d.at) > 1 {
			place += "\x00" + d.at[1].name()
		}
		if d.Actor != ps[0].Actor && seen[d.says()] || seen[place] {
			continue
		}
		seen[place], seen[d.says()] = true, true
		out = append(out, d)
	}
	return out
}

// valueFindings lists the variables of a speaker on which people differ.
func (c *View) valueFindings(s *settled, sp *Speaker) {
	for _, name := range sortedKeys(sp.about) {
		ps := sp.about[name]
		if ps = c.ofHim(s, sp, ps); !strings.HasPrefix(name, "value\x00") || len(ps) == 0 || c.valuesHeld(ps) != nil {
			continue
		}
		f := recount.Finding{What: "disagreement", Text: "people disagree on one question (value): " + whoSays(ps)}
		for _, p := range ps {
			f.Decisions = append(f.Decisions, p.ID)
		}
		s.findings = append(s.findings, f)
	}
}

func sortedKeys[K ~string, V any](m map[K]V) []K {
	out := make([]K, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// leftOver lists the read speakers that are people and speak, and that nobody
// answered for.
func (c *View) leftOver(ctx context.Context, p *page, s *settled, decisions []*placed, looked []recount.Span) error {
	var spoken map[string]recount.SpeechCount // in place of what the program read
	if slices.ContainsFunc(decisions, func(d *placed) bool { return d.Decision.Kind == recount.KindRole }) {
		// What is part of the story was decided, so the statements are counted again.
		r, err := c.reading(ctx, p.Key)
		if err != nil {
			return err
		}
		c.applyRoles(p, r)
		spoken = r.Spoken()
	}
	if !c.firstPrint(p) || c.screened(p) == recount.No {
		return nil
	}
	for i := range p.speakers.len() {
		n := recount.SpeechCount{Inside: int(p.speakers.Speakers[i].Inside), Elsewhere: int(p.speakers.Speakers[i].Elsewhere)}
		if spoken != nil {
			n = spoken[p.speakers.id(i)]
		}
		if c.unanswered(p, s, looked, i, n) {
			s.undecided = append(s.undecided, i)
		}
	}
	return nil
}

// unanswered reports whether a read speaker is a person who speaks in the story and
// nobody answered whether he or she counts.
func (c *View) unanswered(p *page, s *settled, looked []recount.Span, i int, speech recount.SpeechCount) bool {
	inside := speech.Inside
	if !c.rules[recount.SetAside] {
		inside += speech.Elsewhere
	}
	sp := s.byRead(i)
	if sp != nil && (sp.Scope != "" || sp.Rejected) {
		return false
	}
	kind := p.speakers.kind(i)
	if sp != nil && len(sp.entered) > 0 {
		kind = sp.Ref().Kind // as people corrected it
	}
	if !kind.Person() || inside == 0 {
		return false
	}
	for _, at := range looked {
		if p.speakers.mention(i).Overlaps(at) || p.speakers.mentionedIn(i, at) {
			return false
		}
	}
	return len(s.apart) == 0 || len(p.own(s, i)) > 0
}

// DecidedRole is why a sentence has the role that a person gave it.
const DecidedRole = "decided by a person"

// applyRoles gives sentences the roles that people decided.
func (c *View) applyRoles(p *page, r *recount.Reading) {
	byPlace := map[string][]*placed{}
	for _, d := range c.state(p).decisions {
		if d.Decision.Kind == recount.KindRole && d.at[0].page == p {
			byPlace[d.at[0].name()] = append(byPlace[d.at[0].name()], d)
		}
	}
	for _, name := range sortedKeys(byPlace) {
		ps := byPlace[name]
		slices.SortFunc(ps, byID)
		b, by, ok := held[recount.RoleBody](c, ps)
		if !ok {
			continue
		}
		for i := range r.Sentences {
			for _, sp := range c.placed.of(by.ID).at[0].Spans {
				if r.Sentences[i].Span.Overlaps(sp) {
					r.Sentences[i].Role, r.Sentences[i].Reason = b.Role, DecidedRole
				}
			}
		}
	}
}
