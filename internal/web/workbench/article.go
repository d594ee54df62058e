package workbench

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/figures"
)

// A sheet is one article with all that is known of it, while an answer is
// made of it.
type sheet struct {
	page    casebook.Page
	article *recount.Article
	reading *recount.Reading
	voices  []*casebook.Voice
	points  *recount.CodePoints
	on      []casebook.Placed            // live decisions with a place here
	said    map[string][]casebook.Placed // answers about statements, by place
	coded   map[string][]casebook.Placed // answers about codes, by place
	byKey   map[recount.Key]*recount.Statement
	days    map[string]string // of older texts in which alone accepted words stand, by their hash
}

func placeOf(spans []recount.Span) string {
	var b strings.Builder
	for _, s := range spans {
		fmt.Fprintf(&b, "%d-%d ", s.Start, s.End)
	}
	return b.String()
}

// placeOfOld names a place in an older text.
func placeOfOld(an *recount.Anchor) string { return fmt.Sprint(an.Text, an.Spans) }

// placeIn names the place of the first words of an answer.
func placeIn(d *casebook.Placed) string {
	if d.At[0].Found == casebook.InOlder {
		return placeOfOld(d.Answer.Anchors()[0])
	}
	return placeOf(d.At[0].Spans)
}

func (s *Server) sheet(ctx context.Context, book *casebook.Casebook, key recount.Key) (*sheet, error) {
	p, ok := book.Page(key)
	if !ok {
		return nil, recount.WithHint(fmt.Errorf("article %.12s: %w", key, recount.ErrNotFound), "the list of articles shows those of the study; a page that was captured again has another key")
	}
	x := &sheet{page: p, said: map[string][]casebook.Placed{}, coded: map[string][]casebook.Placed{}, byKey: map[recount.Key]*recount.Statement{}, days: map[string]string{}}
	var err error
	if x.article, err = book.Article(ctx, key); err != nil {
		return nil, err
	}
	if x.reading, err = book.Reading(ctx, key); err != nil {
		return nil, err
	}
	x.points = recount.NewCodePoints(x.article.Text)
	for v, err := range book.Voices(ctx, casebook.Filter{All: true, Page: key}) {
		if err != nil {
			return nil, err
		}
		x.voices = append(x.voices, v)
		for i := range v.Utterances {
			old := v.Utterances[i].Old
			if old == nil || x.days[old.Text] != "" {
				continue
			}
			if x.days[old.Text], err = s.dayOf(ctx, &x.page, old.Text); err != nil {
				return nil, err
			}
		}
	}
	x.on = book.On(key)
	for _, d := range x.on {
		switch d.Answer.Kind() {
		case recount.KindStatement:
			x.said[placeIn(&d)] = append(x.said[placeIn(&d)], d)
		case recount.KindCode, recount.KindPassage:
			x.coded[placeIn(&d)] = append(x.coded[placeIn(&d)], d)
		}
	}
	for i := range x.reading.Statements {
		x.byKey[x.reading.Statements[i].Key] = &x.reading.Statements[i]
	}
	return x, nil
}

func (x *sheet) span(s recount.Span) span { return x.points.Points(s) }

func (x *sheet) spans(ss []recount.Span) []span {
	out := []span{}
	for _, s := range ss {
		if s.Within(x.article.Text) {
			out = append(out, x.span(s))
		}
	}
	return out
}

// sentenceAt returns the sentence that holds a place.
func (x *sheet) sentenceAt(at recount.Span) (recount.Span, bool) {
	for _, s := range x.reading.Sentences {
		if s.Span.Overlaps(at) && s.Span.Within(x.article.Text) {
			return s.Span, true
		}
	}
	return recount.Span{}, false
}

func oneLine(s string, most int) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// article shows one article with its speakers and what is open.
func (s *Server) article(ctx context.Context, book *casebook.Casebook, key recount.Key) (*article, error) {
	x, err := s.sheet(ctx, book, key)
	if err != nil {
		return nil, err
	}
	out := &article{Text: x.article.Text, Blocks: x.blocks(), Speakers: []speaker{}, Figures: []figureSpot{}, Memos: s.memosOn(book, x), Queue: []queueItem{}, Version: book.Version()}
	for _, v := range x.voices {
		sp, err := s.speaker(ctx, book, x, v)
		if err != nil {
			return nil, err
		}
		q := s.queueOf(book, x, v, &sp)
		sp.Open = len(q)
		out.Queue = append(out.Queue, q...)
		out.Speakers = append(out.Speakers, sp)
	}
	out.Row = s.rowOf(book, x.page, out)
	found, err := book.Figures(ctx, key)
	if err != nil {
		return nil, err
	}
	holds := map[recount.Span]bool{}
	for _, d := range x.on {
		if d.Answer.Kind() == recount.KindFigure && d.Answer.Says() == recount.Accepted {
			holds[d.At[0].At()] = true
		}
	}
	for i := range found {
		if found[i].Span.Within(x.article.Text) {
			spot := x.figure(found, i)
			spot.Holds = holds[found[i].Span]
			out.Figures = append(out.Figures, spot)
		}
	}
	out.Tabs.Figures = len(out.Figures)
	out.Tabs.History = len(x.on)
	out.Tabs.Versions = len(x.page.Older)
	if x.article.DateFlag != "" {
		out.Tabs.Dates = max(1, len(x.article.Dates))
	}
	if len(x.page.Original.Members) > 1 {
		out.Tabs.Origins = len(x.reading.Sentences)
	}
	order := book.Dated()
	out.Of = len(order)
	at := slices.Index(order, key)
	out.Position = at + 1
	reads := book.Reads
	for i := at - 1; i >= 0; i-- {
		if reads(order[i]) {
			out.Previous = string(order[i])
			break
		}
	}
	for i := at + 1; i < len(order); i++ {
		if reads(order[i]) {
			out.NextKey = string(order[i])
			break
		}
	}
	return out, nil
}

// figure shows figure i of the article; as its whole only what the article states.
func (x *sheet) figure(all []recount.ReportedFigure, i int) figureSpot {
	f := &all[i]
	out := figureSpot{Key: string(f.Key), Span: x.span(f.Span), Words: f.Span.In(x.article.Text), Kind: string(f.Kind), Quantity: f.Unit}
	switch {
	case f.Value != nil:
		out.Value = f.Value.String()
	case f.Low != nil && f.High != nil:
		out.Value = f.Low.String() + "–" + f.High.String()
	}
	for i := range x.reading.Speakers {
		if x.reading.Speakers[i].ID == f.SaidBy {
			out.SaidBy = x.reading.Speakers[i].Name
		}
	}
	if figures.WholeStated(x.article.Text, all, i) {
		out.Of = all[f.Of].Span.In(x.article.Text)
	}
	return out
}

func (x *sheet) blocks() []block {
	out := []block{}
	first := true
	for _, b := range shown(x.article) {
		o := block{Span: x.span(b.Span), Kind: "paragraph"}
		switch b.Role {
		case recount.Headline:
			o.Kind = "headline"
		case recount.Subhead:
			o.Kind = "subhead"
		case recount.Caption:
			o.Kind = "caption"
		case recount.Byline, recount.Dateline:
			o.Kind = "byline"
		case recount.PullQuote:
			o.Kind = "quote"
		case recount.Related, recount.Comment:
			o.Aside = "boilerplate"
		case recount.Body:
			if first {
				o.Kind, first = "lead", false
			}
			if strings.Contains(b.Path, "/li[") {
				o.Kind = "list"
			}
		}
		set, all, back := 0, 0, 0
		for _, sen := range x.reading.Sentences {
			if sen.Span.Overlaps(b.Span) {
				all += sen.Span.Len()
				switch {
				case sen.Role == recount.OffTopic:
					set += sen.Span.Len()
				case sen.Reason == casebook.DecidedRole:
					back += sen.Span.Len()
				}
			}
		}
		switch {
		case all > 0 && 2*set > all:
			o.Aside = "another story"
		case all > 0 && 2*back > all:
			o.Aside = "" // a person brought it back
		}
		out = append(out, o)
	}
	return out
}

// shown lists the blocks of an article; of one without blocks all of it.
func shown(a *recount.Article) (out []recount.Block) {
	for _, b := range a.Blocks {
		if b.Span.Within(a.Text) {
			out = append(out, b)
		}
	}
	if len(out) == 0 && a.Text != "" {
		out = append(out, recount.Block{Span: recount.Span{End: len(a.Text)}, Role: recount.Body})
	}
	return out
}

// speaker shows one speaker of an article.
func (s *Server) speaker(ctx context.Context, book *casebook.Casebook, x *sheet, v *casebook.Voice) (speaker, error) {
	st, err := s.stated(ctx, x)
	if err != nil {
		return speaker{}, err
	}
	out := speaker{Key: string(v.ID), Name: v.Name, Kind: string(v.Kind), Gender: string(v.Gender), Class: cmp.Or(st.class[v.ID], classOf(v.Kind)), Spans: x.spans(v.Spans), Scope: string(v.Scope),
		Criteria: map[string]string{}, Typed: v.Typed, Silent: v.Silent, Same: []sameAs{}, Statements: []statement{}, Values: []value{}, Conflicts: []conflict{}, Given: givenBy(v.Given())}
	s.names[v.ID] = v.Name
	for k, a := range v.Criteria {
		out.Criteria[k] = string(a)
	}
	if sen, ok := x.sentenceAt(v.At); ok {
		out.Described = oneLine(sen.In(x.article.Text), 160)
	}
	if v.Rejected {
		out.Scope = "nobody"
	}
	given := v.Given()
	for _, d := range given {
		if d.Answer.Says() != given[0].Answer.Says() && !settledBy(book, given) {
			out.Scope = "disputed"
		}
	}
	if out.Scope == "disputed" {
		for _, d := range given {
			out.Conflicts = append(out.Conflicts, conflict{d.Actor, d.Answer.Says()})
		}
	}
	var person recount.Case
	if v.Follows || v.Member != nil && v.Scope == recount.Yes {
		if p, ok := book.CaseOf(v.Key); ok {
			person, out.Person = p, &personRef{p.ID, p.Name()}
		}
	}
	for _, u := range v.Utterances {
		out.Statements = append(out.Statements, s.statement(book, x, &u))
	}
	s.values(st, x, v, person, &out)
	same, err := s.sameAs(ctx, book, x, v)
	out.Same = append(out.Same, same...)
	return out, err
}

// givenBy lists answers with who gave them, the oldest first.
func givenBy(lists ...[]casebook.Placed) []given {
	out := []given{}
	for _, d := range slices.Concat(lists...) {
		out = append(out, given{d.Actor, d.Time, string(d.Kind), d.Answer.Subject(), d.Answer.Says(), d.Round})
	}
	slices.SortStableFunc(out, func(a, b given) int { return strings.Compare(a.Time, b.Time) })
	return out
}

func settledBy(book *casebook.Casebook, ds []casebook.Placed) bool {
	return slices.ContainsFunc(ds, func(d casebook.Placed) bool { return book.Log().Adjudicator(d.Actor) })
}

func (s *Server) statement(book *casebook.Casebook, x *sheet, u *casebook.Utterance) statement {
	place := placeOf(u.At)
	if u.Old != nil {
		place = placeOfOld(u.Old)
	}
	answers := x.said[place]
	out := statement{Key: string(u.Key), Spans: x.spans(u.At), Words: strings.Join(u.Words(x.article.Text), " … "), Type: string(u.Type), Mode: string(cmp.Or(u.Mode, recount.Speech)),
		State: string(u.State), Aside: u.Aside, Typed: u.Typed, Codes: []codeGiven{}, Suggested: []codeProposed{}, Given: givenBy(answers, x.coded[place])}
	if u.Old != nil {
		out.Spans, out.Old = []span{}, x.days[u.Old.Text]
	}
	if d := book.Log().Find(u.Decision); d != nil && book.Log().Adjudicator(d.Actor) {
		out.State = "adjudicated"
	} else if u.State == "" && len(answers) > 1 {
		out.State = "disputed"
	}
	if r := x.byKey[u.Key]; r != nil {
		out.P = int(r.Confidence)
		out.Why = why(x.article.Text, r)
	}
	type tally struct{ yes, no []string }
	by := map[string]*tally{}
	for _, d := range x.coded[place] {
		code := d.Answer.Subject()
		t := by[code]
		if t == nil {
			t = &tally{}
			by[code] = t
		}
		if d.Answer.Says() == recount.Yes {
			t.yes = append(t.yes, d.Actor)
		} else {
			t.no = append(t.no, d.Actor)
		}
	}
	for _, code := range u.Codes {
		g := codeGiven{ID: code, State: recount.Yes}
		if t := by[code]; t != nil {
			g.By = strings.Join(t.yes, ", ")
			delete(by, code)
		}
		out.Codes = append(out.Codes, g)
	}
	for _, code := range slices.Sorted(maps.Keys(by)) {
		t := by[code]
		switch {
		case len(t.yes) > 0 && len(t.no) > 0:
			out.Codes = append(out.Codes, codeGiven{code, "disputed", strings.Join(append(t.yes, t.no...), ", ")})
		case len(t.no) > 0:
			out.Codes = append(out.Codes, codeGiven{code, recount.No, strings.Join(t.no, ", ")})
		}
	}
	out.Suggested = s.suggested(book, x.article.Language, out.Words, out.Codes)
	return out
}

// why says what a read statement rests on.
func why(text string, r *recount.Statement) string {
	cue := ""
	for _, c := range r.Cue {
		if c.Within(text) {
			cue = oneLine(c.In(text), 40)
			break
		}
	}
	marks := map[recount.QuotationType]string{recount.Direct: "quotation marks", recount.Mixed: "quotation marks around some of it", recount.Indirect: "reported words"}[r.Type]
	if cue != "" {
		return marks + ", “" + cue + "”"
	}
	return marks
}

// values lists what is recorded of a speaker, and the variables that nothing
// is recorded of.
func (s *Server) values(st *stated, x *sheet, v *casebook.Voice, person recount.Case, out *speaker) {
	cfg := s.study.Config()
	if cfg == nil {
		return
	}
	for _, name := range cfg.Names() {
		given := v.Values(name)
		seen := map[string]bool{}
		for _, d := range given {
			b, ok := d.Answer.(recount.ValueBody)
			if !ok || seen[b.Value] {
				continue
			}
			seen[b.Value] = true
			val := value{Variable: name, Value: b.Value, State: "accepted", Given: givenBy(given)}
			if v.Member != nil && !slices.ContainsFunc(v.Member.Values, func(m recount.Value) bool { return m.Variable == name && m.Value == b.Value }) {
				val.State = "disputed"
			}
			if len(d.At) > 1 && d.At[1].Article() == x.page.Key && d.At[1].At().Within(x.article.Text) {
				at := x.span(d.At[1].At())
				val.Span = &at
				if sen, ok := x.sentenceAt(d.At[1].At()); ok {
					val.Sentence = oneLine(sen.In(x.article.Text), 300)
				}
			} else if b.Evidence != nil {
				val.Sentence = strings.Join(b.Evidence.Exact, " … ")
			}
			out.Values = append(out.Values, val)
		}
		if len(given) == 0 && v.Member != nil {
			known := slices.ContainsFunc(person.Members, func(m recount.Member) bool {
				return slices.ContainsFunc(m.Values, func(a recount.Value) bool { return a.Variable == name })
			})
			if !known {
				out.Values = append(out.Values, st.proposed(x, v, name))
			}
		}
	}
}

// sameAs lists the likeliest pairs of a speaker with others.
func (s *Server) sameAs(ctx context.Context, book *casebook.Casebook, x *sheet, v *casebook.Voice) (out []sameAs, err error) {
	const most, least = 3, 200
	for _, i := range s.same[v.ID] {
		g := &s.suggestions[i]
		if g.Probability < least || len(out) == most {
			break
		}
		other := g.A
		if other == v.ID {
			other = g.B
		}
		p, ok := book.Page(book.Keyed(other))
		if !ok || p.Key == x.page.Key || p.Original.Key == x.page.Original.Key && !p.First {
			continue
		}
		name, err := s.nameOf(ctx, book, other)
		if err != nil {
			return nil, err
		}
		o := sameAs{Key: string(other), Name: name, Outlet: p.Outlet, Date: p.When(), Article: string(p.Key), P: int(g.Probability)}
		if w := book.Known(other); w != nil {
			if w == v.Speaker {
				continue
			}
			o.State = book.AnswerTo(v.Key, w.Key)
		}
		out = append(out, o)
	}
	return out, nil
}

// nameOf returns the name of a speaker by the key of lists.
func (s *Server) nameOf(ctx context.Context, book *casebook.Casebook, key recount.Key) (string, error) {
	if n, ok := s.names[key]; ok {
		return n, nil
	}
	for v, err := range book.Voices(ctx, casebook.Filter{All: true, Page: book.Keyed(key)}) {
		if err != nil {
			return "", err
		}
		s.names[v.ID] = v.Name
	}
	return s.names[key], nil
}

// queueOf lists what is open about a speaker, in reading order: whether he or
// she counts; then each statement; the values; a code.
func (s *Server) queueOf(book *casebook.Casebook, x *sheet, v *casebook.Voice, sp *speaker) []queueItem {
	var out []queueItem
	if book.Unanswered(v) || sp.Scope == "disputed" || v.Scope == "" && !v.Rejected && v.Typed && !v.Silent {
		out = append(out, queueItem{Item: "speaker", Key: sp.Key, Speaker: sp.Key})
	}
	if v.Scope != recount.Yes && v.Scope != recount.Unclear && !v.Follows || v.Rejected {
		return out
	}
	accepted := ""
	for i := range sp.Statements {
		st := &sp.Statements[i]
		if (st.State == "" || st.State == "disputed") && st.Mode == string(recount.Speech) && !st.Aside {
			out = append(out, queueItem{Item: "statement", Key: st.Key, Speaker: sp.Key})
		}
		if accepted == "" && (st.State == recount.Accepted || st.State == "adjudicated") && st.Mode == string(recount.Speech) {
			accepted = st.Key
		}
	}
	for _, val := range sp.Values {
		if val.State == "" || val.State == "suggested" || val.State == "disputed" {
			out = append(out, queueItem{Item: "value", Key: val.Variable, Speaker: sp.Key})
		}
	}
	codes := s.study.Codebook()
	if len(codes.Codes) == 0 || v.Member == nil {
		return out
	}
	if codes.Unit == "case" {
		person, _ := book.CaseOf(v.Key)
		coded := len(v.Member.Codes) > 0 || slices.ContainsFunc(person.Members, func(m recount.Member) bool { return len(m.Codes) > 0 })
		if accepted != "" && !coded {
			out = append(out, queueItem{Item: "code", Key: accepted, Speaker: sp.Key})
		}
		return out
	}
	for i := range sp.Statements {
		st := &sp.Statements[i]
		if (st.State == recount.Accepted || st.State == "adjudicated") && len(st.Codes) == 0 && st.Mode == string(recount.Speech) {
			out = append(out, queueItem{Item: "code", Key: st.Key, Speaker: sp.Key})
		}
	}
	return out
}

// rowOf is the line of a list about an article whose speakers are known.
func (s *Server) rowOf(book *casebook.Casebook, p casebook.Page, a *article) articleRow {
	r := s.bareRow(book, p)
	r.Open = len(a.Queue)
	for i := range a.Speakers {
		sp := &a.Speakers[i]
		n := 0
		for _, st := range sp.Statements {
			if st.State != recount.Rejected {
				n++
			}
		}
		r.Statements += n
		if n > 0 || sp.Typed || sp.Scope != "" {
			r.Speakers++
		}
		if sp.Scope == recount.Yes {
			r.People++
		}
	}
	s.rows[p.Key] = r
	return r
}

// bareRow is what is known of an article without its speakers.
func (s *Server) bareRow(book *casebook.Casebook, p casebook.Page) articleRow {
	r := articleRow{Key: string(p.Key), Outlet: p.Outlet, Date: p.When(), Title: p.Title, Byline: p.Byline, Language: p.Language, DateFlag: p.DateFlag,
		Screened: string(p.Screened), Reprints: max(0, len(p.Original.Members)-1), Words: (p.Size + 5) / 6}
	if p.Published == "" {
		r.DateFlag = cmp.Or(r.DateFlag, "no date found")
	}
	r.DateDoubtful = r.DateFlag != ""
	r.Care = p.Care()
	r.Again = againOn(book, p.Key)
	r.MaybeReprint = s.maybeReprint(book)[p.Key]
	if !p.First {
		r.ReprintOf = string(cmp.Or(p.Original.First, p.Original.Key))
	}
	r.Read = len(book.Answers(recount.KindRead, p.Article.Page())) > 0
	r.Assigned = strings.Join(s.assigned(book)[p.Article.Page()+"\x00"+p.Part], ", ")
	return r
}

// maybeReprint says which pages may be reprints, for a person to say.
func (s *Server) maybeReprint(book *casebook.Casebook) map[recount.Key]bool {
	if s.maybe != nil {
		return s.maybe
	}
	s.maybe = map[recount.Key]bool{}
	for _, x := range book.MaybeReprints() {
		s.maybe[x.Page] = true
	}
	return s.maybe
}

// assigned lists who codes which page.
func (s *Server) assigned(book *casebook.Casebook) map[string][]string {
	if s.assign != nil {
		return s.assign
	}
	out := map[string][]string{}
	s.assign = out
	for _, b := range casebook.Settled[recount.AssignBody](book.View, recount.KindAssign) {
		if b.Answer == recount.Yes {
			k := b.Page + "\x00" + b.Part
			out[k] = append(out[k], b.Coder)
		}
	}
	return out
}

// row is the line of a list about an article.
func (s *Server) row(ctx context.Context, book *casebook.Casebook, key recount.Key) (articleRow, error) {
	if r, ok := s.rows[key]; ok {
		return r, nil
	}
	a, err := s.article(ctx, book, key)
	if err != nil {
		return articleRow{}, err
	}
	return a.Row, nil
}

// memosOn lists the memos and notes about an article and places on it.
func (s *Server) memosOn(book *casebook.Casebook, x *sheet) []memo {
	name, part := x.page.Article.Page(), x.page.Part
	holding := func(k recount.Kind) []casebook.Placed { return book.HoldingOn(k, x.page.Key) }
	return s.memos(book, holding, func(t recount.Topic) bool { return t.Page == name && (t.Part == "" || t.Part == part) }, x)
}

func (s *Server) memos(book *casebook.Casebook, holding func(recount.Kind) []casebook.Placed, about func(recount.Topic) bool, x *sheet) []memo {
	out := []memo{}
	add := func(d casebook.Placed, kind, text, state string, on recount.Topic) {
		if !about(on) {
			return
		}
		m := memo{ID: d.ID, Kind: kind, Actor: d.Actor, Time: d.Time, Text: text, State: state, On: topic{Code: on.Code, Result: on.Name}}
		if p, ok := book.PageNamed(on.Page, on.Part); ok && on.Page != "" {
			m.On.Article = string(p.Key)
		}
		if on.At != nil && len(d.At) > 0 && x != nil && d.At[0].At().Within(x.article.Text) {
			at := x.span(d.At[0].At())
			m.On.Span = &at
		}
		out = append(out, m)
	}
	for _, d := range holding(recount.KindMemo) {
		b := d.Answer.(recount.MemoBody)
		add(d, "memo", b.Text, "", b.On)
	}
	done := map[string]bool{}
	notes := holding(recount.KindNote)
	for _, d := range notes {
		if b := d.Answer.(recount.NoteBody); b.State == recount.DoneNote {
			done[d.Answer.Subject()] = true
		}
	}
	seen := map[string]bool{}
	for _, d := range notes {
		b := d.Answer.(recount.NoteBody)
		if seen[d.Answer.Subject()] {
			continue
		}
		seen[d.Answer.Subject()] = true
		state := string(recount.OpenNote)
		if done[d.Answer.Subject()] {
			state = string(recount.DoneNote)
		}
		add(d, "note", b.Text, state, b.On)
	}
	slices.SortStableFunc(out, func(a, b memo) int { return cmp.Or(strings.Compare(a.Time, b.Time), strings.Compare(a.ID, b.ID)) })
	return out
}
