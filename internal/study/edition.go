package study

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"recount"
	"recount/internal/casebook"
	"recount/internal/count"
	"recount/internal/lang"
	"recount/internal/pattern"
	"recount/internal/release"
	"recount/internal/report"
)

// This file sets up what a public edition counts: people with their columns, and
// the results of report.md as counts over them.

// A publicEdition is a public edition in the making.
type publicEdition struct {
	*release.Edition
	study    *Study
	book     *casebook.Casebook
	template *report.Template
	people   []count.Person    // who are counted
	cases    []casebook.Person // everybody who counts or may count, but for the withdrawn
	gone     []casebook.Person // withdrawn
	results  map[string]recount.Result
	outside  map[string]bool       // who would count, and was first reported outside the period
	changes  []recount.ReleaseBody // that hold
	allowed  map[string][]string   // reason -> who overrides it

	passing      func(filter string) ([]string, error) // who passes a filter, by their ids
	joined       map[string]string                     // result -> the filter that joins columns in it
	uncoded      bool                                  // there are people whom nobody has coded
	limits       limits                                // of all results together
	read         map[string]bool                       // results that look at genders of which some are as the program read them
	sealed       []release.Secret                      // names of the vault, where it was opened
	unopened     []string                              // fields of the vault with names that were not
	descriptions *release.Descriptions                 // what texts say of people
	leads        *release.Leads                        // what leads to their pages
	large        map[string]map[recount.Key]bool       // words written large -> the stories in which they are
}

// readable refuses a study file that is not UTF-8: what stands in other bytes is shown to
// readers as something, and looked for as nothing.
func (s *Study) readable(name string) error {
	b, err := os.ReadFile(filepath.Join(s.Dir, name))
	if err != nil || utf8.Valid(b) {
		return nil // what is not there is said elsewhere
	}
	line := 1
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			break
		}
		if r == '\n' {
			line++
		}
		b = b[n:]
	}
	return recount.WithHint(fmt.Errorf("publish: %s, line %d: %w: it is not UTF-8, so nobody can say what stands there", name, line, recount.ErrInvalid), "save the file as UTF-8 in your editor")
}

// newEdition counts what report.md asks for, without people who withdrew.
// Looking only, it logs no report.md: what somebody typed there and takes out again is
// nowhere afterwards.
func (s *Study) newEdition(ctx context.Context, looking bool) (*publicEdition, error) {
	for _, name := range StudyFiles {
		if err := s.readable(name); err != nil {
			return nil, err
		}
	}
	book, err := s.casebook(ctx, needs{codebook: true, report: true, unlogged: looking})
	if err != nil {
		return nil, err
	}
	t, err := s.template()
	if err != nil {
		return nil, err
	}
	if t == nil {
		return nil, recount.WithHint(fmt.Errorf("publish: %w: there is no report.md, so there is nothing to publish", recount.ErrNotFound), "write report.md (recount help report); the list of a pile is for the team only")
	}
	e := &publicEdition{Edition: &release.Edition{Rule: release.Strict}, study: s, book: book, template: t, results: map[string]recount.Result{}, allowed: map[string][]string{}, joined: map[string]string{}, read: map[string]bool{}}
	out := map[recount.Key]bool{}
	everybody, err := book.Persons(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range everybody {
		if c.Tier() != recount.Withdrawn {
			e.cases = append(e.cases, c)
			continue
		}
		e.gone = append(e.gone, c)
		for _, m := range c.Members {
			out[m.Key] = true
		}
	}
	p := s.problem(book)
	for _, m := range book.Members() {
		if !out[m.Key] {
			p.Members = append(p.Members, m)
		}
	}
	for _, l := range book.Links() {
		if !out[l.A] && !out[l.B] {
			p.Links = append(p.Links, l)
		}
	}
	all, err := p.Persons()
	if err != nil {
		return nil, err
	}
	e.outside = outside(e.cases, all)
	e.people = slices.DeleteFunc(all, func(x count.Person) bool { return !x.Counted })
	e.People = len(e.people)
	e.columns()
	for i := range e.people {
		e.limits.coded += map[bool]int{true: 1}[e.people[i].Coded]
	}
	passed := map[string][]string{}
	e.passing = func(filter string) ([]string, error) {
		if ids, ok := passed[filter]; ok {
			return ids, nil
		}
		r, err := p.Result(count.Query{Name: "filter", Where: filter})
		if err == nil {
			passed[filter] = r.Cases
		}
		return r.Cases, err
	}
	groups := count.Split(p.Members, p.Links)
	for _, q := range t.Queries {
		r, err := e.counted(p, groups, q)
		if err != nil {
			return nil, err
		}
		e.results[q.Name] = r
		if err := e.result(&q, &r); err != nil {
			return nil, err
		}
	}
	var allowed []casebook.Placed
	for _, d := range book.Holding(recount.KindRelease) {
		b := d.Answer.(recount.ReleaseBody)
		switch {
		case b.Op == recount.Allow:
			allowed = append(allowed, d)
		case !slices.ContainsFunc(e.changes, func(o recount.ReleaseBody) bool { return o.Subject() == b.Subject() && o.To == b.To }):
			e.changes = append(e.changes, b)
		}
	}
	// One person under two spellings is no second person; the first one stands.
	slices.SortStableFunc(allowed, func(x, y casebook.Placed) int { return strings.Compare(x.Time, y.Time) })
	for _, d := range allowed {
		of := d.Answer.(recount.ReleaseBody).What
		if reason := d.Erasable; reason != nil && strings.TrimSpace(reason.Reason) != "" && !slices.ContainsFunc(e.allowed[of], func(a string) bool { return release.OnePerson(a, d.Actor) }) {
			e.allowed[of] = append(e.allowed[of], d.Actor)
			slices.Sort(e.allowed[of])
		}
	}
	e.Allowed = map[string]bool{}
	for code, who := range e.allowed {
		e.Allowed[code] = len(who) > 1
	}
	for _, d := range e.published() {
		if len(d.Counts) > 0 && d.Inputs != "" {
			e.Earlier = append(e.Earlier, e.sinceCoded(d.Counts))
		}
	}
	if err := e.describe(ctx); err != nil {
		return nil, err
	}
	return e, e.agrees()
}

// counted counts a query, and notes what limits its number.
func (e *publicEdition) counted(p *count.Problem, groups []*count.Group, q count.Query) (recount.Result, error) {
	t, err := count.NewTally(p, q)
	if err != nil {
		return recount.Result{}, err
	}
	t.Fill(groups)
	r, err := t.Result()
	if err != nil {
		return r, err
	}
	if coded, of, asked := t.Coverage(); asked && coded < of {
		covered(&r, coded, of)
	}
	l := &e.limits
	if read, of, asked := t.GendersRead(); asked && read > 0 {
		e.read[q.Name] = true
		l.read, l.readOf = max(l.read, read), max(l.readOf, of)
	}
	l.bounds = l.bounds || strings.Contains(r.Note, "not exact")
	l.noNumbers = l.noNumbers || len(t.NoNumbers(p.Members)) > 0
	l.reprints = l.reprints || len(maybeFolded(e.book, t.Folded())) > 0
	return r, nil
}

// How what pages say of people is named beside the columns: what they call them, and
// which places stand in the sentences about them.
const (
	rolesColumn  = "what pages call the person"
	placesColumn = "places in sentences about the person"
)

var (
	// calledBehind begins behind a name: ", 33, an electrician from Pelagna".
	calledBehind = pattern.New(`^,(?: (?:aged )?\d{1,2},)?(?: then| once| formerly)? (?:an?|the|then an?|once an?) ((?:[\p{Ll}-]+ ){0,3}?[\p{Ll}-]+)(?: (?:from|who|of|in|at|by|for|with|and)\b|[,.;:])`)
	// calledThere is of whom was spoken: "He was a clerk".
	calledThere = pattern.New(`\b(?:He|She|he|she) (?:is|was|had been|has been|worked as|became|served as) (?:an?|the) ((?:[\p{Ll}-]+ ){0,2}?[\p{Ll}-]+)(?: (?:from|who|of|in|at|by|for|with|and)\b|[,.;:])`)
	// calledAs is by what somebody served or worked.
	calledAs    = pattern.New(`\b(?:served|serves|worked|works|working|employed|trained|joined|left|fought|acted|started|began) as (?:an?|the|his|her|their) (?:(?:former|young|junior|senior|chief|head) )?([\pL-]{4,})`)
	placeWord   = pattern.New(`\p{Lu}\p{Ll}+`)
	placeBehind = pattern.New(`\b(?:from|in|near|of|outside|at|around|above|below|behind) (?:the (?:village|town|city|port|valley|island|district|hills|suburb) of )?(\p{Lu}\p{Ll}{2,})`)
	ofOnePerson = pattern.New(`\b(?:He|She|he|she|him|her|his|hers)\b`)
)

// describe notes what can be said of single people: who may not be shown, what the
// sentences that state their values name besides, and what pages call them.
func (e *publicEdition) describe(ctx context.Context) error {
	hidden := map[string]bool{}
	for _, c := range slices.Concat(e.cases, e.gone) {
		hidden[c.ID] = !c.Tier().Shown() || c.Held()
	}
	roles, places := release.Said{Column: rolesColumn, Of: make([][]string, len(e.people))}, release.Said{Column: placesColumn, Of: make([][]string, len(e.people))}
	said := map[string]*release.Said{}
	outlets := map[string]bool{}
	for _, p := range e.book.Pages() {
		for _, w := range strings.Fields(strings.ToLower(p.Outlet)) {
			outlets[w] = true
		}
	}
	stems, err := e.stems(ctx)
	if err != nil {
		return err
	}
	alone := map[recount.Key]int{} // how many people of the study speak on a page
	for _, c := range slices.Concat(e.cases, e.gone) {
		for _, m := range c.Everywhere() {
			alone[m.Article]++
		}
	}
	if e.Stories, err = e.stories(ctx); err != nil {
		return err
	}
	e.Protected, e.Told, e.Printed = make([]bool, len(e.people)), make([][]string, len(e.people)), make([][]string, len(e.people))
	note := func(into *[]string, text string) { // the rare words of a text
		for _, w := range release.Words(text) {
			if stem := release.Stem(w); stems[stem] > 0 && stems[stem] < e.Rule.Small && !slices.Contains(*into, stem) {
				*into = append(*into, stem)
			}
		}
	}
	e.SpeakIn = make([][]string, len(e.people))
	for i := range e.people {
		e.Protected[i] = hidden[e.people[i].ID]
		for j := range e.people[i].Members {
			m := &e.people[i].Members[j]
			a, err := e.book.Article(ctx, m.Article)
			if err != nil {
				return err
			}
			for _, v := range m.Values {
				in := a
				if v.Article != m.Article {
					if in, err = e.book.Article(ctx, v.Article); err != nil {
						return err
					}
				}
				if v.At.End <= v.At.Start || !v.At.Within(in.Text) {
					continue
				}
				if said[v.Variable] == nil {
					said[v.Variable] = &release.Said{Column: v.Variable, Of: make([][]string, len(e.people))}
				}
				for _, w := range placeWord.FindAllString(v.At.In(in.Text), -1) {
					said[v.Variable].Of[i] = append(said[v.Variable].Of[i], strings.ToLower(w))
				}
			}
			roles.Of[i] = append(roles.Of[i], called(m, a)...)
			roles.Of[i] = append(roles.Of[i], release.Trades(a.Title)...)
			if a.Outlet != "" && !slices.Contains(e.SpeakIn[i], a.Outlet) {
				e.SpeakIn[i] = append(e.SpeakIn[i], a.Outlet)
			}
			about := sentencesAbout(m, a)
			telling := about
			if alone[m.Article] == 1 { // of whom else are "he" and "she"
				telling = append(slices.Clone(about), sentencesOfOne(a)...)
				note(&e.Printed[i], a.Text)
			}
			for _, st := range m.Statements {
				for _, at := range st.At {
					if st.Article == m.Article && at.Within(a.Text) {
						telling = append(telling, at.In(a.Text))
					}
				}
			}
			for _, sentence := range telling {
				note(&e.Told[i], sentence)
			}
			for _, sentence := range about {
				for _, at := range calledAs.FindAllStringSubmatch(sentence, -1) {
					roles.Of[i] = append(roles.Of[i], strings.ToLower(at[1]))
				}
				for _, w := range release.Trades(sentence) {
					if !outlets[w] || strings.Contains(sentence, " "+w) { // the Courier is no courier
						roles.Of[i] = append(roles.Of[i], w)
					}
				}
				roles.Of[i] = append(roles.Of[i], release.Workplaces(sentence)...)
				for _, at := range placeBehind.FindAllStringSubmatch(sentence, -1) {
					places.Of[i] = append(places.Of[i], strings.ToLower(at[1]))
				}
			}
		}
	}
	e.otherPlaces(&places, said)
	for _, name := range sorted(said) {
		e.Said = append(e.Said, *said[name])
	}
	e.Said = append(e.Said, roles, places)
	if err := e.lead(ctx); err != nil {
		return err
	}
	e.descriptions = release.NewDescriptions(e.Edition)
	for _, c := range e.cases {
		if c.Tier().Shown() && !c.Held() {
			for _, m := range c.Members {
				e.descriptions.Open(m.Speaker.Name)
			}
		}
	}
	return nil
}

// stems counts in how many stories each word stands that not any text may have, by its
// beginning.
func (e *publicEdition) stems(ctx context.Context) (map[string]int, error) {
	in := map[string]map[recount.Key]bool{}
	for _, p := range e.book.Pages() {
		a, err := e.book.Article(ctx, p.Key)
		if err != nil {
			return nil, err
		}
		story := cmp.Or(p.Original.Key, p.Key)
		for _, w := range release.Words(a.Text) {
			stem := release.Stem(w)
			if in[stem] == nil {
				in[stem] = map[recount.Key]bool{}
			}
			in[stem][story] = true
		}
	}
	out := map[string]int{}
	for w, stories := range in {
		out[w] = len(stories)
	}
	return out, nil
}

// stories reads what pages tell, reprints once, with who of the study speaks there.
func (e *publicEdition) stories(ctx context.Context) (out []release.Story, err error) {
	who := map[recount.Key][]int{} // by the pages, then by the stories
	for i := range e.people {
		for _, m := range e.people[i].Members {
			who[m.Article] = append(who[m.Article], i)
		}
	}
	at := map[recount.Key]int{}
	for _, p := range e.book.Pages() {
		if len(who[p.Key]) == 0 {
			continue
		}
		story := cmp.Or(p.Original.Key, p.Key)
		i, ok := at[story]
		if !ok {
			a, err := e.book.Article(ctx, p.Key)
			if err != nil {
				return nil, err
			}
			i, at[story] = len(out), len(out)
			out = append(out, release.NewStory(a.Text))
		}
		out[i].People = append(out[i].People, who[p.Key]...)
	}
	return out, nil
}

// otherPlaces leaves out of the places what is a value of a column, or a word for one,
// which says more of people than a sentence does, and what is no place.
func (e *publicEdition) otherPlaces(places *release.Said, said map[string]*release.Said) {
	known := map[string]bool{}
	note := func(words string) {
		for _, w := range strings.Fields(strings.ToLower(words)) {
			known[w] = true
		}
	}
	for _, c := range e.Columns {
		for _, v := range c.Of {
			note(v)
		}
		for _, words := range c.Words {
			for _, w := range words {
				note(w)
			}
		}
		for _, l := range c.Levels {
			for _, v := range l.Of {
				note(v)
			}
		}
	}
	for _, s := range said {
		for _, of := range s.Of {
			for _, w := range of {
				known[w] = true
			}
		}
	}
	for _, p := range e.book.Pages() {
		note(p.Outlet)
	}
	for i := range places.Of {
		places.Of[i] = slices.DeleteFunc(places.Of[i], func(w string) bool { return known[w] || release.IsMonth(w) })
	}
}

// mostlyNames is how many letters a part of a name has that a page calls somebody by.
const mostlyNames = 4

// sentencesAbout lists the sentences of a page that are about somebody: that hold what
// the page calls the person, or go on with "he" or "she" behind one that does.
func sentencesAbout(m *recount.Member, a *recount.Article) (out []string) {
	names := slices.DeleteFunc(append([]string{m.Speaker.Name}, m.Speaker.At.Exact...), func(n string) bool { return strings.TrimSpace(n) == "" })
	if m.At.Within(a.Text) {
		names = append(names, m.At.In(a.Text))
	}
	for _, n := range slices.Clone(names) {
		if release.IsName(n) { // a page goes on with the last name alone
			for _, w := range strings.Fields(n) {
				if len([]rune(w)) >= mostlyNames {
					names = append(names, w)
				}
			}
			continue
		}
		for _, w := range release.Trades(n) { // or with "the clerk"
			names = append(names, "The "+w, "the "+w)
		}
	}
	for line := range strings.Lines(a.Text) {
		before := false
		for _, at := range lang.Sentences(line, a.Language) {
			s := at.In(line)
			named := slices.ContainsFunc(names, func(n string) bool { return strings.Contains(s, n) })
			if before = named || before && ofOnePerson.MatchString(s); before {
				out = append(out, s)
			}
		}
	}
	return out
}

// sentencesOfOne lists the sentences of a page that speak of "he" or "she": that nothing
// between tells of somebody else is not known, and the words lead to the page all the same.
func sentencesOfOne(a *recount.Article) (out []string) {
	for line := range strings.Lines(a.Text) {
		for _, at := range lang.Sentences(line, a.Language) {
			if s := at.In(line); ofOnePerson.MatchString(s) {
				out = append(out, s)
			}
		}
	}
	return out
}

// lead notes what leads to the pages: their outlets and days, and on which of them
// somebody speaks who may not be shown.
func (e *publicEdition) lead(ctx context.Context) error {
	closed := map[recount.Key]bool{}
	for _, c := range slices.Concat(e.cases, e.gone) {
		if c.Tier().Shown() && !c.Held() {
			continue
		}
		for _, m := range c.Everywhere() {
			closed[cmp.Or(m.Original, m.Article)] = true
		}
	}
	var pages []release.LeadPage
	for _, p := range e.book.Pages() {
		a, err := e.book.Article(ctx, p.Key)
		if err != nil {
			return err
		}
		x := release.LeadPage{Outlet: a.Outlet, Day: a.When(), Protected: closed[cmp.Or(p.Original.Key, p.Key)], By: slices.Concat(a.Authors, release.MadeBy(a.Byline+"\n"+a.Text))}
		if u, err := url.Parse(a.URL); err == nil {
			x.Site = u.Hostname()
		}
		pages = append(pages, x)
	}
	e.leads = release.NewLeads(e.Rule, pages)
	return e.besides(ctx, closed)
}

// onlyThere notes the names of several words that one story alone prints, on which
// somebody speaks who may not be shown.
func (e *publicEdition) onlyThere(ctx context.Context, closed map[recount.Key]bool) error {
	story := map[string]recount.Key{} // "" if there are several
	small := map[string]bool{}
	for _, p := range e.book.Pages() {
		e.leads.MayName(p.Outlet)
		a, err := e.book.Article(ctx, p.Key)
		if err != nil {
			return err
		}
		for w := range release.WrittenSmall(a.Text) { // a word, and no name
			small[w] = true
		}
		of := cmp.Or(p.Original.Key, p.Key)
		for _, name := range release.ProperNames(a.Text) {
			if was, ok := story[name]; ok && was != of {
				story[name] = ""
			} else if !ok {
				story[name] = of
			}
		}
	}
	for _, name := range sorted(story) {
		// All words of "Leaving the Hill" are written small elsewhere: it is called so after
		// what it is about, as anything may be.
		words := strings.Fields(strings.ToLower(name))
		if closed[story[name]] && !(len(words) > 2 && !slices.ContainsFunc(words, func(w string) bool { return !small[w] })) {
			e.leads.OnlyThere(name)
		}
	}
	e.leads.MayName(sorted(small)...)
	return nil
}

// largeWords lists in which stories each word is written large as names are.
func (e *publicEdition) largeWords(ctx context.Context) (map[string]map[recount.Key]bool, error) {
	if e.large != nil {
		return e.large, nil
	}
	e.large = map[string]map[recount.Key]bool{}
	for _, p := range e.book.Pages() {
		a, err := e.book.Article(ctx, p.Key)
		if err != nil {
			return nil, err
		}
		for w := range release.Large(a.Text) {
			if e.large[w] == nil {
				e.large[w] = map[recount.Key]bool{}
			}
			e.large[w][cmp.Or(p.Original.Key, p.Key)] = true
		}
	}
	return e.large, nil
}

// besides notes who speaks beside somebody who may not be shown, and in few stories: a
// relative, a lawyer, a neighbour, whose name leads to the page.
func (e *publicEdition) besides(ctx context.Context, closed map[recount.Key]bool) error {
	large, err := e.largeWords(ctx)
	if err != nil {
		return err
	}
	for _, c := range e.cases {
		if c.Tier().Shown() && !c.Held() {
			for _, m := range c.Everywhere() {
				e.leads.MayName(m.Speaker.Name)
				e.leads.MayName(m.Speaker.At.Exact...)
			}
		}
	}
	for _, c := range e.Columns {
		if !strings.HasPrefix(c.Name, "filter:") {
			e.leads.MayName(append(slices.Clone(c.Of), c.Values...)...)
			for _, words := range c.Words {
				e.leads.MayName(words...)
			}
		}
	}
	if err := e.onlyThere(ctx, closed); err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, p := range e.book.Pages() {
		if !closed[cmp.Or(p.Original.Key, p.Key)] {
			continue
		}
		r, err := e.book.Reading(ctx, p.Key)
		if err != nil {
			return err
		}
		for _, sp := range r.Speakers {
			words := strings.Fields(release.Bare(sp.Name))
			if sp.Kind != recount.Named || len(words) == 0 || seen[sp.Name] {
				continue
			}
			seen[sp.Name] = true
			if len(large[words[len(words)-1]]) < e.Rule.Small {
				e.leads.Besides(sp.Name)
			}
		}
	}
	return nil
}

// withoutArticle is what somebody is called, without the article that begins it.
func withoutArticle(name string) string {
	if first, rest, ok := strings.Cut(name, " "); ok && slices.Contains([]string{"The", "A", "An"}, first) {
		return rest
	}
	return name
}

// called lists the words by which a page says what a person is or was.
func called(m *recount.Member, a *recount.Article) (out []string) {
	add := func(phrase string) {
		words := strings.Fields(phrase)
		for _, cut := range words {
			if slices.Contains(strings.Fields("from who of in at by for with and that"), cut) {
				words = words[:slices.Index(words, cut)]
				break
			}
		}
		if len(words) > 0 && !release.OfPeople(words[len(words)-1]) {
			out = append(out, strings.ToLower(words[len(words)-1]))
		}
	}
	if name := withoutArticle(m.Speaker.Name); m.Speaker.Kind == recount.Anonymous && name == strings.ToLower(name) {
		add(name)
		out = append(out, release.Trades(name)...)
	}
	if !m.At.Within(a.Text) {
		return out
	}
	if found := calledBehind.FindStringSubmatch(a.Text[m.At.End:]); found != nil {
		add(found[1])
	}
	from := strings.LastIndexByte(a.Text[:m.At.Start], '\n') + 1
	line, _, _ := strings.Cut(a.Text[from:], "\n")
	for _, found := range calledThere.FindAllStringSubmatch(line, -1) {
		add(found[1])
	}
	return out
}

// published lists the public editions that were produced, the first first.
func (e *publicEdition) published() (out []recount.PublishBody) {
	for _, d := range e.book.Holding(recount.KindPublish) {
		if b := d.Answer.(recount.PublishBody); b.Edition > 0 {
			out = append(out, b)
		}
	}
	slices.SortFunc(out, func(a, b recount.PublishBody) int {
		return cmp.Or(cmp.Compare(a.Edition, b.Edition), strings.Compare(a.Manifest, b.Manifest))
	})
	return out
}

// agrees refuses if the counts over the columns are not those of the study: then
// what is checked is not what would be printed.
func (e *publicEdition) agrees() error {
	for _, n := range e.Numbers(release.NewShape(nil)) {
		r, ok := e.results[n.Result]
		if !ok {
			continue
		}
		for _, name := range []string{n.Row, n.Cell} {
			if name == "" {
				continue
			}
			i := slices.IndexFunc(r.Rows, func(x recount.Result) bool { return x.Name == name })
			if i < 0 {
				return fmt.Errorf("publish: %q is no number of the report: %w", n.Name(), recount.ErrConflict)
			}
			r = r.Rows[i]
		}
		if n.N != r.N || n.Of != r.Of {
			return fmt.Errorf("publish: %q is %d of %d over the columns that are checked and %d of %d in the report: %w", n.Name(), n.N, n.Of, r.N, r.Of, recount.ErrConflict)
		}
	}
	return nil
}

// The columns that recount fills itself, by how filters and tables name them.
const (
	dayColumn   = "first_reported"
	codePrefix  = "code:"
	codedColumn = "coded people" // no variable has a name of two words
)

// notCoded is the value of a code's column for whom nobody has coded. An earlier edition
// knew of none: there they are among those who lack the code.
const notCoded = "uncoded"

// sinceCoded is what an earlier edition told, by the columns of codes as they are now.
func (e *publicEdition) sinceCoded(told map[string]int) map[string]int {
	if !e.uncoded {
		return told
	}
	out := map[string]int{}
	for key, n := range told {
		parts := strings.Split(key, "&")
		for i, part := range parts {
			column, values, ok := strings.Cut(part, "=")
			has := strings.Split(values, "|")
			if !ok || !strings.HasPrefix(column, url.QueryEscape(codePrefix)) || slices.Contains(has, notCoded) || !slices.Contains(has, "0") && !slices.Contains(has, "none") {
				continue
			}
			has = append(has, notCoded)
			slices.Sort(has)
			parts[i] = column + "=" + strings.Join(has, "|")
		}
		slices.Sort(parts)
		out[strings.Join(parts, "&")] = n
	}
	return out
}

// ladder are the wider levels of a day.
var ladder = [...]string{"month", "quarter", "half", "year"}

// columns makes the columns of everybody who is counted.
func (e *publicEdition) columns() {
	add := func(name string, class release.Class, of func(x *count.Person) string) *release.Column {
		c := &release.Column{Name: name, Class: class}
		for i := range e.people {
			c.Of = append(c.Of, cmp.Or(of(&e.people[i]), "unknown"))
		}
		e.Columns = append(e.Columns, c)
		return c
	}
	add("gender", release.Quasi, func(x *count.Person) string { return x.Gender })
	add("kind", release.Quasi, func(x *count.Person) string { return x.Kind })
	add("first_outlet", release.Evidence, func(x *count.Person) string { return x.FirstOutlet })
	day := add(dayColumn, release.Quasi, func(x *count.Person) string { return x.FirstReported })
	for _, step := range ladder {
		l := release.Level{Name: step, Of: map[string]string{}}
		for _, d := range day.Of {
			l.Of[d] = count.Step(recount.DateOf(d), step)
		}
		day.Levels = append(day.Levels, l)
	}
	for i := range e.study.config.Variables {
		v := &e.study.config.Variables[i]
		if v.Name == "gender" {
			continue
		}
		c := add(v.Name, "", func(x *count.Person) string { return x.Values[v.Name] })
		c.Words = v.Words
		for _, w := range v.Wider {
			c.Levels = append(c.Levels, release.Level{Name: w.Name, Of: w.Of})
		}
		if len(v.Wider) == 0 {
			if c.Levels = periods(c.Of); c.Levels == nil {
				c.Levels = bands(c.Of)
			}
		}
	}
	if len(e.study.codes.Codes) == 0 {
		return
	}
	// That nobody has coded somebody is a thing of the coders, and says nothing of whom.
	add(codedColumn, release.Safe, func(x *count.Person) string { return flag(x.Coded) }).Values = []string{"0", "1"}
	e.uncoded = slices.ContainsFunc(e.people, func(x count.Person) bool { return !x.Coded })
	for _, code := range e.study.codes.Codes {
		c := add(codePrefix+code.Code, release.Sensitive, func(x *count.Person) string { return e.has(x, code) })
		c.Values = []string{"0", "1"}
		if code.Parent != "" {
			c.Values = []string{"none", "parent", "1"}
			c.Parent, c.Up = codePrefix+code.Parent, map[string]string{"none": e.without(code.Parent), "parent": "1", "1": "1"}
		} else if e.uncoded { // who has a code is one of those coded
			c.Parent, c.Up = codedColumn, map[string]string{"0": "1", "1": "1"}
		}
		if e.uncoded {
			c.Values = append(c.Values, notCoded)
			c.Up[notCoded] = map[bool]string{true: "0", false: notCoded}[code.Parent == ""]
		}
	}
}

// has says how a person stands to a code: has it, has only what it is a part of,
// neither, or nobody has coded the person.
func (e *publicEdition) has(x *count.Person, code recount.Code) string {
	switch {
	case x.Has(code.Code):
		return "1"
	case !x.Coded:
		return notCoded
	case code.Parent == "":
		return "0"
	case x.Has(code.Parent):
		return "parent"
	}
	return "none"
}

// without is the value of a code's column that says that somebody lacks it. Of a
// code that is a part of another it is "none": lacking it, one may have the other
// or not, and the other's column says which.
func (e *publicEdition) without(code string) string {
	for _, c := range e.study.codes.Codes {
		if c.Code == code && c.Parent != "" {
			return "none"
		}
	}
	return "0"
}

// periods are the wider levels of days and months, as of a variable that says when
// somebody left; of values that are none there are no levels.
func periods(values []string) (out []release.Level) {
	for _, step := range ladder {
		l, wider := release.Level{Name: step, Of: map[string]string{}}, false
		for _, v := range values {
			d, err := recount.ParseDate(v)
			if err != nil || len(v) < len("2006-01") {
				continue
			}
			l.Of[v] = count.Step(d, step)
			wider = wider || l.Of[v] != v
		}
		if wider {
			out = append(out, l)
		}
	}
	return out
}

// bands are the wider levels of numbers: of five, ten and twenty.
func bands(values []string) (out []release.Level) {
	for _, width := range []int{5, 10, 20} {
		l := release.Level{Name: fmt.Sprintf("band%d", width), Of: map[string]string{}}
		for _, v := range values {
			if n, err := strconv.Atoi(v); err == nil && n >= 0 {
				from := n / width * width
				l.Of[v] = fmt.Sprintf("%d-%d", from, from+width-1)
			}
		}
		if len(l.Of) > 0 {
			out = append(out, l)
		}
	}
	return out
}

// result sets down what a query of report.md counts.
func (e *publicEdition) result(q *count.Query, r *recount.Result) error {
	x := release.Result{Name: q.Name, Label: cmp.Or(r.Label, q.Name), Share: q.Share, Apart: q.Versus != nil}
	if q.Of != "" {
		of, err := e.where(q.Name, q.Of)
		if err != nil {
			return err
		}
		x.Of = of
	}
	where, err := e.where(q.Name, q.Where)
	if err != nil {
		return err
	}
	x.Where = append(where, x.Of...)
	switch {
	case q.Versus != nil:
		d := release.Dimension{Name: "periods"}
		for _, row := range r.Rows {
			d.Rows = append(d.Rows, release.Row{Name: row.Name, Label: cmp.Or(row.Label, row.Name), Where: e.period(row.Cases)})
		}
		x.Dims = []release.Dimension{d}
	case q.By != "":
		for i, by := range strings.Split(q.By, ",") {
			rows := r.Rows
			if i > 0 && len(r.Rows) > 0 {
				rows = r.Rows[0].Rows
			}
			x.Dims = append(x.Dims, e.dimension(strings.TrimSpace(by), rows))
		}
		// The rows of a table by code are parts of those who were coded.
		if len(x.Dims) == 1 && !x.Share && slices.ContainsFunc(x.Dims[0].Rows, func(row release.Row) bool { return row.Rest }) {
			x.Base = []release.Condition{{Column: codedColumn, Values: []string{"1"}}}
		}
	}
	e.Results = append(e.Results, x)
	return nil
}

// period is the days on which some people were first reported.
func (e *publicEdition) period(ids []string) release.Condition {
	c := release.Condition{Column: dayColumn}
	for i := range e.people {
		if slices.Contains(ids, e.people[i].ID) && !slices.Contains(c.Values, e.people[i].FirstReported) {
			c.Values = append(c.Values, e.people[i].FirstReported)
		}
	}
	slices.Sort(c.Values)
	if len(c.Values) == 0 {
		c.Values = []string{"nobody"}
	}
	return c
}

// where turns a filter into conditions, one for each of the filters that it joins by
// "and". One of a single column is a set of its values, so that a reader's sums over
// that column are seen. Any other is a column of its own; if it joins columns of which
// one is known to others, what else follows from it cannot be seen, and it is noted.
func (e *publicEdition) where(name, source string) (out []release.Condition, err error) {
	parts := count.Conjuncts(source)
	for _, part := range parts {
		if len(parts) == 1 {
			part.Source = source
		}
		ids, err := e.passing(part.Source)
		if err != nil {
			return nil, err
		}
		var asked []string
		opaque, known := false, false
		for _, n := range part.Names {
			column := n
			if what, arg, ok := strings.Cut(n, ":"); ok && (what == "has" || what == "grade_of_code") {
				column = codePrefix + arg
			} else if ok && (what == "value" || what == "grade_of_value") {
				column = arg
			}
			c := e.Column(column)
			if opaque = opaque || c == nil; c == nil {
				column = n
			}
			known = known || c == nil || c.Class != release.Sensitive
			if !slices.Contains(asked, column) {
				asked = append(asked, column)
			}
		}
		x := e.filter(part.Source, ids, asked)
		if c := e.Column(x.Column); c.Opaque {
			switch {
			case slices.ContainsFunc(asked, func(a string) bool { return a == "first_outlet" || strings.HasPrefix(a, "reported_by:") }):
				c.Class = release.Evidence
			case !known:
				c.Class = release.Sensitive
			case len(asked) > 1:
				e.joined[name] = part.Source
			}
		}
		out = append(out, x)
	}
	return out, nil
}

// filter is the condition that a filter sets which asks for some columns.
func (e *publicEdition) filter(source string, ids []string, asked []string) release.Condition {
	counted := func(i int) bool { return slices.Contains(ids, e.people[i].ID) }
	if len(asked) == 1 && e.Column(asked[0]) != nil {
		c := e.Column(asked[0])
		in, out := map[string]bool{}, map[string]bool{}
		for i, v := range c.Of {
			if counted(i) {
				in[v] = true
			} else {
				out[v] = true
			}
		}
		x := release.Condition{Column: c.Name, Values: sorted(in), Source: source}
		if strings.HasPrefix(c.Name, codePrefix) {
			x.Source = "" // having a code is the same question as its row in a table
		}
		if !slices.ContainsFunc(x.Values, func(v string) bool { return out[v] }) && len(x.Values) > 0 {
			return x
		}
	}
	name := "filter:" + source
	if e.Column(name) == nil {
		c := &release.Column{Name: name, Class: release.Quasi, Values: []string{"0", "1"}, Opaque: true}
		for i := range e.people {
			c.Of = append(c.Of, flag(counted(i)))
		}
		e.Columns = append(e.Columns, c)
	}
	return release.Condition{Column: name, Values: []string{"1"}, Source: source}
}

// period0 makes a period in which nobody was first reported a value of the column,
// so that it has its place at every level.
func (e *publicEdition) period0(c *release.Column, name string) {
	month := name
	if year, n, ok := strings.Cut(name, "-Q"); ok {
		q, _ := strconv.Atoi(n)
		month = fmt.Sprintf("%s-%02d", year, 3*q-2)
	} else if year, n, ok := strings.Cut(name, "-H"); ok {
		h, _ := strconv.Atoi(n)
		month = fmt.Sprintf("%s-%02d", year, 6*h-5)
	}
	if slices.Contains(c.Values, month) || slices.Contains(c.Of, month) {
		return
	}
	c.Values = append(c.Values, month)
	for i, step := range ladder {
		c.Levels[i].Of[month] = count.Step(recount.DateOf(month), step)
	}
}

// dimension is what the rows of a table are.
func (e *publicEdition) dimension(by string, rows []recount.Result) release.Dimension {
	level := ""
	if slices.Contains(ladder[:], by) {
		by, level = dayColumn, by
	}
	if c := e.Column(by); c != nil {
		d := release.Dimension{Column: by, Level: level}
		for _, r := range rows {
			d.Shown = append(d.Shown, r.Name)
			if level != "" && r.Name != "unknown" {
				e.period0(c, r.Name)
			}
		}
		return d
	}
	d := release.Dimension{Name: by}
	if by == "code.top" {
		d.Name = "code"
	}
	for _, r := range rows {
		row := release.Row{Name: r.Name, Label: strings.TrimSuffix(cmp.Or(r.Label, r.Name), ".")}
		byCode := by == "code" || by == "codes" || by == "code.top"
		if row.Rest = byCode && r.Name == count.NotCoded && e.Column(codedColumn) != nil; row.Rest {
			row.Where = release.Condition{Column: codedColumn, Values: []string{"0"}}
		} else if c := e.Column(codePrefix + r.Name); c != nil && byCode {
			row.Where = release.Condition{Column: c.Name, Values: []string{"1"}}
			if row.Under = strings.TrimPrefix(c.Parent, codePrefix); c.Parent != "" && !slices.ContainsFunc(rows, func(o recount.Result) bool { return o.Name == row.Under }) {
				row.Under = ""
			}
		} else {
			row.Where = e.filter(by+" is "+r.Name, r.Cases, nil)
			if by == "outlet" {
				e.Column(row.Where.Column).Class = release.Evidence
			}
		}
		d.Rows = append(d.Rows, row)
	}
	return d
}
