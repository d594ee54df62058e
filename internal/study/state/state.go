// Package state loads a study for counting: the decisions replayed over the
// articles and what was read out of them.
package state

import (
	"context"
	"slices"
	"sort"
	"strings"
	"time"

	"recount"
	"recount/internal/cases"
	"recount/internal/copies"
	"recount/internal/count"
	"recount/internal/store"
	"recount/internal/study/config"
)

// The rules that init switches on.
const (
	FoldReprints = "fold_reprints"           // reprints of one original count once
	SetAside     = "set_aside_other_stories" // passages of other stories are left out
)

// A Base is the study's captures and articles: for each page the version that
// counts.
type Base struct {
	Captures []recount.Capture
	Articles []*recount.Article // the counting version of each page, by key
	Older    map[recount.Key][]*recount.Article
	Pages    *recount.Pages
	ByKey    map[recount.Key]*recount.Article
}

// Read reads the captures and articles.
func Read(ctx context.Context, from *store.Store) (*Base, error) {
	captures, err := from.Captures(ctx)
	if err != nil {
		return nil, err
	}
	newest, older, err := articles(ctx, from)
	if err != nil {
		return nil, err
	}
	captured := map[recount.Key]string{}
	for _, c := range captures {
		captured[c.Key] = c.Captured.UTC().Format(time.RFC3339)
	}
	// Older texts go first, so that the newest text of a page counts.
	b := &Base{Captures: captures, Older: map[recount.Key][]*recount.Article{}, ByKey: map[recount.Key]*recount.Article{}}
	b.Pages = recount.NewPages(append(slices.Clone(older), newest...), func(k recount.Key) string { return captured[k] })
	for _, a := range newest {
		if b.Pages.Counts(a) {
			b.Articles = append(b.Articles, a)
			b.ByKey[a.Key] = a
		}
	}
	for _, a := range append(slices.Clone(older), newest...) {
		if c := b.Pages.Find(a.Page(), a.Part); c != nil && c != a {
			b.Older[c.Key] = append(b.Older[c.Key], a)
		}
	}
	return b, nil
}

// articles returns the newest text of every capture, by key.
func articles(ctx context.Context, from *store.Store) (newest, older []*recount.Article, err error) {
	for a, err := range from.Articles(ctx) {
		if err != nil {
			return nil, nil, err
		}
		if n := len(newest); n > 0 && newest[n-1].Key == a.Key {
			if a.Extractor < newest[n-1].Extractor {
				older = append(older, a)
				continue
			}
			older = append(older, newest[n-1])
			newest[n-1] = a
			continue
		}
		newest = append(newest, a)
	}
	return newest, older, nil
}

// Stamp names the articles that count and what reads them.
func (b *Base) Stamp(reader string) string {
	parts := []string{reader}
	for _, a := range b.Articles {
		parts = append(parts, string(a.Key), a.Extractor, recount.HashText(a.Text))
	}
	return string(recount.KeyOf(parts...))
}

// A State is everything a count or a report is made of.
type State struct {
	*Base
	Log      *recount.Log
	Items    []*recount.Item
	Findings []recount.Finding
	Readings map[recount.Key]*recount.Reading
	Figures  map[recount.Key][]recount.ReportedFigure

	Relations   []recount.Relation
	Originals   []recount.Original
	Suggestions []recount.Suggestion
	Speakers    map[recount.Key]*recount.Speaker

	Members    []recount.Member
	Links      []recount.Link // answered, and open ones
	Statements []cases.Said
	Config     *config.Config
	Codebook   recount.Codebook
	Rules      []string
}

// Load replays the decisions over the derived records.
func Load(ctx context.Context, from *store.Store, log *recount.Log, cfg *config.Config, codes recount.Codebook) (*State, error) {
	st := State{Log: log, Config: cfg, Codebook: codes}
	var err error
	if st.Base, err = Read(ctx, from); err != nil {
		return nil, err
	}
	if st.Relations, err = from.Relations(ctx); err != nil {
		return nil, err
	}
	if st.Originals, err = from.Originals(ctx); err != nil {
		return nil, err
	}
	if st.Suggestions, err = from.Suggestions(ctx); err != nil {
		return nil, err
	}
	st.Readings = map[recount.Key]*recount.Reading{}
	st.Speakers = map[recount.Key]*recount.Speaker{}
	for r, err := range from.Readings(ctx) {
		if err != nil {
			return nil, err
		}
		if st.ByKey[r.Article] == nil {
			continue
		}
		st.Readings[r.Article] = r
		for i := range r.Speakers {
			st.Speakers[r.Speakers[i].Key()] = &r.Speakers[i]
		}
	}
	st.Figures = map[recount.Key][]recount.ReportedFigure{}
	for f, err := range from.Figures(ctx) {
		if err != nil {
			return nil, err
		}
		if st.ByKey[f.Article] != nil {
			st.Figures[f.Article] = f.Figures
		}
	}
	st.Items, st.Findings = st.Log.Items(st.Pages)
	for _, it := range st.Items {
		if it.Kind == recount.KindRule {
			if a, ok := it.Settled(st.Log); ok && a.Body.(*recount.RuleBody).On {
				st.Rules = append(st.Rules, it.Subject)
			}
		}
	}
	sort.Strings(st.Rules)
	st.applyReprints()
	st.applyDates()
	st.applyRoles()
	st.Members, st.Links, st.Statements = cases.People(st.Log, st.Items, st.placer())
	cases.Attach(st.Log, st.Items, st.Members, st.Statements, st.Pages.Place)
	st.Links = append(st.Links, cases.Open(st.Suggestions, st.Speakers, st.Members, st.Links, recount.Milli(10*cfg.Rules.Link))...)
	return &st, nil
}

// applyReprints groups the pages again as people's answers about reprints have
// it. A page that was found to be put together from others stays so unless its
// group changed.
func (st *State) applyReprints() {
	var answers []copies.Correction
	for _, it := range st.Items {
		if it.Kind != recount.KindRelation {
			continue
		}
		ans, ok := it.Settled(st.Log)
		b := ans.Body.(*recount.RelationBody)
		a, of := st.Pages.Find(b.Page, ""), st.Pages.Find(b.Of, "")
		if ok && a != nil && of != nil {
			answers = append(answers, copies.Correction{Article: a.Key, Of: of.Key, Reprint: ans.Value == recount.Yes})
		}
	}
	if len(answers) == 0 {
		return
	}
	spliced := map[recount.Key]string{}
	for _, o := range st.Originals {
		if o.Spliced {
			spliced[o.Members[0]] = o.Reason
		}
	}
	st.Relations = copies.Correct(st.Relations, st.Originals, answers)
	st.Originals = copies.Originals(slices.Values(st.Articles), st.Relations)
	for i := range st.Originals {
		o := &st.Originals[i]
		if why, ok := spliced[o.Members[0]]; ok && len(o.Members) == 1 {
			o.Spliced, o.Reason = true, why
		}
	}
}

// applyDates puts decided days of publication in place of the extracted ones
// and takes the flag away.
func (st *State) applyDates() {
	decided := map[string]string{}
	for _, it := range st.Items {
		if it.Kind == recount.KindDate {
			if a, ok := it.Settled(st.Log); ok {
				decided[it.Subject] = a.Value
			}
		}
	}
	for i, a := range st.Articles {
		d, ok := decided[a.Page()]
		if !ok {
			continue
		}
		c := *a
		c.Published, c.DateFlag = d, ""
		switch {
		case len(d) > 10:
			c.Precision = recount.ToMinute
		case len(d) == 10:
			c.Precision = recount.ToDay
		case len(d) == 7:
			c.Precision = recount.ToMonth
		default:
			c.Precision = recount.ToYear
		}
		c.Notes = append(slices.Clone(c.Notes), "the day of publication was decided by a person")
		st.Articles[i], st.ByKey[a.Key] = &c, &c
	}
}

// applyRoles gives sentences the roles that people decided.
func (st *State) applyRoles() {
	for _, it := range st.Items {
		if it.Kind != recount.KindRole {
			continue
		}
		a, ok := it.Settled(st.Log)
		r := st.Readings[it.At[0].Article.Key]
		if !ok || r == nil {
			continue
		}
		for i := range r.Sentences {
			for _, sp := range it.At[0].Spans {
				if r.Sentences[i].Span.Overlaps(sp) {
					r.Sentences[i].Role = recount.Role(a.Value)
					r.Sentences[i].Reason = "decided by a person"
				}
			}
		}
	}
}

// On reports whether a rule is switched on.
func (st *State) On(rule string) bool { return slices.Contains(st.Rules, rule) }

// placer says of each article what People must know. Under fold_reprints a
// person speaks on the day the original was first printed, whichever reprint
// the decision is about.
func (st *State) placer() func(recount.Key) cases.Place {
	of := map[recount.Key]*recount.Original{}
	for i := range st.Originals {
		for _, m := range st.Originals[i].Members {
			of[m] = &st.Originals[i]
		}
	}
	return func(k recount.Key) cases.Place {
		a := st.ByKey[k]
		if a == nil {
			return cases.Place{}
		}
		p := cases.Place{Outlet: a.Outlet, Day: a.When(), Original: k, First: true}
		p.Days, p.Reason = days(a), a.DateFlag
		o := of[k]
		if o == nil {
			return p
		}
		p.Original, p.First = o.Key, o.First == k
		if !st.On(FoldReprints) || len(o.Members) < 2 {
			return p
		}
		p.Days = nil
		for _, m := range o.Members {
			p.Days = earliest(p.Days, days(st.ByKey[m]))
			if d := st.ByKey[m].When(); d != "" && (p.Day == "" || d < p.Day) {
				p.Day = d
			}
		}
		return p
	}
}

// days returns every day of publication that is still possible: the one that
// was chosen, and while its flag stands those of the other candidates too.
func days(a *recount.Article) []string {
	if a == nil {
		return nil
	}
	var out []string
	if d := a.When(); d != "" {
		out = append(out, d)
	}
	if a.DateFlag != "" {
		for _, c := range a.Dates {
			if c.Field != "" && c.Field != "published" {
				continue
			}
			if d := c.Value[:min(10, len(c.Value))]; config.ISODate.MatchString(d) && len(d) >= len(a.When()) {
				out = append(out, d)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// earliest returns the possible values of the smaller of two days.
func earliest(a, b []string) []string {
	if len(a) == 0 {
		return b
	}
	if len(b) == 0 {
		return a
	}
	var out []string
	for _, x := range a {
		for _, y := range b {
			out = append(out, min(x, y))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Undecided returns the machine-read speakers that are people, one of a group
// of reprints, and that no scope decision is about. They are speakers, not yet
// people, and are never added to a count.
func (st *State) Undecided() []*recount.Speaker {
	looked := map[recount.Key][]recount.Span{}
	for _, it := range st.Items {
		if it.Kind == recount.KindScope {
			k := it.At[0].Article.Key
			looked[k] = append(looked[k], it.At[0].Spans...)
		}
	}
	first := map[recount.Key]bool{}
	for _, o := range st.Originals {
		if o.Spliced && st.On(FoldReprints) {
			continue
		}
		if !st.On(FoldReprints) {
			for _, m := range o.Members {
				first[m] = true
			}
			continue
		}
		f := o.First
		if f == "" {
			f = o.Members[0]
		}
		first[f] = true
	}
	var out []*recount.Speaker
	for _, a := range st.Articles {
		r := st.Readings[a.Key]
		if r == nil || !first[a.Key] {
			continue
		}
	speakers:
		for i := range r.Speakers {
			sp := &r.Speakers[i]
			if !sp.Kind.Person() || !st.speaks(r, sp) {
				continue
			}
			for _, at := range looked[a.Key] {
				if sp.Mention.Overlaps(at) {
					continue speakers
				}
				for _, m := range sp.Mentions {
					if m.Overlaps(at) {
						continue speakers
					}
				}
			}
			out = append(out, sp)
		}
	}
	return out
}

// speaks reports whether a speaker has a statement in the story itself.
func (st *State) speaks(r *recount.Reading, sp *recount.Speaker) bool {
	for _, x := range r.Statements {
		if x.Speaker != sp.ID || !x.Speech || len(x.Content) == 0 {
			continue
		}
		aside := false
		for _, sen := range r.Sentences {
			if sen.Role == recount.OffTopic && st.On(SetAside) && sen.Span.Overlaps(x.Content[0]) {
				aside = true
			}
		}
		if !aside {
			return true
		}
	}
	return false
}

// Problem is what package count counts.
func (st *State) Problem() *count.Problem {
	return &count.Problem{Members: st.Members, Links: st.Links, Codes: st.Codebook, Rules: st.Config.Counting(), Variables: st.Config.Names(), Where: st.Config.Period.Filter()}
}

// LogHash names the set of live decisions.
func LogHash(l *recount.Log) string {
	var ids []string
	for i := range l.Decisions {
		if id := l.Decisions[i].ID; l.Live[id] {
			ids = append(ids, id)
		}
	}
	return recount.HashText(strings.Join(ids, "\n"))
}

// AsOf is the time of the newest capture or decision: a report's date.
func (st *State) AsOf() string {
	newest := ""
	for _, c := range st.Captures {
		newest = max(newest, c.Captured.UTC().Format(time.RFC3339))
	}
	for i := range st.Log.Decisions {
		newest = max(newest, st.Log.Decisions[i].Time)
	}
	return newest
}

// ByDay returns the articles in order of publication; those without a date
// come last.
func (st *State) ByDay() []*recount.Article {
	out := slices.Clone(st.Articles)
	slices.SortStableFunc(out, func(a, b *recount.Article) int {
		if (a.Published == "") != (b.Published == "") {
			if a.Published == "" {
				return 1
			}
			return -1
		}
		return strings.Compare(a.Published, b.Published)
	})
	return out
}
