package study

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/cases"
	"recount/internal/lang"
)

// A Proposal is a value of a variable that an article states of a speaker.
// Nobody accepted it.
type Proposal struct {
	Voice       *casebook.Voice
	Variable    string
	Value       string
	At          recount.Span // its words
	Sentence    string       // that holds them
	Words       string
	Probability recount.Milli
	Given       string      // the value that people gave this speaker; "" if none
	Person      recount.Key // smallest key of the speakers who are answered to be one person
}

// Rivals are the values that articles state of one person for one variable,
// where they differ: what people gave, and what nobody has answered.
type Rivals struct {
	Variable string
	Of       []Proposal
}

// Conflicts returns where the articles about one person state different values,
// in the order of the first of each.
func Conflicts(ps []Proposal) []Rivals {
	type about struct {
		person   recount.Key
		variable string
	}
	var order []about
	of := map[about][]Proposal{}
	for _, p := range ps {
		k := about{p.Person, p.Variable}
		if of[k] == nil {
			order = append(order, k)
		}
		of[k] = append(of[k], p)
	}
	var out []Rivals
	for _, k := range order {
		values := map[string]bool{}
		for _, p := range of[k] {
			values[strings.ToLower(known(p.Given, p.Value))] = true
		}
		if len(values) > 1 {
			out = append(out, Rivals{k.variable, of[k]})
		}
	}
	return out
}

// Proposals lists the values that the articles of a study state of the speakers
// who are people and speak, in the order of the lists: by the day of their
// page, by the text, and by the order of the variables.
func (s *Study) Proposals(ctx context.Context, f casebook.Filter) ([]Proposal, error) {
	book, err := s.casebook(ctx, needs{})
	if err != nil {
		return nil, err
	}
	variables := s.variables()
	if len(variables) == 0 {
		return nil, nil
	}
	var out []Proposal
	var page []*casebook.Voice
	flush := func() error {
		if len(page) == 0 {
			return nil
		}
		found, err := proposals(ctx, book, page, variables)
		out, page = append(out, found...), nil
		return err
	}
	for v, err := range book.Voices(ctx, f) {
		if err != nil {
			return nil, err
		}
		if len(page) > 0 && page[0].Page.Key != v.Page.Key {
			if err := flush(); err != nil {
				return nil, err
			}
		}
		page = append(page, v)
	}
	if err := flush(); err != nil {
		return nil, err
	}
	person := persons(book)
	for i := range out {
		out[i].Person = person(out[i].Voice.Key)
	}
	return out, nil
}

// persons returns a function that names the person whom a speaker is answered
// to be: the smallest key of all speakers that are one.
func persons(book *casebook.Casebook) func(recount.Key) recount.Key {
	parent := map[recount.Key]recount.Key{}
	root := func(k recount.Key) recount.Key {
		for parent[k] != "" && parent[k] != k {
			k = parent[k]
		}
		return k
	}
	for _, l := range book.Links() {
		if l.Answer != recount.Same {
			continue
		}
		a, b := root(l.A), root(l.B)
		if a != b {
			parent[max(a, b)] = min(a, b)
		}
	}
	return root
}

// variables are those of study.yaml.
func (s *Study) variables() (out []cases.Variable) {
	for _, v := range s.config.Variables {
		out = append(out, cases.Variable{Name: v.Name, Values: v.Values, Words: v.Words})
	}
	return out
}

// proposals reads one page for what it says of its speakers, as people decided
// who they are.
func proposals(ctx context.Context, book *casebook.Casebook, voices []*casebook.Voice, variables []cases.Variable) ([]Proposal, error) {
	a, all, speakers, statements, err := pageOf(ctx, book, voices)
	if err != nil {
		return nil, err
	}
	profiles := cases.Profiles(a, speakers, statements)
	sentences := lang.Sentences(a.Text, a.Language)
	var out []Proposal
	for _, v := range voices {
		i := slices.IndexFunc(all, func(o *casebook.Voice) bool { return o.ID == v.ID })
		if i < 0 || v.Rejected || !v.Kind.Person() {
			continue
		}
		given := book.Given(v)
		for _, p := range cases.ProposeValues(a.Text, profiles[i], variables) {
			x := Proposal{Voice: v, Variable: p.Variable, Value: p.Value, At: p.At, Probability: p.Probability, Given: given[p.Variable]}
			if p.At.Within(a.Text) {
				x.Words, x.Sentence = p.At.In(a.Text), p.At.In(a.Text)
			}
			for _, sen := range sentences {
				if sen.Overlaps(p.At) {
					x.Sentence = strings.Join(strings.Fields(sen.In(a.Text)), " ")
					break
				}
			}
			out = append(out, x)
		}
	}
	return out, nil
}

// pageOf reads the article of some voices with everybody in it, as people
// decided who they are.
func pageOf(ctx context.Context, book *casebook.Casebook, voices []*casebook.Voice) (*recount.Article, []*casebook.Voice, []recount.Speaker, []recount.Statement, error) {
	a, err := book.Article(ctx, voices[0].Page.Key)
	if err != nil {
		return nil, nil, nil, nil, err
	}
	// The day that people gave the page is the one that counts.
	dated := *a
	dated.Published = voices[0].Page.Published
	all, err := everyone(ctx, book, a.Key)
	if err != nil {
		return nil, nil, nil, nil, err
	}
	if len(all) == 0 {
		all = voices
	}
	var speakers []recount.Speaker
	var statements []recount.Statement
	for i, v := range all {
		id := strconv.Itoa(i)
		speakers = append(speakers, recount.Speaker{Article: a.Key, ID: id, Name: v.Name, Kind: v.Kind, Gender: v.Gender, Mention: v.At, Mentions: v.Spans})
		for _, u := range v.Utterances {
			if u.State != recount.Rejected && u.Old == nil {
				statements = append(statements, recount.Statement{Article: a.Key, Speaker: id, Quotation: recount.Quotation{Type: u.Type, Content: u.At}})
			}
		}
	}
	return &dated, all, speakers, statements, nil
}

// everyone lists all speakers of an article.
func everyone(ctx context.Context, book *casebook.Casebook, article recount.Key) (out []*casebook.Voice, err error) {
	for v, err := range book.Voices(ctx, casebook.Filter{All: true, Page: article}) {
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// Taught sorts the speakers of a list by what the study's own answers teach:
// words whose bearers were all answered alike. It returns those words. Nothing
// of it is kept.
func (s *Study) Taught(ctx context.Context, voices []*casebook.Voice, sorted []cases.Sorted) ([]cases.WordRate, error) {
	book, err := s.casebook(ctx, needs{})
	if err != nil {
		return nil, err
	}
	var answered []*casebook.Voice
	var answers []recount.YesNo
	for v, err := range book.Voices(ctx, casebook.Filter{}) {
		if err != nil {
			return nil, err
		}
		if v.Scope == recount.Yes || v.Scope == recount.No {
			answered, answers = append(answered, v), append(answers, v.Scope)
		}
	}
	known, err := s.Triage(ctx, answered)
	if err != nil {
		return nil, err
	}
	var on []recount.Key
	for _, v := range answered {
		on = append(on, v.Page.Key)
	}
	rates, taught := Teach(known, on, answers)
	for i := range sorted {
		sorted[i] = taught(sorted[i], voices[i].Page.Key)
	}
	return rates, nil
}

// Teach learns from answers: of words that describe people, and of pages on which
// nobody who was asked for counts. It returns the first, and what sorts a speaker
// of a page by both.
func Teach(known []cases.Sorted, on []recount.Key, answers []recount.YesNo) ([]cases.WordRate, func(s cases.Sorted, page recount.Key) cases.Sorted) {
	rates := cases.Learn(known, answers)
	yes, no := map[recount.Key]int{}, map[recount.Key]int{}
	for i, page := range on {
		if answers[i] == recount.Yes {
			yes[page]++
		} else {
			no[page]++
		}
	}
	return rates, func(s cases.Sorted, page recount.Key) cases.Sorted {
		return s.Apply(rates).Beside(yes[page], no[page])
	}
}

// Triage sorts the speakers of a list into classes, in its order.
func (s *Study) Triage(ctx context.Context, voices []*casebook.Voice) ([]cases.Sorted, error) {
	book, err := s.casebook(ctx, needs{})
	if err != nil {
		return nil, err
	}
	out := make([]cases.Sorted, len(voices))
	for from := 0; from < len(voices); {
		to := from
		for to < len(voices) && voices[to].Page.Key == voices[from].Page.Key {
			to++
		}
		a, all, speakers, statements, err := pageOf(ctx, book, voices[from:to])
		if err != nil {
			return nil, err
		}
		sorted := cases.Triage(a, speakers, statements)
		for i := from; i < to; i++ {
			if k := slices.IndexFunc(all, func(o *casebook.Voice) bool { return o.ID == voices[i].ID }); k >= 0 {
				out[i] = sorted[k]
			}
		}
		from = to
	}
	return out, nil
}

// Near lists, for each of some speakers, those most like them on other pages, by
// the names that people gave where they gave any, suggested or not: what is
// suggested goes first, then whoever has anything in common with them, the nearest
// first. Nothing of it is suggested or kept.
func (s *Study) Near(ctx context.Context, book *casebook.Casebook, most int, speakers ...recount.Key) (map[recount.Key][]recount.Suggestion, error) {
	rows, err := s.store.People(ctx)
	if err != nil {
		return nil, err
	}
	pages := make([]*cases.Page, len(rows))
	for i, r := range rows {
		pages[i] = &cases.Page{Article: r.Article}
		if pages[i].People, err = cases.DecodePeople(r.People); err != nil {
			return nil, fmt.Errorf("people of article %s: %w", r.Article, err)
		}
	}
	named, alone := map[recount.Key][]casebook.Named{}, map[recount.Key]bool{} // by article
	for _, x := range book.Named() {
		if x.Kind.Person() {
			named[x.Article], alone[x.Article] = append(named[x.Article], x), true
		}
	}
	for _, p := range pages {
		delete(alone, p.Article)
	}
	for _, article := range slices.Sorted(maps.Keys(alone)) { // nobody was read on them
		pages = append(pages, &cases.Page{Article: article})
	}
	for _, p := range pages {
		for _, x := range named[p.Article] {
			who := cases.Person{Key: x.Key, Name: x.Name, Kind: x.Kind, Gender: x.Gender}
			if i := slices.IndexFunc(p.People, func(q cases.Person) bool { return q.Key == x.Key }); i >= 0 {
				p.People[i].Name, p.People[i].Kind, p.People[i].Gender = x.Name, x.Kind, x.Gender
			} else {
				p.People = append(p.People, who)
			}
		}
	}
	all, err := book.Suggestions(ctx)
	if err != nil {
		return nil, err
	}
	out := map[recount.Key][]recount.Suggestion{}
	for _, k := range speakers {
		known := map[[2]recount.Key]bool{}
		for _, x := range all {
			if x.A == k || x.B == k {
				out[k] = append(out[k], x)
				known[[2]recount.Key{x.A, x.B}] = true
			}
		}
		for _, x := range cases.Near(pages, k, most+len(known)) {
			if !known[[2]recount.Key{x.A, x.B}] {
				out[k] = append(out[k], book.Weigh(x))
			}
		}
	}
	return out, nil
}

// MostNear is how many speakers MostLike lists.
const MostNear = 5

// MostLike lists the pairs that a speaker makes with those who are nearest and of
// whom nobody answered that they are one or two.
func (s *Study) MostLike(ctx context.Context, book *casebook.Casebook, v *casebook.Voice) (out []casebook.Pair, err error) {
	found, err := s.Near(ctx, book, 10*MostNear, v.ID) // some of them are answered
	if err != nil {
		return nil, err
	}
	for p, err := range book.SeenPairs(ctx, found[v.ID], false) {
		if err != nil {
			return nil, err
		}
		if p.Answer == string(recount.Same) || p.Answer == string(recount.Different) {
			continue
		}
		if out = append(out, p); len(out) == MostNear {
			break
		}
	}
	return out, nil
}

// Compared sets two speakers beside each other whom nothing suggests: what their
// articles say of both, and the values that people gave them.
func Compared(ctx context.Context, book *casebook.View, v, w *casebook.Voice) ([]recount.Bar, error) {
	pages := [2]*cases.Page{}
	for i, key := range [2]recount.Key{v.Page.Key, w.Page.Key} {
		a, err := book.Article(ctx, key)
		if err != nil {
			return nil, err
		}
		r, err := book.Reading(ctx, key)
		if err != nil {
			return nil, err
		}
		pages[i] = cases.ReadPage(a, r)
	}
	s, _ := cases.Compare(pages[0], v.ID, pages[1], w.ID)
	s = book.Weigh(s)
	out := slices.DeleteFunc(s.Bars, func(b recount.Bar) bool { return b.Field == "prior" })
	if s.A != v.ID {
		for i := range out {
			out[i].A, out[i].B = out[i].B, out[i].A
		}
	}
	known := map[string]bool{}
	for _, b := range out {
		known[b.Field] = true
	}
	// What people decided, and what the articles say of one of the two alone.
	sides := [2]map[string]string{{}, {}}
	var names []string
	put := func(side int, name, value string) {
		if known[name] || value == "" || sides[side][name] != "" {
			return
		}
		if sides[side][name] = value; !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for i, x := range [2]*casebook.Voice{v, w} {
		if x.Member != nil {
			for _, value := range x.Member.Values {
				put(i, strings.ReplaceAll(value.Variable, "_", " "), value.Value)
			}
		}
		for _, t := range pages[i].Traits(x.ID) {
			put(i, string(t.Field), t.Value)
		}
		if len(x.Utterances) > 0 {
			a, err := book.Article(ctx, x.Page.Key)
			if err != nil {
				return nil, err
			}
			put(i, "says", clip(strings.Join(x.Utterances[0].Words(a.Text), " … "), 160))
		}
	}
	for _, n := range names {
		out = append(out, recount.Bar{Field: n, A: sides[0][n], B: sides[1][n]})
	}
	return out, nil
}
