package workbench

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/count"
	"recount/internal/study"
)

// speakers lists speakers to triage, by what the program thinks they are.
func (s *Server) speakers(c *call) (any, error) {
	scope, class := cmp.Or(c.query("scope"), "open"), c.query("class")
	if !slices.Contains([]string{"open", recount.Yes, recount.No, recount.Unclear, "disputed"}, scope) {
		return nil, bad("scope", "it is open, yes, no, unclear or disputed", "no answer named %q", scope)
	}
	out := triage{Groups: []triageGroup{}, Items: []triaged{}}
	by := map[string]*triageGroup{}
	fits := func(answer recount.YesNo, asked bool) bool {
		if scope == "open" {
			return asked
		}
		return string(answer) == scope || scope == "disputed" && answer == recount.Unclear
	}
	here, ofKind := map[recount.Key]int{}, map[recount.Key]int{}
	order := c.book.Dated()
	for _, k := range order {
		c.book.Whose(k, func(kind recount.SpeakerKind, answer recount.YesNo, asked bool) {
			g := by[classOf(kind)]
			if g == nil {
				g = &triageGroup{Class: classOf(kind)}
				by[classOf(kind)] = g
			}
			g.Count++
			if asked {
				g.Open++
			}
			if !fits(answer, asked) {
				return
			}
			here[k]++
			if class == "" || class == classOf(kind) {
				ofKind[k]++
				out.Total++
			}
		})
	}
	// Where few pages are asked about, their words say what each speaker is.
	const few = 150
	if len(here) > few {
		here = ofKind
	} else {
		clear(by)
		out.Total = 0
		for _, k := range order {
			if here[k] == 0 {
				continue
			}
			asked, err := s.askedOn(c, k)
			if err != nil {
				return nil, err
			}
			here[k] = 0
			for _, x := range asked {
				if scope == "open" && !x.open || scope != "open" && x.Scope != scope {
					continue
				}
				g := by[x.Class]
				if g == nil {
					g = &triageGroup{Class: x.Class}
					by[x.Class] = g
				}
				g.Count++
				if x.open {
					g.Open++
				}
				if class == "" || class == x.Class {
					here[k]++
					out.Total++
				}
			}
		}
	}
	for _, x := range classes {
		if g := by[x]; g != nil {
			g.Label = x
			out.Groups = append(out.Groups, *g)
		}
	}
	most := limit(c, 60, 500)
	skipping := c.query("after") != ""
	for _, k := range order {
		if skipping {
			skipping = string(k) != c.query("after")
			continue
		}
		if here[k] == 0 {
			continue
		}
		asked, err := s.askedOn(c, k)
		if err != nil {
			return nil, err
		}
		for _, x := range asked {
			if class != "" && x.Class != class || scope == "open" && !x.open || scope != "open" && x.Scope != scope {
				continue
			}
			out.Items = append(out.Items, x.triaged)
		}
		if len(out.Items) >= most {
			out.Next = string(k)
			break
		}
	}
	if out.Next != "" && !slices.ContainsFunc(order[slices.Index(order, recount.Key(out.Next))+1:], func(k recount.Key) bool { return here[k] > 0 }) {
		out.Next = ""
	}
	return out, nil
}

// An asked speaker is one who may be asked about.
type asked struct {
	triaged
	open bool
}

// askedOn lists the speakers of an article with whether each is open. They are
// kept for one answer.
func (s *Server) askedOn(c *call, k recount.Key) ([]asked, error) {
	if out, ok := c.asked[k]; ok {
		return out, nil
	}
	a, err := s.article(c.ctx, c.book, k)
	if err != nil {
		return nil, err
	}
	var out []asked
	for _, sp := range a.Speakers {
		open := slices.ContainsFunc(a.Queue, func(q queueItem) bool { return q.Item == "speaker" && q.Key == sp.Key })
		out = append(out, asked{triaged{sp, a.Row}, open})
	}
	if c.asked == nil {
		c.asked = map[recount.Key][]asked{}
	}
	c.asked[k] = out
	return out, nil
}

// A person is one of the list, with what it is made of.
type person struct {
	personRow
	head    recount.Member
	members []recount.Member
}

// people lists the people as the counting rules see them, and the speakers of
// whom it is unclear whether they count.
func (s *Server) everybody(ctx context.Context, book *casebook.Casebook) ([]person, error) {
	if s.persons != nil {
		return s.persons, nil
	}
	counted, unclear, err := s.study.Persons(ctx)
	if err != nil {
		return nil, err
	}
	whole, err := book.PersonsByMember(ctx)
	if err != nil {
		return nil, err
	}
	s.persons = []person{}
	add := func(x count.Person, scope string) {
		k, safe := recount.Case{ID: x.ID, Members: x.Members}, whole[x.Members[0].Key]
		p := person{members: x.Members, head: *k.Head(), personRow: personRow{ID: x.ID, Name: k.Name(), Articles: x.Articles, Originals: x.Originals, Statements: x.Statements,
			Gender: x.Gender, Kind: x.Kind, Scope: scope, Counted: x.Counted && scope == recount.Yes, Values: x.Values, Codes: append([]string{}, x.Codes...), FirstReported: known(x.FirstReported), Tier: string(safe.Tier()), Held: safe.Held()}}
		for n, v := range p.Values {
			p.Values[n] = known(v)
		}
		own := map[recount.Key]bool{}
		for _, m := range x.Members {
			own[m.Key] = true
		}
		seen := map[recount.Key]bool{}
		for _, l := range book.LinksOf(x.Members[0].Key) { // one group holds them all
			if l.Answer == recount.Unsure && own[l.A] != own[l.B] && !seen[l.A+l.B] {
				seen[l.A+l.B] = true
				p.Open++
			}
		}
		s.persons = append(s.persons, p)
	}
	for _, x := range counted {
		add(x, recount.Yes)
	}
	for _, x := range unclear {
		add(x, recount.Unclear)
	}
	slices.SortStableFunc(s.persons, func(a, b person) int {
		return cmp.Or(strings.Compare(cmp.Or(a.FirstReported, "9"), cmp.Or(b.FirstReported, "9")), strings.Compare(a.ID, b.ID))
	})
	return s.persons, nil
}

func known(v string) string {
	if v == "unknown" {
		return ""
	}
	return v
}

// people lists them by the day of their first report.
func (s *Server) people(c *call) (any, error) {
	all, err := s.everybody(c.ctx, c.book)
	if err != nil {
		return nil, err
	}
	filter := c.query("filter")
	out := personList{Items: []personRow{}}
	most, skipping := limit(c, 200, 2000), c.query("after") != ""
	for i := range all {
		p := &all[i].personRow
		if filter != "" && !holds(p.Name, filter) && !slices.ContainsFunc(p.Codes, func(x string) bool { return x == filter }) && !strings.HasPrefix(p.ID, filter) {
			skipping = skipping && p.ID != c.query("after")
			continue
		}
		out.Total++
		switch {
		case skipping:
			skipping = p.ID != c.query("after")
		case len(out.Items) == most:
			out.Next = out.Items[most-1].ID
		default:
			out.Items = append(out.Items, *p)
		}
	}
	return out, nil
}

// personBy finds a person by an id, or a former one: every decision that put a
// speaker in scope leads to the person that the speaker is now.
func (s *Server) personBy(c *call, id string) (*person, error) {
	all, err := s.everybody(c.ctx, c.book)
	if err != nil {
		return nil, err
	}
	var hits []*person
	for i := range all {
		if all[i].ID == id {
			return &all[i], nil
		}
		if len(id) >= 8 && strings.HasPrefix(all[i].ID, id) {
			hits = append(hits, &all[i])
		}
	}
	if len(hits) == 1 {
		return hits[0], nil
	}
	if d := c.book.Log().Find(id); d != nil {
		keys, err := c.book.Whom(c.ctx, d)
		if err != nil {
			return nil, err
		}
		for _, k := range keys {
			for i := range all {
				if slices.ContainsFunc(all[i].members, func(m recount.Member) bool { return m.Key == k }) {
					return &all[i], nil
				}
			}
		}
		return nil, recount.WithHint(fmt.Errorf("person %.12s: %w: nobody whom this decision is about counts any more", id, recount.ErrNotFound), "History shows what was decided")
	}
	return nil, recount.WithHint(fmt.Errorf("person %.12s: %w", id, recount.ErrNotFound), "the list of people shows who counts")
}

// headOf returns the account by whose name a person goes.
func (s *Server) headOf(book *casebook.Casebook, id string) (*recount.Member, error) {
	p, err := s.personBy(&call{ctx: context.Background(), book: book}, id)
	if err != nil {
		return nil, err
	}
	return &p.head, nil
}

// onePerson shows one person: values with their sentences, statements in time,
// links and history.
func (s *Server) onePerson(c *call) (any, error) {
	p, err := s.personBy(c, c.r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	out := personPage{ID: p.ID, Name: p.Name, Gender: p.Gender, Kind: p.Kind, Scope: p.Scope, Counted: p.Counted, Open: p.Open, FirstReported: p.FirstReported, Originals: p.Originals,
		Codes: p.Codes, Tier: p.Tier, Held: p.Held, Circumstances: []string{}, Articles: []articleRow{}, Statements: []personStatement{}, Values: []personValue{}, Links: []personLink{}, History: []historyItem{}, Notes: []memo{}, FormerIDs: []string{}}
	if c.r.PathValue("id") != p.ID {
		out.MovedTo = p.ID
	}
	for _, x := range (&recount.Case{Members: p.members}).Circumstances() {
		out.Circumstances = append(out.Circumstances, string(x))
	}
	members := slices.Clone(p.members)
	slices.SortStableFunc(members, func(a, b recount.Member) int {
		return cmp.Or(strings.Compare(a.Day, b.Day), strings.Compare(string(a.Key), string(b.Key)))
	})
	sheets := map[recount.Key]*sheet{}
	open := func(k recount.Key) (*sheet, error) {
		if sheets[k] == nil {
			x, err := s.sheet(c.ctx, c.book, k)
			if err != nil {
				return nil, err
			}
			sheets[k] = x
		}
		return sheets[k], nil
	}
	own := map[recount.Key]bool{}
	former := map[string]bool{}
	shown := map[recount.Key]bool{}
	for _, m := range members {
		own[m.Key] = true
		for _, id := range c.book.Log().Replaced(m.Decision) {
			former[id] = true
		}
		x, err := open(m.Article)
		if err != nil {
			return nil, err
		}
		if !shown[m.Article] {
			shown[m.Article] = true
			r, err := s.row(c.ctx, c.book, m.Article)
			if err != nil {
				return nil, err
			}
			out.Articles = append(out.Articles, r)
		}
		for _, v := range x.voices {
			if v.Key != m.Key {
				continue
			}
			for i := range v.Utterances {
				st := s.statement(c.book, x, &v.Utterances[i])
				if st.State == recount.Rejected {
					continue
				}
				out.Statements = append(out.Statements, personStatement{Key: st.Key, Article: string(m.Article), Outlet: m.Outlet, Date: x.page.When(), Words: st.Words, Type: st.Type, State: st.State, Codes: st.Codes})
			}
		}
	}
	delete(former, p.ID)
	out.FormerIDs = append(out.FormerIDs, slices.Sorted(maps.Keys(former))...)
	if out.Values, err = s.personValues(c, p, members, open); err != nil {
		return nil, err
	}
	if err := s.personLinks(c, p, own, &out); err != nil {
		return nil, err
	}
	if out.Doubts, err = s.doubts(c, func(named map[recount.Key]bool) bool {
		return slices.ContainsFunc(members, func(m recount.Member) bool { return named[m.Key] })
	}); err != nil {
		return nil, err
	}
	pages := map[string]bool{}
	for _, x := range sheets {
		pages[x.page.Article.Page()] = true
	}
	seen := map[string]bool{}
	for _, k := range slices.Sorted(maps.Keys(sheets)) {
		x := sheets[k]
		for _, m := range s.memosOn(c.book, x) {
			near := m.On.Span == nil
			for _, mem := range members {
				if mem.Article == x.page.Key && m.On.Span != nil {
					at := x.span(mem.At)
					near = near || at[0] < m.On.Span[1] && m.On.Span[0] < at[1]
				}
			}
			if m.Kind == "note" && near && !seen[m.ID] {
				seen[m.ID] = true
				out.Notes = append(out.Notes, m)
			}
		}
		for _, d := range x.on {
			keys, err := c.book.Whom(c.ctx, d.Decision)
			if err != nil {
				return nil, err
			}
			if !seen[d.ID] && slices.ContainsFunc(keys, func(k recount.Key) bool { return own[k] }) {
				seen[d.ID] = true
				out.History = append(out.History, s.historyItem(c, d.Decision))
			}
		}
	}
	slices.SortStableFunc(out.History, func(a, b historyItem) int {
		return cmp.Or(strings.Compare(b.Time, a.Time), strings.Compare(a.ID, b.ID))
	})
	return out, nil
}

// personValues sets what articles state of each variable side by side.
func (s *Server) personValues(c *call, p *person, members []recount.Member, open func(recount.Key) (*sheet, error)) ([]personValue, error) {
	out := []personValue{}
	cfg := s.study.Config()
	for _, v := range cfg.Variables {
		x := personValue{Variable: v.Name, Label: cmp.Or(v.Ask, v.Name), Value: p.Values[v.Name], Choices: []valueChoice{}}
		distinct := map[string]bool{}
		for _, m := range members {
			for _, val := range m.Values {
				if val.Variable != v.Name {
					continue
				}
				distinct[val.Value] = true
				ch := valueChoice{Value: val.Value, Outlet: val.Outlet, Date: val.Day, Article: string(val.Article), State: "accepted"}
				sh, err := open(val.Article)
				if err != nil {
					return nil, err
				}
				for _, w := range sh.voices {
					if w.Key == m.Key {
						ch.Speaker = string(w.ID)
					}
				}
				if val.At.Len() > 0 && val.At.Within(sh.article.Text) {
					at := sh.span(val.At)
					ch.Span = &at
					if sen, ok := sh.sentenceAt(val.At); ok {
						ch.Sentence = oneLine(sen.In(sh.article.Text), 400)
					}
				}
				x.Choices = append(x.Choices, ch)
			}
		}
		switch {
		case len(distinct) > 1:
			x.State, x.Rule = "conflict", cfg.Rules.Conflicts
		case len(distinct) == 1:
			x.State = "accepted"
		}
		out = append(out, x)
	}
	return out, nil
}

// end shows a speaker of a pair.
func (s *Server) end(c *call, v *casebook.Voice) (speakerEnd, error) {
	out := speakerEnd{Key: string(v.ID), Name: v.Name, Kind: string(v.Kind), Gender: string(v.Gender), Outlet: v.Page.Outlet, Date: v.Page.When(), Article: string(v.Page.Key), Scope: string(v.Scope)}
	for _, u := range v.Utterances {
		if u.State != recount.Rejected {
			out.Statements++
		}
	}
	if c.texts == nil {
		c.texts = map[recount.Key]*sheet{}
	}
	x := c.texts[v.Page.Key]
	if x == nil {
		a, err := c.book.Article(c.ctx, v.Page.Key)
		if err != nil {
			return out, err
		}
		r, err := c.book.Reading(c.ctx, v.Page.Key)
		if err != nil {
			return out, err
		}
		x = &sheet{article: a, reading: r}
		c.texts[v.Page.Key] = x
	}
	if sen, ok := x.sentenceAt(v.At); ok {
		out.Described = oneLine(sen.In(x.article.Text), 240)
	}
	return out, nil
}

// personLinks lists what holds a person together, the weakest first.
func (s *Server) personLinks(c *call, p *person, own map[recount.Key]bool, out *personPage) error {
	var links []recount.Link
	for _, l := range c.book.LinksOf(p.head.Key) {
		if own[l.A] || own[l.B] {
			links = append(links, l)
		}
	}
	// A link without which the members fall apart.
	bridge := func(skip recount.Link) bool {
		seen := map[recount.Key]bool{skip.A: true}
		for queue := []recount.Key{skip.A}; len(queue) > 0; queue = queue[1:] {
			for _, l := range c.book.LinksOf(p.head.Key) {
				if l.Answer != recount.Same || l == skip || l.A != queue[0] && l.B != queue[0] {
					continue
				}
				if o := other(l, queue[0]); !seen[o] {
					seen[o] = true
					queue = append(queue, o)
				}
			}
		}
		return !seen[skip.B]
	}
	voices := map[recount.Key]*casebook.Voice{}
	voice := func(k recount.Key) (*casebook.Voice, error) {
		if voices[k] == nil {
			v, err := c.book.MemberAt(c.ctx, k)
			if err != nil {
				return nil, err
			}
			voices[k] = v
		}
		return voices[k], nil
	}
	type ranked struct {
		personLink
		holds bool
	}
	var list []ranked
	for _, l := range links {
		a, err := voice(l.A)
		if err != nil {
			return err
		}
		b, err := voice(l.B)
		if err != nil {
			return err
		}
		x := ranked{personLink: personLink{State: l.Answer}}
		if x.A, err = s.end(c, a); err != nil {
			return err
		}
		if x.B, err = s.end(c, b); err != nil {
			return err
		}
		g, _ := s.suggestion(a.ID, b.ID)
		x.P = int(g.Probability)
		if d := c.book.Log().Find(l.Decision); d != nil {
			x.By = d.Actor
		}
		x.holds = l.Answer == recount.Same && bridge(l)
		list = append(list, x)
	}
	slices.SortStableFunc(list, func(a, b ranked) int {
		order := func(x ranked) int {
			switch {
			case x.holds:
				return 0
			case x.State == recount.Same:
				return 1
			}
			return 2
		}
		return cmp.Or(cmp.Compare(order(a), order(b)), cmp.Compare(a.P, b.P))
	})
	for i, x := range list {
		x.Weakest = i == 0 && x.holds
		out.Links = append(out.Links, x.personLink)
	}
	return nil
}

var orders = []string{"next", "top", "uncertain", "random"}

// leastAsked is the probability, in thousandths, from which a pair is asked
// without being drawn at random.
const leastAsked = 100

// elsewhere says which orders still list pairs that one order, or none, does
// not list, so that no page says that nothing is left where something is.
func (s *Server) elsewhere(c *call, order string) (out []orderLeft, err error) {
	counting, further := 0, 0 // suggested pairs of people who count, and the others
	for i := range s.suggestions {
		if int(s.suggestions[i].Probability) < leastAsked {
			continue
		}
		switch asked, both := c.book.Asks(&s.suggestions[i]); {
		case asked && both:
			counting++
		case asked:
			further++
		}
	}
	decided, err := c.book.DecidedPairs(c.ctx)
	if err != nil {
		return nil, err
	}
	named := 0
	for i := range decided {
		if decided[i].Asked() {
			named++
		}
	}
	drawn, err := c.book.DrawnAsked(c.ctx)
	if err != nil {
		return nil, err
	}
	chance := 0
	for _, p := range drawn {
		if g, ok := s.suggestion(p.A.ID, p.B.ID); !ok || int(g.Probability) < leastAsked {
			chance++
		}
	}
	add := func(order string, n int) {
		if n > 0 {
			out = append(out, orderLeft{order, n})
		}
	}
	switch order {
	case "next":
		add("top", further)
	case "top":
		add("random", chance)
	case "uncertain":
		add("top", named)
		add("random", chance)
	case "random":
		add("next", named+counting)
		add("top", further)
	default:
		add("next", named+counting+chance)
		add("top", further)
	}
	return out, nil
}

// pairs lists the pairs that are still a question.
func (s *Server) listPairs(c *call) (any, error) {
	order := cmp.Or(c.query("order"), "next")
	if !slices.Contains(orders, order) {
		return nil, bad("order", "orders are "+strings.Join(orders, ", "), "no order named %q", order)
	}
	out := pairList{Items: []pairRow{}}
	var open []int // suggestions
	for i := range s.suggestions {
		g := &s.suggestions[i]
		if order == "random" || int(g.Probability) < leastAsked {
			continue
		}
		// In turn come pairs of people who count: no other can move a count.
		switch asked, both := c.book.Asks(g); {
		case asked && (both || order != "next"):
			open = append(open, i)
		case asked:
			out.Others++
		}
	}
	var drawn []casebook.Pair // at random, and still a question
	var err error
	switch order {
	case "uncertain":
		slices.SortStableFunc(open, func(a, b int) int {
			return cmp.Compare(abs(int(s.suggestions[a].Probability)-500), abs(int(s.suggestions[b].Probability)-500))
		})
	case "random":
		var m recount.MissedLinks
		m, drawn, err = c.book.MissedLinks(c.ctx)
		out.Drawn = &pairDraw{m.Pairs, m.Drawn, len(m.Compared), m.Same, m.Unsure, m.Low, m.High}
	case "next":
		drawn, err = c.book.DrawnAsked(c.ctx)
		drawn = slices.DeleteFunc(drawn, func(p casebook.Pair) bool { // suggested since
			g, ok := s.suggestion(p.A.ID, p.B.ID)
			return ok && int(g.Probability) >= leastAsked
		})
	}
	if err != nil {
		return nil, err
	}
	var decided []casebook.Pair // by the names that people gave, and still a question: they come first
	if order == "next" || order == "top" {
		if decided, err = c.book.DecidedPairs(c.ctx); err != nil {
			return nil, err
		}
		decided = slices.DeleteFunc(decided, func(p casebook.Pair) bool { return !p.Asked() })
	}
	total := len(decided) + len(open) + len(drawn)
	out.Total = total
	if out.Elsewhere, err = s.elsewhere(c, order); err != nil {
		return nil, err
	}
	after := min(cursor(c.query("after"), 0), total)
	until := min(after+limit(c, 20, 200), total)
	from, to := max(0, after-len(decided)), max(0, until-len(decided))
	// Every third of those in turn was drawn at random: so many of the first n.
	chance := func(n int) int { return max(min(n/3, len(drawn)), n-len(open)) }
	var list []recount.Suggestion
	for _, i := range open[from-chance(from) : to-chance(to)] {
		list = append(list, s.suggestions[i])
	}
	var seen []casebook.Pair
	for p, err := range c.book.SeenPairs(c.ctx, list, false) {
		if err != nil {
			return nil, err
		}
		seen = append(seen, p)
	}
	asked := slices.Clone(decided[min(after, len(decided)):min(until, len(decided))])
	for i := from; i < to; i++ {
		if n := chance(i); chance(i+1) > n {
			asked = append(asked, drawn[n])
		} else if len(seen) > 0 {
			asked, seen = append(asked, seen[0]), seen[1:]
		}
	}
	for i := range asked {
		p := &asked[i]
		row := pairRow{P: int(p.Probability), Answer: p.Answer, Kind: order, Left: total - after - len(out.Items)}
		if order == "next" && p.Probability == 0 {
			row.Kind = "random"
		}
		if row.A, err = s.end(c, p.A); err != nil {
			return nil, err
		}
		if row.B, err = s.end(c, p.B); err != nil {
			return nil, err
		}
		out.Items = append(out.Items, row)
	}
	if until < total {
		out.Next = strconv.Itoa(until)
	}
	return out, nil
}

func abs(n int) int { return max(n, -n) }

// onePair sets two speakers beside each other with what speaks for and against
// that they are one person.
func (s *Server) onePair(c *call) (any, error) {
	v, err := c.book.FindSpeaker(c.ctx, c.r.PathValue("a"))
	if err != nil {
		return nil, err
	}
	w, err := c.book.FindSpeaker(c.ctx, c.r.PathValue("b"))
	if err != nil {
		return nil, err
	}
	g, suggested := s.suggestion(v.ID, w.ID)
	if !suggested {
		g.A, g.B = v.ID, w.ID
		if g.Bars, err = study.Compared(c.ctx, c.book.View, v, w); err != nil {
			return nil, err
		}
	}
	p := c.book.PairOf(v, w, g)
	out := pairPage{P: int(g.Probability), Answer: p.Answer, Fields: fieldsOf(g.Bars, g.A != v.ID), Within: p.Within, Chain: []string{}}
	if out.A, err = s.end(c, v); err != nil {
		return nil, err
	}
	if out.B, err = s.end(c, w); err != nil {
		return nil, err
	}
	first, err := s.study.First(c.ctx)
	if err != nil {
		return nil, err
	}
	out.Most = c.book.Effect(first, v.Key, w.Key)
	if out.Doubts, err = s.doubts(c, func(named map[recount.Key]bool) bool { return named[v.Key] && named[w.Key] }); err != nil {
		return nil, err
	}
	if p.Implied {
		out.Implied = "it follows from other answers: " + p.Answer
	}
	for _, l := range c.book.Chain(v.Key, w.Key) {
		words := []string{}
		for _, k := range []recount.Key{l.A, l.B} {
			x, err := c.book.MemberAt(c.ctx, k)
			if err != nil {
				return nil, err
			}
			words = append(words, fmt.Sprintf("%s (%s)", x.Name, x.Page.Masthead()))
		}
		out.Chain = append(out.Chain, strings.Join(words, " = "))
	}
	return out, nil
}

// fieldOf says what one field speaks for.
func fieldOf(b recount.Bar) pairField {
	f := pairField{Field: b.Field, A: b.A, B: b.B, For: "neutral", Bits: 10 * b.Bits}
	n := abs(b.Bits)
	switch {
	case n >= 500:
		f.Strength = 3
	case n >= 200:
		f.Strength = 2
	case n >= 50:
		f.Strength = 1
	}
	switch {
	case b.Bits > 0:
		f.For = "for"
	case b.Bits < 0:
		f.For = "against"
	}
	return f
}

// fieldsOf says it of all that a pair agrees or differs in. Bars speak of the two
// in the order of the suggestion, which turned says is the other one.
func fieldsOf(bars []recount.Bar, turned bool) []pairField {
	out := []pairField{}
	for _, b := range bars {
		if turned {
			b.A, b.B = b.B, b.A
		}
		out = append(out, fieldOf(b))
	}
	return out
}
