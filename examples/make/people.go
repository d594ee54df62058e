package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"recount"
	"recount/internal/casebook"
)

// enters reports whether a person is entered on a page.
func (p *workPage) enters(id string) bool { return p.first || p.need[id] }

// readAt returns which read speaker of a page covers a place; -1 if none does.
func readAt(r *recount.Reading, at recount.Span) int {
	for _, covers := range []func(s recount.Speaker) bool{
		func(s recount.Speaker) bool { return s.Mention == at },
		func(s recount.Speaker) bool { return s.Mention.Overlaps(at) },
		func(s recount.Speaker) bool { return slices.ContainsFunc(s.Mentions, at.Overlaps) },
	} {
		if i := slices.IndexFunc(r.Speakers, covers); i >= 0 {
			return i
		}
	}
	return -1
}

// match finds which read statement is which quotation: the largest overlap of
// at least half, each used once.
func (p *workPage) match(r *recount.Reading) (ofQuote, ofRead map[int]int) {
	type hit struct{ q, s, share int }
	var hits []hit
	for qi := range p.Said {
		for si := range r.Statements {
			if n := overlap(p.at[qi], r.Statements[si].Content); n >= 500 {
				hits = append(hits, hit{qi, si, n})
			}
		}
	}
	slices.SortStableFunc(hits, func(x, y hit) int { return y.share - x.share })
	ofQuote, ofRead = map[int]int{}, map[int]int{}
	for _, h := range hits {
		_, used := ofQuote[h.q]
		_, taken := ofRead[h.s]
		if !used && !taken {
			ofQuote[h.q], ofRead[h.s] = h.s, h.q
		}
	}
	return ofQuote, ofRead
}

// recognize finds which read speaker is which person: by name and statements,
// then by statements alone, then by a name of the page that stands in a mention.
// Whom the program read twice is joined.
func (p *workPage) recognize(r *recount.Reading, ofQuote map[int]int) map[string][]int {
	type vote struct {
		person string
		read   int
	}
	votes := map[vote]int{}
	byID := map[string]int{}
	for i := range r.Speakers {
		byID[r.Speakers[i].ID] = i
	}
	for qi := range p.Said {
		if si, ok := ofQuote[qi]; ok {
			if i, ok := byID[r.Statements[si].Speaker]; ok {
				votes[vote{p.Said[qi].Speaker, i}]++
			}
		}
	}
	var order []vote
	for v := range votes {
		order = append(order, v)
	}
	slices.SortFunc(order, func(x, y vote) int {
		return cmp.Or(votes[y]-votes[x], strings.Compare(x.person, y.person), x.read-y.read)
	})
	out, taken := map[string][]int{}, map[int]bool{}
	take := func(person string, i int) {
		if len(out[person]) == 0 && !taken[i] {
			out[person], taken[i] = []int{i}, true
		}
	}
	for _, v := range order {
		sp := &r.Speakers[v.read]
		if names := p.namesOf(v.person); alike(sp.Mention.In(p.article.Text), names) || alike(sp.Name, names) {
			take(v.person, v.read)
		}
	}
	for _, v := range order {
		take(v.person, v.read)
	}
	for _, s := range p.Speakers {
		for _, name := range p.namesOf(s.Person) {
			for _, at := range p.folded.all(p.article.Text, name) {
				if i := readAt(r, at); i >= 0 {
					take(s.Person, i)
				}
			}
		}
	}
	for _, v := range order {
		if !taken[v.read] {
			out[v.person], taken[v.read] = append(out[v.person], v.read), true
		}
	}
	return out
}

// namesOf lists the words of the page for a person: names, then what stands by
// the quotations.
func (p *workPage) namesOf(id string) []string {
	var out []string
	if s := p.speaker(id); s != nil {
		out = append(out, s.Names...)
	}
	for qi := range p.Said {
		if q := &p.Said[qi]; q.Speaker == id && q.Source != "" && len(strings.Fields(q.Source)) > 1 {
			out = append(out, q.Source)
		}
	}
	return out
}

// people enters who speaks on a page.
func (w *analyst) people(p *workPage) error {
	r, err := w.book.Reading(w.ctx, p.Key)
	if err != nil {
		return err
	}
	ofQuote, _ := p.match(r)
	read := p.recognize(r, ofQuote)
	places := map[string][]recount.Span{} // of the people who are entered
	owner := map[int]string{}
	for id, is := range read {
		for _, i := range is {
			owner[i] = id
			places[id] = append(places[id], r.Speakers[i].Mention)
		}
	}
	for i := range p.Speakers {
		s := &p.Speakers[i]
		if !p.enters(s.Person) {
			continue
		}
		if is := read[s.Person]; len(is) > 0 {
			err = w.accept(p, s, r, is)
		} else {
			err = w.enterSpeaker(p, s, r, places, owner)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// accept takes a read speaker, and corrects the name, the kind and the gender
// where they are wrong.
func (w *analyst) accept(p *workPage, s *speaker, r *recount.Reading, read []int) error {
	sp := &r.Speakers[read[0]]
	at, err := w.book.Anchor(w.ctx, p.Key, sp.Mention)
	if err != nil {
		return err
	}
	ref := recount.SpeakerRef{At: at, Name: sp.Name, Kind: sp.Kind, Gender: sp.Gender}
	var wrong []string
	if names := p.namesOf(s.Person); !alike(sp.Name, names) && len(names) > 0 {
		ref.Name, wrong = names[0], append(wrong, "name")
	}
	if kind := recount.SpeakerKind(s.Kind); kind != sp.Kind {
		ref.Kind, wrong = kind, append(wrong, "kind")
	}
	if g := w.gender(s); g != sp.Gender && !(sp.Gender == recount.NoGender && g == recount.UnknownGender) {
		ref.Gender, wrong = g, append(wrong, "gender")
	}
	w.met[[2]string{p.ID, s.Person}] = &met{ref: ref, read: read}
	body := recount.SpeakerBody{Answer: recount.Accepted, Speaker: ref}
	for _, i := range read[1:] {
		also, err := w.book.Anchor(w.ctx, p.Key, r.Speakers[i].Mention)
		if err != nil {
			return err
		}
		body.Mentions, wrong = append(body.Mentions, also), append(wrong, "read twice")
	}
	if len(wrong) == 0 {
		w.tally.add("speaker", accepted, false, 1) // by the answers that name it
		return nil
	}
	return w.one("speaker", corrected, body, "corrected: "+strings.Join(wrong, ", "))
}

// gender is what the texts together show of a person; bodies have none.
func (w *analyst) gender(s *speaker) recount.Gender {
	switch recount.SpeakerKind(s.Kind) {
	case recount.Document, recount.Organisation:
		return recount.NoGender
	}
	return recount.Gender(w.truth.person(s.Person).Gender)
}

// enterSpeaker types in a person whom the program did not find, at the first
// place that names him or her and nobody else.
func (w *analyst) enterSpeaker(p *workPage, s *speaker, r *recount.Reading, places map[string][]recount.Span, owner map[int]string) error {
	names := p.namesOf(s.Person)
	for qi := range p.Said {
		// A place that names nobody else is found in the end: the words that
		// are said.
		if at := p.at[qi]; p.Said[qi].Speaker == s.Person && at != nil {
			names = append(names, at[0].In(p.article.Text))
		}
	}
	claimed := func(at recount.Span) bool {
		for id, taken := range places {
			if id != s.Person && slices.ContainsFunc(taken, at.Overlaps) {
				return true
			}
		}
		return false
	}
	ofAnother := func(at recount.Span) bool { i := readAt(r, at); return i >= 0 && owner[i] != s.Person }
	var chosen *recount.Span
	for _, free := range []func(at recount.Span) bool{
		func(at recount.Span) bool { return !claimed(at) && !ofAnother(at) },
		func(at recount.Span) bool { return !claimed(at) },
		func(at recount.Span) bool { return true },
	} {
		for _, name := range names {
			for _, at := range p.folded.all(p.article.Text, name) {
				if chosen == nil && free(at) && !slices.ContainsFunc(places[s.Person], func(x recount.Span) bool { return x == at }) {
					chosen = &at
				}
			}
		}
	}
	if chosen == nil {
		return nil // named in what the extraction left out; listed at the end
	}
	at, err := w.book.Anchor(w.ctx, p.Key, *chosen)
	if err != nil {
		return err
	}
	name := "not named"
	if own := p.namesOf(s.Person); len(own) > 0 {
		name = own[0]
	}
	ref := recount.SpeakerRef{At: at, Name: name, Kind: recount.SpeakerKind(s.Kind), Gender: w.gender(s)}
	apart := claimed(*chosen) || ofAnother(*chosen)
	places[s.Person] = append(places[s.Person], *chosen)
	w.met[[2]string{p.ID, s.Person}] = &met{ref: ref}
	reason := "the program found nobody there"
	if apart {
		reason = "another than the one whom the program read there"
	}
	return w.one("speaker", typed, recount.SpeakerBody{Answer: recount.Accepted, Speaker: ref, Apart: apart, Typed: true}, reason)
}

// aside sets passages of other stories aside where the program did not, and
// brings back those that belong here.
func (w *analyst) aside(p *workPage) error {
	r, err := w.book.Reading(w.ctx, p.Key)
	if err != nil {
		return err
	}
	var other []recount.Span
	for _, words := range p.Aside {
		if sp, _, ok := p.folded.find(words, 0); ok {
			other = append(other, sp)
		}
	}
	for _, x := range r.Sentences {
		apart := overlapping([]recount.Span{x.Span}, other)
		role := recount.Role(recount.Body)
		how := rejected
		if apart {
			role, how = recount.OffTopic, typed
		}
		if (x.Role == recount.OffTopic) == apart || x.Role != recount.OffTopic && x.Role != recount.Body {
			continue
		}
		at, err := w.book.Anchor(w.ctx, p.Key, x.Span)
		if err != nil {
			return err
		}
		if err := w.one("aside", how, recount.RoleBody{At: at, Role: role}, "read in the page"); err != nil {
			return err
		}
	}
	return nil
}

// right is the share of a statement's words, in thousandths, from which a
// person would leave its bounds alone.
const right = 900

// statements accepts, corrects, types in and rejects.
func (w *analyst) statements(p *workPage) error {
	r, err := w.book.Reading(w.ctx, p.Key)
	if err != nil {
		return err
	}
	ofQuote, ofRead := p.match(r)
	taken := map[string]bool{} // places that were answered for
	if p.first {
		for si := range r.Statements {
			st := &r.Statements[si]
			if _, used := ofRead[si]; used || !st.Speech || slices.ContainsFunc(r.Sentences, func(x recount.Sentence) bool {
				return x.Role == recount.OffTopic && x.Span.Overlaps(st.Content[0])
			}) {
				continue
			}
			at, err := w.book.Anchor(w.ctx, p.Key, st.Content...)
			if err != nil {
				return err
			}
			if place := placeOf(at); !taken[place] {
				taken[place] = true
				body := recount.StatementBody{Answer: recount.Rejected, At: at, Type: st.Type}
				if i := slices.IndexFunc(r.Speakers, func(s recount.Speaker) bool { return s.ID == st.Speaker }); i >= 0 {
					ref, err := w.readRef(p, r, i)
					if err != nil {
						return err
					}
					body.Speaker = &ref
				}
				if err := w.one("statement", rejected, body, "not a statement, or not as it stands"); err != nil {
					return err
				}
			}
		}
	}
	rest := map[string][]casebook.Draft{} // what is right as it stands, by person
	for qi := range p.Said {
		q := &p.Said[qi]
		at := p.at[qi]
		if at == nil || !p.first && !p.needs[qi] {
			continue
		}
		h, body, wrong := typed, recount.StatementBody{Answer: recount.Accepted, Type: recount.QuotationType(q.Type), Typed: true}, []string{"typed in"}
		m := w.met[[2]string{p.ID, q.Speaker}]
		if m != nil {
			body.Speaker = &m.ref
		}
		if si, ok := ofQuote[qi]; ok {
			st := &r.Statements[si]
			body.Typed, wrong = false, nil
			if m == nil || !slices.ContainsFunc(m.read, func(i int) bool { return r.Speakers[i].ID == st.Speaker }) {
				wrong = append(wrong, "speaker")
			}
			if string(st.Type) != q.Type {
				wrong = append(wrong, "type")
			}
			if !st.Speech {
				wrong = append(wrong, "speech")
			}
			if overlap(at, st.Content) < right {
				was, err := w.book.Anchor(w.ctx, p.Key, st.Content...)
				if err != nil {
					return err
				}
				body.Instead, wrong = []recount.Anchor{was}, append(wrong, "words")
			} else {
				at = st.Content
			}
			h = corrected
			if len(wrong) == 0 {
				h = accepted
			}
		}
		if body.At, err = w.book.Anchor(w.ctx, p.Key, at...); err != nil {
			return err
		}
		place := placeOf(body.At)
		for _, id := range q.IDs {
			w.said[[2]string{p.ID, id}] = &spoken{body.At, body.Speaker}
		}
		if taken[place] {
			continue // the same words were taken for an earlier quotation
		}
		taken[place] = true
		codes := w.codes(p, q, body)
		reason := "as suggested"
		if len(wrong) > 0 {
			reason = strings.Join(wrong, ", ")
			if h == corrected {
				reason = "corrected: " + reason
			}
		}
		draft := casebook.Draft{Answer: body, Reason: reason}
		if h == accepted && len(codes) == 0 && !q.Aside {
			rest[q.Speaker] = append(rest[q.Speaker], draft)
			continue
		}
		if err := w.do(act{what: "statement", how: h, drafts: append([]casebook.Draft{draft}, codes...)}); err != nil {
			return err
		}
	}
	for _, s := range p.Speakers {
		// In one go, if nothing else of the speaker is left on the page.
		if drafts := rest[s.Person]; p.first && len(drafts) > 1 {
			if err := w.do(act{what: "statement", how: accepted, group: true, drafts: drafts}); err != nil {
				return err
			}
			continue
		}
		for _, d := range rest[s.Person] {
			if err := w.do(act{what: "statement", how: accepted, drafts: []casebook.Draft{d}}); err != nil {
				return err
			}
		}
	}
	return nil
}

// readRef names a read speaker as he or she was read, or as people decided.
func (w *analyst) readRef(p *workPage, r *recount.Reading, i int) (recount.SpeakerRef, error) {
	for _, m := range w.met {
		if slices.Contains(m.read, i) && m.ref.At.Page == p.article.Page() && m.ref.At.Part == p.article.Part {
			return m.ref, nil
		}
	}
	sp := &r.Speakers[i]
	at, err := w.book.Anchor(w.ctx, p.Key, sp.Mention)
	return recount.SpeakerRef{At: at, Name: sp.Name, Kind: sp.Kind, Gender: sp.Gender}, err
}

// codes are the reasons that a statement supports, and those that were
// withdrawn.
func (w *analyst) codes(p *workPage, q *quotation, of recount.StatementBody) (out []casebook.Draft) {
	who := w.truth.person(q.Speaker)
	if of.Speaker == nil || !who.Counts {
		return nil
	}
	give := func(rs []reason, answer recount.YesNo, why string) {
		for _, r := range rs {
			if slices.ContainsFunc(r.Evidence, func(e [2]string) bool { return e[0] == p.ID && slices.Contains(q.IDs, e[1]) }) {
				out = append(out, casebook.Draft{Answer: recount.CodeBody{Code: r.Code, At: of.At, Speaker: *of.Speaker, Answer: answer}, Reason: why})
			}
		}
	}
	give(who.Reasons, recount.Yes, "")
	give(who.Withdrawn, recount.No, "withdrawn by a later page")
	return out
}

func placeOf(a recount.Anchor) string {
	var b strings.Builder
	b.WriteString(a.Page + "\x00" + a.Part)
	for _, s := range a.Spans {
		fmt.Fprintf(&b, "\x00%d-%d", s[0], s[1])
	}
	return b.String()
}

// scope decides who counts. Whoever is not named, or is left out by one
// criterion, is answered criterion by criterion; everybody else on a page that
// was read to the end does not count, in one answer.
func (w *analyst) scope(p *workPage) error {
	for _, s := range p.Speakers {
		m := w.met[[2]string{p.ID, s.Person}]
		who := w.truth.person(s.Person)
		if m == nil {
			continue
		}
		var err error
		switch {
		case who.Counts && recount.SpeakerKind(s.Kind) == recount.Named:
			err = w.one("scope", typed, recount.ScopeBody{Speaker: m.ref, Answer: recount.Yes, Criteria: map[string]string{}}, "left, and speaks about it")
		case who.Counts:
			err = w.meets(p, m, s.Person, w.criteria, nil, "left, and speaks about it")
		case who.Why != "" && who.Left:
			last := len(w.criteria) - 1
			err = w.meets(p, m, s.Person, w.criteria[:last], w.criteria[last:], who.Why)
		case who.Why != "":
			err = w.meets(p, m, s.Person, nil, []string{"left"}, who.Why)
		case !p.first:
			err = w.one("scope", typed, recount.ScopeBody{Speaker: m.ref, Answer: recount.No, Criteria: map[string]string{}}, "nobody whom the study asks for")
		}
		if err != nil {
			return err
		}
	}
	if !p.first {
		return nil
	}
	if err := w.flush(); err != nil {
		return err
	}
	everybody := act{what: "scope", how: typed, group: true}
	for v, err := range w.book.Voices(w.ctx, casebook.Filter{Page: p.Key}) {
		if err != nil {
			return err
		}
		if v.Scope != "" || v.Rejected {
			continue
		}
		ref, err := w.book.Ref(w.ctx, v)
		if err != nil {
			return err
		}
		everybody.drafts = append(everybody.drafts, casebook.Draft{Answer: recount.ScopeBody{Speaker: ref, Answer: recount.No, Criteria: map[string]string{}}, Reason: "nobody whom the study asks for"})
	}
	return w.do(everybody)
}

// meets answers criteria one by one, with the words that the person says.
func (w *analyst) meets(p *workPage, m *met, id string, yes, no []string, why string) error {
	var evidence *recount.Anchor
	for qi := range p.Said {
		if at := p.at[qi]; p.Said[qi].Speaker == id && at != nil && evidence == nil && len(no) == 0 {
			an, err := w.book.Anchor(w.ctx, p.Key, at[0])
			if err != nil {
				return err
			}
			evidence = &an
		}
	}
	a := act{what: "criterion", how: typed}
	for i, names := range [][]string{yes, no} {
		for _, name := range names {
			a.drafts = append(a.drafts, casebook.Draft{Answer: recount.CriterionBody{Speaker: m.ref, Criterion: name, Answer: []recount.YesNo{recount.Yes, recount.No}[i], Evidence: evidence}, Reason: why})
		}
	}
	return w.do(a)
}
