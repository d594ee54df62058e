package casebook

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"recount"
)

// statements works out what is accepted of a page, and which codes hold. A
// code follows its statement: to the words and the speaker that a person
// corrected it to. Codes of a rejected statement do not hold.
func (c *View) statements(p *page, s *settled, decisions []*placed) {
	if len(decisions) == 0 {
		return
	}
	defer func() {
		for _, sp := range s.speakers {
			sp.order()
		}
	}()
	at := map[string][]*placed{} // place of content -> answers
	codes := map[[2]string][]*placed{}
	others := map[string][]*placed{}
	for _, d := range decisions {
		if d.at[0].page != p || d.at[0].Found == Lost {
			continue
		}
		switch b := d.answer.(type) {
		case recount.StatementBody:
			at[d.at[0].name()] = append(at[d.at[0].name()], d)
		case recount.CodeBody:
			k := [2]string{d.at[0].name(), b.Code}
			codes[k] = append(codes[k], d)
		case recount.PassageBody:
			k := [2]string{d.at[0].name(), b.Code}
			codes[k] = append(codes[k], d)
		case recount.FigureBody, recount.StatedBody, recount.RoleBody:
			k := string(d.Decision.Kind) + "\x00" + d.at[0].name()
			others[k] = append(others[k], d)
		}
	}
	c.figures(p, s, decisions)
	for _, k := range sortedKeys(others) {
		s.disagree(c, others[k], (*placed).says)
	}
	// Of an accepted statement people must agree on the speaker too.
	full := func(d *placed) string {
		b := d.answer.(recount.StatementBody)
		if b.Answer == recount.Rejected {
			return recount.Rejected
		}
		says := []string{d.says(), string(cmp.Or(b.Mode, recount.Speech))}
		if sp := c.speakerOf(s, d, b.Speaker); sp != nil {
			says = append(says, string(sp.Key))
		}
		return strings.Join(says, "\x00")
	}
	by := map[string]*placed{}     // of statements that somebody accepts
	contested := map[string]bool{} // those that some accept
	accepted := map[string][]*placed{}
	maps.Copy(at, rejections(at))
	for _, name := range sortedKeys(at) {
		s.disagree(c, at[name], full)
		said := c.unsettled(at[name])
		for _, d := range said {
			if d.answer.(recount.StatementBody).Answer != recount.Rejected {
				accepted[name] = append(accepted[name], d)
			}
		}
		yes := accepted[name]
		if len(yes) == 0 {
			s.reject(name)
			if i := slices.IndexFunc(said, func(d *placed) bool { return d.at[0].name() == name && d.answer.(recount.StatementBody).Typed }); i >= 0 {
				s.refused = append(s.refused, *c.wordingAt(p, s, name, said[i:i+1]).Said)
			}
			continue
		}
		contested[name] = len(yes) < len(said)
		by[name] = yes[0]
		if i := slices.IndexFunc(yes, func(d *placed) bool { return slices.Contains(roles(d.answer), instead) }); i > 0 {
			by[name] = yes[i] // who agrees need not have said what the words take the place of
		}
	}
	lost := c.insteadOf(by)
	findings, worded := c.settleWords(at, by, lost)
	s.findings = append(s.findings, findings...)
	sure := maps.Clone(by)
	maps.DeleteFunc(sure, func(name string, _ *placed) bool { return contested[name] })
	c.nearlySame(s, sure, accepted, lost)
	moved := map[string]*wording{}
	word := func(name string) *wording {
		w := c.wordingAt(p, s, name, accepted[name])
		if !contested[name] {
			return w
		}
		said := map[string][]*placed{}
		for _, d := range c.unsettled(at[name]) {
			answer := recount.YesNo(recount.Yes)
			if d.answer.(recount.StatementBody).Answer == recount.Rejected {
				answer = recount.No
			}
			said[string(answer)] = append(said[string(answer)], d)
		}
		w.only = append(w.only, condition{dispute("statement", name, "is this a statement, “"+w.words()+"”:", recount.No, said, itself), recount.Yes})
		return w
	}
	for _, name := range sortedKeys(by) {
		if lost[name] == "" {
			moved[name] = word(name)
		}
	}
	for i := range worded {
		x := &worded[i]
		for _, name := range x.all() {
			if moved[name] != nil || accepted[name] == nil {
				continue
			}
			moved[name] = word(name)
			if in := x.with(name); len(in) < len(x.Answers) {
				moved[name].choice, moved[name].in = x, in
			}
		}
	}
	ends := sortedKeys(moved)
	for i := range worded {
		for _, name := range worded[i].places {
			if moved[name] == nil {
				moved[name] = moved[worded[i].ends[worded[i].Answers[0]][0]]
			}
		}
	}
	for _, name := range sortedKeys(lost) {
		s.reject(name)
		to := lost[name]
		for lost[to] != "" {
			to = lost[to]
		}
		if s.became == nil {
			s.became = map[string]string{}
		}
		s.became[name] = to
		if moved[name] == nil {
			moved[name] = moved[to]
		}
	}
	// Codes that were given before and after the words were corrected are about
	// one statement.
	s.follow(moved)
	for _, k := range sortedPairs(codes) {
		if to := s.followed[k[0]]; to != "" {
			at := [2]string{to, k[1]}
			codes[at] = append(codes[at], codes[k]...)
			delete(codes, k)
		}
	}
	c.newestCodes(s, codes)
	coded := map[*wording][]*placed{}
	byPlace := map[string]map[string][]*placed{} // place -> code -> answers
	for _, k := range sortedPairs(codes) {
		slices.SortFunc(codes[k], byID)
		for _, d := range codes[k] {
			w := cmp.Or(moved[d.at[0].name()], moved[k[0]])
			if _, ok := d.answer.(recount.CodeBody); ok && d.says() == recount.Yes && w != nil {
				coded[w] = append(coded[w], d)
			}
		}
		if byPlace[k[0]] == nil {
			byPlace[k[0]] = map[string][]*placed{}
		}
		byPlace[k[0]][k[1]] = codes[k]
	}
	for _, name := range ends {
		w := moved[name]
		c.settleSpeaker(s, w, name, coded[w])
		if w.open() {
			w.say()
			if w.speaker != nil && w.Speaker != nil && len(w.only) == 0 {
				s.claimed = append(s.claimed, *w.Said)
			} else if w.Typed && w.Speaker != nil && w.choice == nil {
				s.doubted = append(s.doubted, *w.Said)
			} else {
				s.differing = append(s.differing, *w.Said)
			}
		} else {
			s.statements = append(s.statements, *w.Said)
		}
	}
	for _, place := range sortedKeys(byPlace) {
		which, overruled := c.oneCode(s, place, byPlace[place])
		w := moved[place]
		if w == nil && !s.rejected[place] {
			w = c.codedOnly(s, place, byPlace[place])
		}
		for _, code := range sortedKeys(byPlace[place]) {
			if !overruled[code] {
				c.code(p, s, place, code, byPlace[place][code], w, which, moved)
			}
		}
	}
	slices.SortStableFunc(s.statements, func(a, b Said) int { return before(a.AcceptedStatement, b.AcceptedStatement) })
	for _, x := range s.statements {
		if x.Speaker != nil && x.Speaker.Member != nil && x.Mode == recount.Speech {
			x.Speaker.Member.Statements = append(x.Speaker.Member.Statements, x.AcceptedStatement)
		}
	}
	for _, sp := range s.speakers {
		if sp.Member == nil {
			continue
		}
		slices.SortStableFunc(sp.Member.Statements, before)
		slices.SortStableFunc(sp.Member.Codes, func(a, b recount.Coding) int {
			return cmp.Or(strings.Compare(a.Code, b.Code), strings.Compare(string(a.Article), string(b.Article)), compareSpans(a.At, b.At))
		})
		sp.Member.Codes = slices.CompactFunc(sp.Member.Codes, func(a, b recount.Coding) bool {
			return a.Code == b.Code && a.Article == b.Article && slices.Equal(a.At, b.At)
		})
	}
}

// nearlySame makes one of statements of one speaker that different people
// accepted or typed in with slightly different words: those share half of the
// shorter, and nobody accepted both. An adjudicator's words stand, else the
// longer.
func (c *View) nearlySame(s *settled, by map[string]*placed, accepted map[string][]*placed, lost map[string]string) {
	var names []string
	whose := map[string]*Speaker{}
	for _, name := range sortedKeys(by) {
		if sp := c.speakerOf(s, by[name], by[name].answer.(recount.StatementBody).Speaker); sp != nil && lost[name] == "" && by[name].at[0].Found != InOlder {
			names, whose[name] = append(names, name), sp
		}
	}
	if len(names) < 2 {
		return
	}
	settled := func(name string) bool {
		return slices.ContainsFunc(accepted[name], func(d *placed) bool { return c.adjudicators[d.Actor] })
	}
	slices.SortStableFunc(names, func(a, b string) int {
		return cmp.Or(boolCompare(settled(b), settled(a)), cmp.Compare(length(by[b].at[0].Spans), length(by[a].at[0].Spans)), compareSpans(by[a].at[0].Spans, by[b].at[0].Spans))
	})
	for i, name := range names {
		for _, first := range names[:i] {
			if lost[first] != "" || whose[first] != whose[name] || 2*shares(by[first].at[0].Spans, by[name].at[0].Spans) < length(by[name].at[0].Spans) ||
				slices.ContainsFunc(accepted[name], func(d *placed) bool {
					return slices.ContainsFunc(accepted[first], func(o *placed) bool { return o.Actor == d.Actor })
				}) {
				continue
			}
			lost[name] = first
			accepted[first] = append(slices.Clone(accepted[first]), accepted[name]...)
			break
		}
	}
}

// length is how long spans are together.
func length(spans []recount.Span) (n int) {
	for _, x := range spans {
		n += x.Len()
	}
	return n
}

// shares is how much two lists of spans have in common.
func shares(a, b []recount.Span) (n int) {
	for _, x := range a {
		for _, y := range b {
			n += max(0, min(x.End, y.End)-max(x.Start, y.Start))
		}
	}
	return n
}

// follow notes the place that stands for all places of one statement.
func (s *settled) follow(moved map[string]*wording) {
	first := map[any]string{}
	for _, name := range sortedKeys(moved) {
		var one any = moved[name]
		if x := moved[name]; x != nil && x.choice != nil {
			one = x.choice
		}
		if first[one] == "" {
			first[one] = name
			continue
		}
		if s.followed == nil {
			s.followed = map[string]string{}
		}
		s.followed[name] = first[one]
	}
}

// newestCodes leaves of several codes that one person gave to one statement the
// newest, where the codebook gives a statement one only.
func (c *View) newestCodes(s *settled, codes map[[2]string][]*placed) {
	if !c.settings.OneCode {
		return
	}
	type by struct{ place, actor, round string }
	newest := map[by]*placed{}
	each := func(f func(k [2]string, at by, d *placed)) {
		for _, k := range sortedPairs(codes) {
			for _, d := range codes[k] {
				if d.says() == recount.Yes {
					f(k, by{k[0], d.Actor, d.Round}, d)
				}
			}
		}
	}
	each(func(_ [2]string, at by, d *placed) {
		if o := newest[at]; o == nil || sooner(o, d) < 0 {
			newest[at] = d
		}
	})
	older := map[*placed]bool{}
	each(func(_ [2]string, at by, d *placed) {
		if n := newest[at]; n.answer.Subject() != d.answer.Subject() {
			older[d] = true
			s.findings = append(s.findings, recount.Finding{What: "conflict", Decisions: []string{min(d.ID, n.ID), max(d.ID, n.ID)},
				Text: d.Actor + " gave two codes to one statement, and the codebook gives it one: the newer holds, " + n.answer.Subject() + ", not " + d.answer.Subject()})
		}
	})
	for k, ps := range codes {
		if codes[k] = slices.DeleteFunc(slices.Clone(ps), func(d *placed) bool { return older[d] }); len(codes[k]) == 0 {
			delete(codes, k)
		}
	}
}

// codedOnly is the statement at a place of which people gave codes and nothing
// else: nil if they name one speaker.
func (c *View) codedOnly(s *settled, place string, codes map[string][]*placed) *wording {
	w := &wording{Said: &Said{}, given: map[string][]*placed{}, others: map[string]*Speaker{}}
	var coded []*placed
	for _, code := range sortedKeys(codes) {
		for _, d := range codes[code] {
			if _, ok := d.answer.(recount.CodeBody); ok && d.says() == recount.Yes {
				coded = append(coded, d)
			}
		}
	}
	if coded = c.unsettled(coded); len(coded) < 2 {
		return nil
	}
	w.by = coded[0]
	if c.settleSpeaker(s, w, place, coded); w.speaker == nil {
		return nil
	}
	return w
}

// codedRef returns the speaker whom an answer about a code names, or nil.
func codedRef(a recount.Answer) *recount.SpeakerRef {
	switch b := a.(type) {
	case recount.CodeBody:
		return &b.Speaker
	case recount.PassageBody:
		return b.Speaker
	}
	return nil
}

// code gives a code to whom it belongs, or perhaps belongs.
func (c *View) code(p *page, s *settled, place, code string, ps []*placed, w *wording, which *recount.Dispute, moved map[string]*wording) {
	s.disagree(c, ps, (*placed).says)
	for _, d := range ps {
		sp := c.speakerOf(s, d, codedRef(d.answer))
		if w != nil && w.Speaker != nil {
			sp = w.Speaker
		}
		if sp != nil && sp.Member != nil && !c.calibration(d.Round) {
			sp.Member.Coded = true
		}
	}
	a, ok := c.hold(ps, (*placed).says)
	if ok && a.says() != recount.Yes {
		return
	}
	said := map[string][]*placed{}
	if !ok {
		// Whether it applies is yes or no; who finds it unclear leaves it open.
		for _, d := range c.unsettled(ps) {
			said[d.says()] = append(said[d.says()], d)
		}
		if len(said[recount.Yes]) == 0 {
			return
		}
		a = said[recount.Yes][0]
	}
	coding := recount.Coding{Code: c.Recoded(code), Article: p.Key, At: a.at[0].Spans, Decision: a.ID}
	_, statement := a.answer.(recount.CodeBody)
	sp := c.speakerOf(s, a, codedRef(a.answer))
	if !statement {
		w = nil
	}
	if w == nil && s.rejected[place] && statement {
		return
	}
	var conditions []condition
	if !ok {
		x := dispute("code", place+"\x00"+code, "does "+code+" apply to “"+cut(strings.Join(a.answer.Anchors()[0].Exact, " ... "))+"”:", recount.No, said, itself)
		x.Answers = []string{recount.No, recount.Yes}
		conditions = append(conditions, condition{x, recount.Yes})
	}
	if which != nil {
		conditions = append(conditions, condition{which, code})
	}
	for _, w := range w.forms(a.at[0].name(), moved) {
		coding := coding
		if w.At != nil {
			coding.At = w.At
		}
		if w.speaker == nil && w.Speaker == nil {
			w.Said = &Said{Speaker: sp}
		}
		if w.holds(conditions...) { // of the words, whoever said them
			if s.coded == nil {
				s.coded = map[string]map[string]bool{}
			}
			if s.coded[coding.Code] == nil {
				s.coded[coding.Code] = map[string]bool{}
			}
			s.coded[coding.Code][placeName(string(p.Key), coding.At)] = true
		}
		w.spread(recount.Perhaps{Codes: []recount.Coding{coding}}, conditions...)
	}
}

func (s *settled) reject(place string) {
	if s.rejected == nil {
		s.rejected = map[string]bool{}
	}
	s.rejected[place] = true
}

// Coded lists the places that each code holds for, under what the code became
// and as statements were corrected. Codes of rejected statements, those on
// which people differ and those of a calibration round hold nowhere, but for the
// one that holds until it is settled which of several a statement has.
func (c *View) Coded() map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for _, p := range c.pages {
		for code, places := range c.state(p).settled.coded {
			if out[code] == nil {
				out[code] = map[string]bool{}
			}
			maps.Copy(out[code], places)
		}
	}
	return out
}

// Recoded returns what a code became by moves and merges; itself if nothing
// happened to it.
func (c *View) Recoded(code string) string { return cmp.Or(c.recoded[code], code) }

// speakerOf returns the speaker that a decision names beside its first place.
func (c *View) speakerOf(s *settled, d *placed, ref *recount.SpeakerRef) *Speaker {
	if ref == nil {
		return nil
	}
	for i, r := range roles(d.answer) {
		if r == speaking {
			return s.byAnswer(d, i)
		}
	}
	return nil
}

// before orders statements by where they begin, then by where they go on.
func before(a, b recount.AcceptedStatement) int {
	return cmp.Or(compareSpans(a.At, b.At), strings.Compare(a.Decision, b.Decision))
}

func compareSpans(a, b []recount.Span) int {
	return slices.CompareFunc(a, b, func(x, y recount.Span) int { return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End)) })
}

func start(spans []recount.Span) int {
	if len(spans) == 0 {
		return 0
	}
	return spans[0].Start
}

func sortedPairs[V any](m map[[2]string]V) [][2]string {
	out := make([][2]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b [2]string) int { return cmp.Or(strings.Compare(a[0], b[0]), strings.Compare(a[1], b[1])) })
	return out
}

// insteadOf says which places of content lost their statement to another: that
// of somebody who corrected its words. Of two that each take the place of the
// other an adjudicator's stands, else the newer.
func (c *View) insteadOf(by map[string]*placed) map[string]string {
	rank := func(p *placed) int {
		if c.adjudicators[p.Actor] {
			return 0
		}
		return 1
	}
	names := sortedKeys(by)
	slices.SortStableFunc(names, func(x, y string) int {
		a, b := by[x], by[y]
		return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(b.Time, a.Time), strings.Compare(b.ID, a.ID))
	})
	out := map[string]string{}
	for _, name := range names {
		a := by[name]
		for i, r := range roles(a.answer) {
			was := a.at[i].name()
			if r != instead || was == name || a.at[i].page != a.at[0].page || out[was] != "" {
				continue
			}
			to := name
			for out[to] != "" && to != was {
				to = out[to]
			}
			if to == was {
				continue // a circle ends at the newest
			}
			if other := by[was]; other != nil && rank(other) < rank(a) {
				if out[name] == "" {
					out[name] = was // an adjudicator accepted the words as they were
				}
				continue
			}
			out[was] = name
		}
	}
	return out
}

// A correction says with which words somebody put other words in the place of
// a statement.
type correction struct {
	*placed
	to string // where the words stand that hold in their place
}

// A choice of words is a dispute about which of them were said; ends are the
// places of each answer.
type choiceOfWords struct {
	*recount.Dispute
	was    string   // the place whose words people corrected, or the first of several
	places []string // all of those
	said   map[string][]*placed
	ends   map[string][]string
}

// all lists the places of all answers.
func (x *choiceOfWords) all() (out []string) {
	for _, answer := range x.Answers {
		for _, name := range x.ends[answer] {
			if !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}

// with lists the answers with which the words at a place are a statement.
func (x *choiceOfWords) with(name string) (out []string) {
	for _, answer := range x.Answers {
		if slices.Contains(x.ends[answer], name) {
			out = append(out, answer)
		}
	}
	return out
}

// together joins choices between the same words: whose words one corrects
// another may have corrected to.
func together(choices []choiceOfWords) (out []choiceOfWords) {
	share := func(a, b choiceOfWords) bool {
		for answer := range a.said {
			if b.said[answer] != nil {
				return true
			}
		}
		return false
	}
	for _, x := range choices {
		for i := 0; i < len(out); i++ {
			if !share(x, out[i]) {
				continue
			}
			x.was, x.places = min(x.was, out[i].was), append(x.places, out[i].places...)
			for answer, ps := range out[i].said {
				x.said[answer], x.ends[answer] = append(x.said[answer], ps...), out[i].ends[answer]
			}
			out = slices.Delete(out, i, i+1)
			i = -1
		}
		out = append(out, x)
	}
	for i := range out {
		x := &out[i]
		x.Dispute = dispute("words", x.was, "in which words was it said:", firstGiven(x.said), x.said, func(s string) string { return "“" + s + "”" })
	}
	return out
}

// rejections lists the answers at each place that a rejection of other words of its
// statement reaches: at those places, with the rejections. Who rejects corrected
// words says that nobody made the statement whose form they are, unless others of
// its forms are accepted; who rejects a statement says it of its forms too. Who
// accepts some form of it says something about words only.
func rejections(at map[string][]*placed) map[string][]*placed {
	was, forms := map[string][]string{}, map[string][]string{} // place -> what its words took the place of, and back
	one := map[string]string{}                                 // places of one statement, to the first of them
	root := func(name string) string {
		for one[name] != "" {
			name = one[name]
		}
		return name
	}
	rejected := func(d *placed) bool { return d.answer.(recount.StatementBody).Answer == recount.Rejected }
	for _, name := range sortedKeys(at) {
		for _, d := range at[name] {
			for i, r := range roles(d.answer) {
				to := d.at[i].name()
				if r != instead || to == name || d.at[i].page != d.at[0].page || d.at[i].Found == Lost {
					continue
				}
				was[name] = append(was[name], to)
				if !rejected(d) {
					forms[to] = append(forms[to], name)
				}
				if a, b := root(name), root(to); a != b {
					one[max(a, b)] = min(a, b)
				}
			}
		}
	}
	if len(was) == 0 {
		return nil
	}
	type says struct{ root, actor string }
	accepts := map[says]bool{}
	for name, ps := range at {
		for _, d := range ps {
			if !rejected(d) {
				accepts[says{root(name), d.Actor}] = true
			}
		}
	}
	out := map[string][]*placed{}
	reach := func(name string, d *placed) {
		if out[name] == nil {
			out[name] = slices.Clone(at[name])
		}
		if !slices.ContainsFunc(out[name], func(q *placed) bool { return q.Actor == d.Actor }) {
			out[name] = append(out[name], d)
			slices.SortFunc(out[name], byID)
		}
	}
	for _, name := range sortedKeys(at) {
		for _, d := range at[name] {
			if !rejected(d) {
				continue
			}
			seen := map[string]bool{name: true}
			var up, down func(from string)
			up = func(from string) {
				for _, to := range was[from] {
					if !seen[to] && !slices.ContainsFunc(forms[to], func(f string) bool { return !seen[f] }) {
						seen[to] = true
						reach(to, d)
						up(to)
					}
				}
			}
			down = func(from string) {
				for _, to := range forms[from] {
					if !seen[to] {
						seen[to] = true
						reach(to, d)
						down(to)
					}
				}
			}
			if !accepts[says{root(name), d.Actor}] {
				down(name)
				up(name)
				continue
			}
			// Who keeps what was read, and rejects what another made of it, differs on
			// the words.
			if keeps(at, was, name, d.Actor, map[string]bool{}) {
				left := out[name]
				if left == nil {
					left = at[name]
				}
				left = slices.DeleteFunc(slices.Clone(left), func(q *placed) bool { return q == d })
				if slices.ContainsFunc(left, func(q *placed) bool { return !rejected(q) }) {
					out[name] = left
				}
			}
		}
	}
	return out
}

// keeps reports whether somebody accepts what the words at a place took the place
// of.
func keeps(at map[string][]*placed, was map[string][]string, name, actor string, seen map[string]bool) bool {
	seen[name] = true
	return slices.ContainsFunc(was[name], func(to string) bool {
		return slices.ContainsFunc(at[to], func(q *placed) bool {
			return q.Actor == actor && q.answer.(recount.StatementBody).Answer != recount.Rejected
		}) || !seen[to] && keeps(at, was, to, actor, seen)
	})
}

// settleWords looks for statements whose words people corrected differently,
// or that one accepted as they were and another corrected. An adjudicator's
// words stand, and those of the others lead to them; while people disagree the
// words that were given first hold, and a question asks which. to is what
// insteadOf found, and is changed, as by is.
func (c *View) settleWords(at map[string][]*placed, by map[string]*placed, to map[string]string) (out []recount.Finding, disputes []choiceOfWords) {
	corrections := map[string][]correction{} // of a place
	for _, name := range sortedKeys(by) {
		end := name
		for to[end] != "" {
			end = to[end]
		}
		for _, d := range at[name] {
			if d.answer.(recount.StatementBody).Answer == recount.Rejected {
				continue
			}
			for i, r := range roles(d.answer) {
				if r == instead && d.at[i].page == d.at[0].page && d.at[i].name() != name {
					corrections[d.at[i].name()] = append(corrections[d.at[i].name()], correction{d, end})
				}
			}
		}
	}
	for _, was := range sortedKeys(corrections) {
		all := corrections[was]
		if by[was] != nil {
			all = append(slices.Clone(all), c.asTheyWere(at, was, all)...)
		}
		settled := slices.DeleteFunc(slices.Clone(all), func(x correction) bool { return !c.adjudicators[x.Actor] })
		if len(settled) == 0 {
			settled = all
		}
		ends := map[string][]string{} // of each person, sorted
		for _, x := range settled {
			ends[x.Actor] = append(ends[x.Actor], x.to)
		}
		agreed, first := true, []string(nil)
		for i, actor := range sortedKeys(ends) {
			slices.Sort(ends[actor])
			if ends[actor] = slices.Compact(ends[actor]); i == 0 {
				first = ends[actor]
			}
			agreed = agreed && slices.Equal(first, ends[actor])
		}
		if agreed {
			end := first[0]
			for to[end] != "" {
				end = to[end]
			}
			for _, x := range all {
				if !slices.Contains(first, x.to) && to[x.to] == "" && x.to != end {
					to[x.to] = end
				}
			}
			out = append(out, c.overSettled(was, all)...)
			continue
		}
		said, byWords := map[string][]*placed{}, map[string][]string{}
		var says []string
		f := recount.Finding{What: "disagreement"}
		for _, x := range settled {
			delete(by, x.to)
			delete(by, x.at[0].name())
			f.Decisions = append(f.Decisions, x.ID)
			says = append(says, x.Actor+" says "+cut(strings.Join(x.answer.Anchors()[0].Exact, " ... ")))
		}
		for _, actor := range sortedKeys(ends) {
			var words []string
			for _, end := range ends[actor] {
				i := slices.IndexFunc(settled, func(x correction) bool { return x.to == end })
				if i >= 0 {
					words = append(words, wordsAt(at, end, settled[i].placed))
				}
			}
			answer := strings.Join(words, " + ")
			byWords[answer] = ends[actor]
			for _, x := range settled {
				if x.Actor == actor {
					said[answer] = append(said[answer], x.placed)
				}
			}
		}
		delete(by, was)
		delete(to, was)
		f.Text = "people disagree on one question (" + string(recount.KindStatement) + "): " + strings.Join(says, ", ")
		out = append(out, f)
		disputes = append(disputes, choiceOfWords{was: was, places: []string{was}, said: said, ends: byWords})
	}
	return out, together(disputes)
}

// overSettled lists who corrected the words of a statement after an
// adjudicator had accepted them as they were: the adjudicator's stand.
func (c *View) overSettled(was string, all []correction) (out []recount.Finding) {
	for _, kept := range all {
		if kept.at[0].name() != was || !c.adjudicators[kept.Actor] {
			continue
		}
		for _, x := range all {
			if x.at[0].name() != was && !c.adjudicators[x.Actor] && x.Time >= kept.Time {
				out = append(out, recount.Finding{What: "conflict", Decisions: []string{kept.ID, x.ID},
					Text: x.Actor + " corrected the words of a statement that " + kept.Actor + " settled as they were; these stand: " + cut(strings.Join(kept.answer.Anchors()[0].Exact, " ... "))})
			}
		}
	}
	return out
}

// wordsAt are the words of a statement at a place.
func wordsAt(at map[string][]*placed, name string, otherwise *placed) string {
	d := otherwise
	if len(at[name]) > 0 {
		d = at[name][0]
	}
	return strings.Join(d.answer.Anchors()[0].Exact, " ... ")
}

// asTheyWere lists who accepted the words at a place that others corrected, and
// corrected them to nothing else.
func (c *View) asTheyWere(at map[string][]*placed, was string, corrections []correction) (out []correction) {
	for _, d := range at[was] {
		if d.answer.(recount.StatementBody).Answer == recount.Rejected {
			continue
		}
		if !slices.ContainsFunc(corrections, func(x correction) bool {
			accepts := func(o *placed) bool {
				return o.Actor == d.Actor && o.answer.(recount.StatementBody).Answer == recount.Accepted
			}
			return x.Actor == d.Actor || slices.ContainsFunc(at[x.at[0].name()], accepts) || x.to != was && slices.ContainsFunc(at[x.to], accepts)
		}) {
			out = append(out, correction{d, was})
		}
	}
	return out
}
