package workbench

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

// memory is what is kept of the open study besides the casebook. It is held
// like the study.
type memory struct {
	version, derived int64
	suggestions      []recount.Suggestion // the heaviest first
	weighed          string               // decision that their weights are of, "" if they are the program's
	pairs            map[[2]recount.Key]int
	same             map[recount.Key][]int // suggestions of a read speaker
	rows             map[recount.Key]articleRow
	names            map[recount.Key]string // of speakers
	actors           []string
	batches          []*batch
	byDecision       map[string]*batch
	order            []string // every decision, in the order in which it was saved
	timed            []string // the same by their moment; made when it is asked for
	line             *historyLine
	lineAt           int64 // version of the study that the line is of
	lineTried        int64 // version for which it was last begun
	known            map[string]bool
	numbers          []number
	persons          []person                // nil until asked for
	assign           map[string][]string     // coders by page; nil until asked for
	maybe            map[recount.Key]bool    // pages that may be reprints; nil until asked for
	statements       map[recount.Key]*stated // what the words of articles say of their speakers
	figureRows       *figureReply
	learners         map[string]*study.Learner // what was learned from the codings of each person
}

// A batch is what one person answered at once; it is undone as one.
type batch struct {
	token, actor, tab string
	saved             int // its place in the order of all decisions
	ids               []string
	taken             []taking // every retraction of one of its answers, the newest last
}

// A taking is a retraction with its place in the order of all decisions.
type taking struct {
	id    string
	saved int
}

// holding lists the answers of a batch that hold.
func (b *batch) holding(l *recount.Log) (ids []string) {
	for _, id := range b.ids {
		if l.Live(id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// undone returns the last retraction of a batch of which nothing holds, nil if
// something does or nothing of it was taken back.
func (b *batch) undone(l *recount.Log) *taking {
	if len(b.holding(l)) > 0 {
		return nil
	}
	for i := range slices.Backward(b.taken) {
		if l.Live(b.taken[i].id) {
			return &b.taken[i]
		}
	}
	return nil
}

// remember reads what is kept of a study that was just opened.
func (s *Server) remember(ctx context.Context) error {
	s.memory = memory{}
	book, err := s.study.Casebook(ctx)
	if err != nil {
		return err
	}
	s.clear()
	s.tellWhoIsBlind()
	if err := s.loadSuggestions(ctx, book); err != nil {
		return err
	}
	if err := s.loadBatches(ctx, book, 0, ""); err != nil {
		return err
	}
	s.version, s.derived = book.Version(), book.Derived()
	s.numbers, err = s.headline(ctx)
	return err
}

func (s *Server) clear() {
	s.learners = nil
	s.rows, s.names, s.persons, s.assign, s.statements, s.maybe = map[recount.Key]articleRow{}, map[recount.Key]string{}, nil, nil, map[recount.Key]*stated{}, nil
}

func (s *Server) loadSuggestions(ctx context.Context, book *casebook.Casebook) (err error) {
	if s.suggestions, err = book.Suggestions(ctx); err != nil {
		return err
	}
	s.weighed = book.Weighed()
	s.pairs, s.same = map[[2]recount.Key]int{}, map[recount.Key][]int{}
	for i, x := range s.suggestions {
		s.pairs[[2]recount.Key{x.A, x.B}] = i
		s.same[x.A] = append(s.same[x.A], i)
		s.same[x.B] = append(s.same[x.B], i)
	}
	return nil
}

// suggestion returns what is suggested of two speakers by the keys of lists.
func (s *Server) suggestion(a, b recount.Key) (recount.Suggestion, bool) {
	i, ok := s.pairs[[2]recount.Key{min(a, b), max(a, b)}]
	if !ok {
		return recount.Suggestion{A: min(a, b), B: max(a, b)}, false
	}
	return s.suggestions[i], true
}

// loadBatches takes the decisions after a change of the study into the list of
// what can be undone.
func (s *Server) loadBatches(ctx context.Context, book *casebook.Casebook, after int64, tab string) error {
	_, ids, err := s.study.Changes(ctx, after)
	if err != nil {
		return err
	}
	if s.byDecision == nil {
		s.byDecision, s.known = map[string]*batch{}, map[string]bool{}
	}
	l := book.Log()
	for _, id := range ids {
		if d := l.Find(id); d != nil && !s.known[id] {
			s.known[id] = true
			s.order = append(s.order, id)
			s.addDecision(l, d, tab)
		}
	}
	return nil
}

func (s *Server) addDecision(l *recount.Log, d *recount.Decision, tab string) {
	if s.byDecision[d.ID] != nil {
		return
	}
	if i, known := slices.BinarySearch(s.actors, d.Actor); !known && d.Actor != recount.DefaultActor && (d.Actor != study.Unnamed || d.Kind != recount.KindFile) {
		s.actors = slices.Insert(s.actors, i, d.Actor)
	}
	switch d.Kind {
	case recount.KindFile, recount.KindRule:
		// A study file is undone by writing another; but for one that changed
		// together with what it says of codings.
		if d.Actor == recount.DefaultActor || d.Kind == recount.KindFile && d.Group == "" {
			return
		}
	case recount.KindRetract:
		for _, id := range d.Replaces {
			x := l.Find(id)
			switch b := s.byDecision[id]; {
			case x == nil || b == nil || x.Kind == recount.KindRetract:
			case len(b.taken) == 0 || b.taken[len(b.taken)-1].id != d.ID:
				b.taken = append(b.taken, taking{d.ID, len(s.order)})
			}
			if b := s.byDecision[id]; b != nil {
				s.byDecision[d.ID] = b // so that taking this back finds what it took back
			}
		}
		return
	}
	token := cmp.Or(d.Group, d.ID)
	if n := len(s.batches); n > 0 && d.Group != "" {
		for _, b := range slices.Backward(s.batches[max(0, n-64):]) {
			if b.token == token && b.actor == d.Actor {
				b.ids = append(b.ids, d.ID)
				s.byDecision[d.ID] = b
				return
			}
		}
	}
	b := &batch{token: token, actor: d.Actor, tab: tab, saved: len(s.order), ids: []string{d.ID}}
	s.batches, s.byDecision[d.ID] = append(s.batches, b), b
}

// notice takes in that the study is another than it was: others decided, or a
// step brought new pages.
func (s *Server) notice(ctx context.Context, book *casebook.Casebook) error {
	from, was := s.version, s.derived
	s.tellWhoIsBlind()
	if book.Derived() != s.derived || book.Weighed() != s.weighed {
		if err := s.loadSuggestions(ctx, book); err != nil {
			return err
		}
	}
	s.figureRows = nil
	if err := s.loadBatches(ctx, book, from, ""); err != nil {
		return err
	}
	_, ids, err := s.study.Changes(ctx, from)
	if err != nil {
		return err
	}
	s.clear()
	s.version, s.derived = book.Version(), book.Derived()
	if s.numbers, err = s.headline(ctx); err != nil {
		return err
	}
	e := event{Version: s.version, Headline: s.numbers, Changed: nothingChanged()}
	visible := s.seen == "" || book.Derived() != was
	for _, id := range ids {
		if d := book.Log().Find(id); d != nil {
			visible = true
			e.Actor = d.Actor
			e.Frame = e.Frame || frames(book.Log(), d)
			if a, err := book.Answer(d); err == nil {
				s.changedBy(book, a, &e.Changed)
			}
		}
	}
	if visible {
		s.hub.tell(e, s.seen)
	}
	return nil
}

// frames reports whether a decision changes what the session says of the
// study.
func frames(l *recount.Log, d *recount.Decision) bool {
	if d.Kind == recount.KindRetract {
		return slices.ContainsFunc(d.Replaces, func(id string) bool {
			x := l.Find(id)
			return x != nil && x.Kind != recount.KindRetract && frames(l, x)
		})
	}
	return d.Kind == recount.KindFile || d.Kind == recount.KindCodebook
}

// changedBy adds what an answer changes, as far as pages may show it.
func (s *Server) changedBy(book *casebook.Casebook, a recount.Answer, out *changed) {
	const most = 200
	add := func(list *[]string, x string) {
		if x != "" && len(*list) < most && !slices.Contains(*list, x) {
			*list = append(*list, x)
		}
	}
	page := func(name, part string) {
		if p, ok := book.PageNamed(name, part); ok {
			add(&out.Articles, string(p.Key))
			for _, m := range p.Original.Members {
				add(&out.Articles, string(m))
			}
		}
	}
	for _, an := range a.Anchors() {
		page(an.Page, an.Part)
	}
	switch b := a.(type) {
	case recount.DateBody:
		page(b.Page, "")
	case recount.PageBody:
		page(b.Page, b.Part)
	case recount.ScreenBody:
		page(b.Page, b.Part)
	case recount.ReadBody:
		page(b.Page, "")
	case recount.AssignBody:
		page(b.Page, b.Part)
	case recount.RelationBody:
		page(b.Page, "")
		page(b.Of, "")
	case recount.MemoBody:
		page(b.On.Page, b.On.Part)
	case recount.NoteBody:
		page(b.On.Page, b.On.Part)
	}
}

// headline counts the first results of report.md.
func (s *Server) headline(ctx context.Context) ([]number, error) {
	if s.seen != "" {
		return []number{}, nil // nobody decides towards a number
	}
	list, err := s.study.Headline(ctx)
	if err != nil {
		return nil, err
	}
	return numbers(list), nil
}

func numbers(list []study.Headline) []number {
	out := make([]number, 0, len(list))
	for _, h := range list {
		n := number{Name: h.Query.Name, Label: cmp.Or(h.Query.Label, h.Number.Label), Value: h.Number.N, Low: h.Number.Range.Low, High: h.Number.Range.High,
			Exact: h.Number.Range.Exact, Open: h.Number.Open, Href: "/report#" + h.Query.Name}
		n.Text = strconv.Itoa(n.Value)
		if h.Query.Share || h.Query.Of != "" {
			of := h.Number.Of
			n.Of = &of
			n.Text += " of " + strconv.Itoa(of)
		}
		noun := n.Label
		if n.Value == 1 && n.Of == nil {
			noun = singular(noun)
		}
		if one := singular(n.Label); one != n.Label && n.Of == nil {
			n.One = one
		}
		n.Text += " " + noun
		out = append(out, n)
	}
	return out
}

// movedBy compares the headline before and after an answer.
func movedBy(before, after []number) []moved {
	out := []moved{}
	at := func(n number) standing { return standing{n.Value, n.Of, n.Low, n.High} }
	for _, n := range after {
		i := slices.IndexFunc(before, func(o number) bool { return o.Name == n.Name })
		if i < 0 {
			continue
		}
		o := before[i]
		whole := (o.Of == nil) == (n.Of == nil) && (o.Of == nil || *o.Of == *n.Of)
		if o.Value != n.Value || o.Low != n.Low || o.High != n.High || !whole {
			out = append(out, moved{n.Name, n.Label, n.One, at(o), at(n)})
		}
	}
	return out
}

// A cursor is an offset in a list that does not change its order, or a key.
func cursor(s string, otherwise int) int {
	if n, err := strconv.Atoi(s); err == nil && n >= 0 {
		return n
	}
	return otherwise
}

// limit is how many items a list holds.
func limit(c *call, otherwise, most int) int {
	if n, err := strconv.Atoi(c.query("limit")); err == nil && n > 0 {
		return min(n, most)
	}
	return otherwise
}

func holds(s, part string) bool { return strings.Contains(strings.ToLower(s), strings.ToLower(part)) }
