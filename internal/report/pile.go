package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"recount"
)

// A PileNumber is one number of the report on a pile.
type PileNumber struct {
	Name   string // "statements"
	Label  string // "statements, reprints folded"
	Counts string // what it counts and how, in one sentence
	N      int
	Page   string // its evidence page, from the top of the site
}

// Numbers returns the numbers of the report on a pile, in its order.
func Numbers(m *Material) []PileNumber {
	var out []PileNumber
	for _, e := range newPile(newIndex(m)).all {
		out = append(out, PileNumber{e.id, e.label, e.counts, len(e.items), e.path(0)})
	}
	return out
}

// Pile makes the report "What is in the pile". Nothing has been decided yet,
// so it holds no count of cases, no share and no trend.
func Pile(m *Material) (*Site, error) {
	x := newIndex(m)
	p := newPile(x)
	s := &Site{manifest: x.newManifest("pile", x.reportTitle("pile"))}
	for _, e := range p.all {
		s.manifest.Numbers = append(s.manifest.Numbers, Number{Name: e.id, Label: e.label, Unit: "items", N: len(e.items),
			Range: [2]int{len(e.items), len(e.items)}, Exact: true, Page: e.path(0)})
	}
	s.add("index.html", "pile.html", func() any { return p })
	s.addEvidence(x, "pile", p.all)
	s.addArticles(x, "pile")
	return s, nil
}

// A pile is the view of the report on a pile: its numbers by name, and what
// its tables show.
type pile struct {
	frame
	x    *index
	all  []*evidence
	byID map[string]*evidence

	Outlets     []tableRow
	Kinds       []tableRow
	Types       []tableRow
	FigureKinds []tableRow
	TopFigures  []tableRow
	Languages   []tableRow
	Reasons     []tableRow // of refusals
	Disagree    []itemView // pages whose dates disagree, the first few
	Spliced     []itemView
	Heaviest    []linkView
	Steps       []step
	First, Last string // days of publication
	Fold, Aside bool   // rules that are on
	Confidence  string // mean over the statements, or ""
	Chart       *chart
}

type tableRow struct {
	Label   string
	Numbers []numberView
	Note    string
}

// A linkView is one suggestion, as a row of the list of what to decide.
type linkView struct {
	A, B             string // names
	AOutlet, BOutlet string
	Probability      string
	Bars             []recount.Bar
	Href             string
}

// A step is one thing to decide next.
type step struct {
	Title  string
	Number *numberView
	Text   string
	Effect string
	Links  []linkView
}

// Num returns a printed number by name, for the templates.
func (p *pile) Num(id string) (numberView, error) {
	e := p.byID[id]
	if e == nil {
		return numberView{}, fmt.Errorf("the pile has no number %q", id)
	}
	return numberView{Href: e.path(0), Text: grouped(len(e.items)), Label: e.label}, nil
}

// N returns a number by name.
func (p *pile) N(id string) int { return len(p.byID[id].items) }

// Noun returns one or many, to go with a number.
func (p *pile) Noun(id, one, many string) string {
	if p.N(id) == 1 {
		return one
	}
	return many
}

func (p *pile) put(id, label, counts string, items []item) *evidence {
	e := &evidence{id: id, label: label, counts: counts, number: grouped(len(items)), total: len(items), items: items,
		empty: "There is nothing in this list: the number is zero."}
	p.all = append(p.all, e)
	p.byID[id] = e
	return e
}

func (p *pile) view(e *evidence) numberView {
	return numberView{Href: e.path(0), Text: grouped(len(e.items)), Label: e.label}
}

func newPile(x *index) *pile {
	p := &pile{frame: x.frame("pile", "", x.reportTitle("pile")), x: x, byID: map[string]*evidence{},
		Fold: x.rule(FoldReprints), Aside: x.rule(SetAsideOtherStories)}
	p.cameIn()
	p.originals()
	statements := x.statements()
	p.speech(statements)
	p.figures()
	p.setAside(statements)
	p.errors(statements)
	p.next()
	return p
}

// cameIn counts what was offered, taken and refused.
func (p *pile) cameIn() {
	x := p.x
	var captures, pages, empty, refused, disagree, undated []item
	for i := range x.Captures {
		c := &x.Captures[i]
		it := item{title: c.Name, notes: []string{"SHA-256 " + c.Hash, sizeWords(c.Size)}}
		if c.Search != "" {
			it.notes = append(it.notes, "found by the search: "+c.Search)
		}
		for _, a := range x.every {
			if a.Capture == c.Key {
				it.path = articlePath(a.Key)
				if l, ok := x.lead(a); ok {
					it.cites = append(it.cites, l)
				}
			}
		}
		if len(it.cites) == 0 {
			it.plain = "no text was found in it"
		}
		captures = append(captures, it)
	}
	for _, a := range x.Articles {
		it := x.pageItem(a)
		pages = append(pages, it)
		if len(it.cites) == 0 {
			empty = append(empty, it)
		}
		if a.DateFlag != "" {
			d := it
			d.notes = []string{a.DateFlag, "chosen: " + cmp.Or(a.Published, "none")}
			for _, c := range a.Dates {
				d.notes = append(d.notes, c.Value+" ("+c.Origin+")")
			}
			disagree = append(disagree, d)
		}
		if a.Published == "" {
			undated = append(undated, it)
		} else if d := a.Published; len(d) >= 7 {
			if p.First == "" || d < p.First {
				p.First = d
			}
			if d > p.Last {
				p.Last = d
			}
		}
	}
	reasons := map[string][]item{}
	for _, r := range x.Refusals {
		it := item{title: r.Name, plain: r.Reason, notes: []string{"refused at " + r.Stage}}
		if r.Hint != "" {
			it.notes = append(it.notes, "next: "+r.Hint)
		}
		refused = append(refused, it)
		reasons[r.Reason] = append(reasons[r.Reason], it)
	}
	p.put("captures", "archived pages", "Files or pages that came in and were kept as they were. Each counts once, however often it was added.", captures)
	p.put("refused", "refused", "Files that came in and were not taken, each with its reason and the next step. Nothing was dropped silently.", refused)
	for _, r := range sortedKeys(reasons) {
		e := p.put("refused."+slug(r)+"-"+string(recount.KeyOf("reason", r)[:4]), "refused: "+r, "Files that were refused for this reason.", reasons[r])
		p.Reasons = append(p.Reasons, tableRow{Label: r, Numbers: []numberView{p.view(e)}})
	}
	p.put("pages", "pages", "Articles that count: of several versions of one page, the newest that has any text.", pages)
	var older []item
	for _, a := range x.Articles {
		for _, o := range x.Older[a.Key] {
			older = append(older, x.pageItem(o))
		}
	}
	p.put("older", "older versions", "Other versions of the same pages. They are kept and shown, and never counted as further sources.", older)
	p.put("empty", "pages without text", "Pages in which no article text was found.", empty)
	p.put("undated", "pages without a date", "Pages on which no date of publication was found.", undated)
	p.put("dates", "pages whose dates disagree", "Pages that state several different dates of publication, or one that cannot be right.", disagree)
	for _, it := range disagree[:min(3, len(disagree))] {
		p.Disagree = append(p.Disagree, itemView{Title: it.title, Href: it.path, Notes: it.notes[:1]})
	}

	byOutlet, byLanguage := map[string][]item{}, map[string][]item{}
	for _, a := range x.Articles {
		it := x.pageItem(a)
		byOutlet[a.Outlet] = append(byOutlet[a.Outlet], it)
		byLanguage[a.Language] = append(byLanguage[a.Language], it)
	}
	var outlets []item
	names := sortedKeys(byOutlet)
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(len(byOutlet[b]), len(byOutlet[a])) })
	for _, o := range names {
		if o != "" {
			outlets = append(outlets, item{title: o, notes: []string{plural(len(byOutlet[o]), "page", "pages")}, cites: byOutlet[o][0].cites})
		}
	}
	p.put("outlets", "outlets", "Names under which the pages were published, as the pages give them.", outlets)
	p.Chart = &chart{ID: "outlets", Title: "Pages by outlet", Desc: "Number of pages from each outlet. Each bar opens the list of its pages."}
	for i, o := range names {
		if i == maxBars {
			break
		}
		e := p.put(fmt.Sprintf("outlet.%s-%s", slug(o), recount.KeyOf("outlet", o)[:4]), "pages from "+cmp.Or(o, "an unknown outlet"),
			"Pages published under this name.", byOutlet[o])
		p.Outlets = append(p.Outlets, tableRow{Label: cmp.Or(o, "unknown outlet"), Numbers: []numberView{p.view(e)}})
		p.Chart.Rows = append(p.Chart.Rows, mark{Label: cmp.Or(o, "unknown outlet"), Value: len(byOutlet[o]), Href: e.path(0), Text: grouped(len(byOutlet[o]))})
	}
	for _, l := range sortedKeys(byLanguage) {
		e := p.put("language."+cmp.Or(slug(l), "unknown"), "pages in "+languageWords(l), "Pages in this language, as recognised from the text.", byLanguage[l])
		p.Languages = append(p.Languages, tableRow{Label: languageWords(l), Numbers: []numberView{p.view(e)}})
	}
}

// pageItem stands for a whole page: its headline or first sentence.
func (x *index) pageItem(a *recount.Article) item {
	it := item{title: title(a), path: articlePath(a.Key)}
	if l, ok := x.lead(a); ok {
		it.cites = []cite{l}
	} else {
		it.plain = "no text was found on this page"
	}
	return it
}

// originals counts how many pages are how many independent originals.
func (p *pile) originals() {
	x := p.x
	var originals, reprints, spliced []item
	for i := range x.Originals {
		o := &x.Originals[i]
		first := x.article[o.First]
		if first == nil && len(o.Members) > 0 {
			first = x.article[o.Members[0]]
		}
		if first == nil {
			continue
		}
		it := x.pageItem(first)
		if o.Spliced {
			it.notes = append(it.notes, "put together from several pages; it counts for nobody")
			if o.Reason != "" {
				it.notes = append(it.notes, o.Reason)
			}
			for _, r := range x.Relations {
				if b := x.article[r.B]; r.A == first.Key && b != nil && (r.Kind == recount.Copy || r.Kind == recount.Partial) {
					it.notes = append(it.notes, relationWords(r.Kind)+" with "+title(b))
				}
				if b := x.article[r.A]; r.B == first.Key && b != nil && (r.Kind == recount.Copy || r.Kind == recount.Partial) {
					it.notes = append(it.notes, relationWords(r.Kind)+" with "+title(b))
				}
			}
			spliced = append(spliced, it)
			p.Spliced = append(p.Spliced, itemView{Title: it.title, Href: it.path, Notes: it.notes})
			continue
		}
		if n := len(o.Members); n > 1 {
			it.notes = append(it.notes, plural(n, "page", "pages")+" run it")
			if o.Reason != "" {
				it.notes = append(it.notes, "probably first here: "+o.Reason)
			}
		}
		originals = append(originals, it)
		for _, k := range o.Members {
			if a := x.article[k]; a != nil && a != first {
				r := x.pageItem(a)
				r.notes = append(r.notes, "reprint of: "+title(first))
				reprints = append(reprints, r)
			}
		}
	}
	p.put("originals", "independent originals", "Groups of pages that run one text. A reprint adds no source; each original counts once.", originals)
	p.put("reprints", "reprints", "Pages that run the text of another page, whole or in large part.", reprints)
	p.put("spliced", "pages put together from others", "Pages whose text was taken from several other pages. They report nothing of their own and count for nobody.", spliced)
	shared := func(kind recount.RelationKind) (items []item) {
		for _, r := range x.Relations {
			a, b := x.article[r.A], x.article[r.B]
			if r.Kind != kind || a == nil || b == nil {
				continue
			}
			it := item{title: title(a) + " – " + title(b), notes: []string{fmt.Sprintf("%s of the first and %s of the second stand in both", milliWords(r.CoverageA), milliWords(r.CoverageB))}}
			if i := longest(r.Spans); i >= 0 {
				it.cites = x.cites(it.cites, r.A, leadLayer, "longest shared passage", r.Spans[i].A)
				it.cites = x.cites(it.cites, r.B, leadLayer, "the same in the other page", r.Spans[i].B)
			}
			if len(it.cites) == 0 {
				it.cites = x.pageItem(a).cites
			}
			items = append(items, it)
		}
		return items
	}
	p.put("passages", "pairs of pages that share passages", "Two pages that share passages of prose, but neither runs the other's text. Both count.", shared(recount.Partial))
	p.put("shared-quotations", "pairs of pages that share a quotation", "Two pages that share speech only: they quote the same words.", shared(recount.QuoteOnly))
}

func longest(spans []recount.Alignment) int {
	best := -1
	for i, s := range spans {
		if best < 0 || s.A.Len() > spans[best].A.Len() {
			best = i
		}
	}
	return best
}

// cites appends a citation if the study's texts hold it.
func (x *index) cites(to []cite, a recount.Key, l layer, note string, spans ...recount.Span) []cite {
	if c, ok := x.cite(a, l, note, spans...); ok {
		return append(to, c)
	}
	return to
}

// speech counts who speaks: statements and speakers, never people.
func (p *pile) speech(all []*said) {
	x := p.x
	var statements, nobody, thoughts, again []item
	byType := map[recount.QuotationType][]item{}
	var counted []*said
	for _, s := range all {
		if s.aside != "" {
			continue
		}
		it := x.saidItem(s)
		if !s.Speech {
			thoughts = append(thoughts, it)
			continue
		}
		counted = append(counted, s)
		statements = append(statements, it)
		byType[s.Type] = append(byType[s.Type], it)
		if s.speaker == nil {
			nobody = append(nobody, it)
		}
		for _, c := range s.again {
			r := x.saidItem(c)
			r.notes = append(r.notes, "counted with the statement in: "+title(s.article))
			again = append(again, r)
		}
	}
	p.put("statements", "statements", "Acts of speech found by the program: who said what. One that stands in an original and its reprints counts once.", statements)
	for _, t := range []recount.QuotationType{recount.Direct, recount.Mixed, recount.Indirect} {
		words := map[recount.QuotationType]string{recount.Direct: "every word in quotation marks", recount.Mixed: "some words in quotation marks", recount.Indirect: "without quotation marks"}[t]
		e := p.put("statements."+string(t), string(t)+" statements", "Statements told "+words+".", byType[t])
		p.Types = append(p.Types, tableRow{Label: string(t), Numbers: []numberView{p.view(e)}, Note: words})
	}
	p.put("again", "statements in reprints", "Statements in reprints that were counted with their original.", again)
	p.put("nobody", "statements whose speaker is not named", "Statements for which the program found no speaker.", nobody)
	p.put("thoughts", "thoughts and feelings", "Passages that report what somebody believes, wants or feels, not what they said. They are no statements.", thoughts)

	voices := x.voices(counted)
	byKind := map[recount.SpeakerKind][]item{}
	saidByKind := map[recount.SpeakerKind][]item{}
	var speakers, people []item
	for _, v := range voices {
		it := x.voiceItem(v)
		speakers = append(speakers, it)
		byKind[v.Kind] = append(byKind[v.Kind], it)
		for _, s := range v.says {
			saidByKind[v.Kind] = append(saidByKind[v.Kind], x.saidItem(s))
		}
		if v.Kind.Person() {
			people = append(people, it)
		}
	}
	p.put("speakers", "speakers", "Who speaks, within one original. One person who speaks in three originals is three speakers here: they are not yet people.", speakers)
	p.put("speakers.people", "speakers who are single human beings", "Speakers with a name, with another name, or without one, but each a single human being. They are not yet people of the study: nobody has decided who counts and who is who.", people)
	for _, k := range recount.SpeakerKinds {
		e := p.put("speakers."+string(k), "speakers: "+kindWords(k), "Speakers of this kind. They are not yet people.", byKind[k])
		f := p.put("said-by."+string(k), "statements by "+kindWords(k), "Statements whose speaker is of this kind.", saidByKind[k])
		p.Kinds = append(p.Kinds, tableRow{Label: kindWords(k), Numbers: []numberView{p.view(e), p.view(f)}})
	}
}

func (x *index) saidItem(s *said) item {
	it := item{title: "Nobody is named", path: articlePath(s.article.Key)}
	if s.speaker != nil {
		it.title = cmp.Or(s.speaker.Name, "a speaker without a name")
		it.notes = append(it.notes, string(s.speaker.Kind))
	}
	it.notes = append(it.notes, string(s.Type))
	if n := len(s.again); n > 0 {
		it.notes = append(it.notes, "also in "+plural(n, "reprint", "reprints"))
	}
	it.cites = x.cites(nil, s.article.Key, statementLayer, "", s.Content...)
	return it
}

func (x *index) voiceItem(v *voice) item {
	it := item{title: cmp.Or(v.Name, "a speaker without a name"), path: articlePath(v.article.Key),
		notes: []string{string(v.Kind), plural(len(v.says), "statement", "statements")}}
	if v.Gender == recount.Woman || v.Gender == recount.Man {
		it.notes = append(it.notes, string(v.Gender)+", as the wording shows")
	}
	it.cites = x.cites(nil, v.article.Key, statementLayer, "", v.says[0].Content...)
	if len(it.cites) > 0 && v.Mention.Within(v.article.Text) {
		it.cites = x.cites(it.cites, v.article.Key, mentionLayer, "named here", v.Mention)
	}
	return it
}

// figures counts the numbers that the articles themselves report.
func (p *pile) figures() {
	x := p.x
	type same struct {
		kind recount.FigureKind
		unit string
		text string
	}
	byKind := map[recount.FigureKind][]item{}
	groups := map[same][]item{}
	inOriginals := map[same]map[recount.Key]bool{}
	var all []item
	for _, a := range x.byDate() {
		for _, f := range x.Figures[a.Key] {
			if p.Aside && x.asideAt(a, f.Span) != "" {
				continue
			}
			it := item{title: strings.TrimSpace(figureWords(f) + " " + f.Unit), path: articlePath(a.Key), notes: []string{qualifierWords(f)}}
			if s := x.byID[speakerID{a.Key, f.SaidBy}]; s != nil && f.SaidBy != "" {
				it.notes = append(it.notes, "said by "+s.Name)
			}
			if f.From != "" || f.To != "" {
				it.notes = append(it.notes, "speaks of "+dayWords(f.From)+" to "+dayWords(f.To))
			}
			it.cites = x.cites(nil, a.Key, figureLayer, "", f.Span)
			if len(it.cites) == 0 {
				continue
			}
			all = append(all, it)
			byKind[f.Kind] = append(byKind[f.Kind], it)
			g := same{f.Kind, f.Unit, figureWords(f)}
			groups[g] = append(groups[g], it)
			if inOriginals[g] == nil {
				inOriginals[g] = map[recount.Key]bool{}
			}
			k := a.Key
			if o := x.original[a.Key]; o != nil {
				k = o.Key
			}
			inOriginals[g][k] = true
		}
	}
	p.put("figures", "reported figures", "Numbers that the articles state. recount did not compute them. Those in reprints are listed too.", all)
	for _, k := range []recount.FigureKind{recount.CountFigure, recount.ShareFigure, recount.MoneyFigure} {
		words := map[recount.FigureKind]string{recount.CountFigure: "counts", recount.ShareFigure: "shares", recount.MoneyFigure: "sums of money"}[k]
		e := p.put("figures."+string(k), "reported "+words, "Reported figures of this kind.", byKind[k])
		p.FigureKinds = append(p.FigureKinds, tableRow{Label: words, Numbers: []numberView{p.view(e)}})
	}
	keys := make([]same, 0, len(groups))
	for g := range groups {
		keys = append(keys, g)
	}
	slices.SortFunc(keys, func(a, b same) int {
		return cmp.Or(cmp.Compare(len(inOriginals[b]), len(inOriginals[a])), cmp.Compare(len(groups[b]), len(groups[a])),
			cmp.Compare(a.text, b.text), cmp.Compare(a.unit, b.unit), cmp.Compare(a.kind, b.kind))
	})
	for _, g := range keys[:min(maxFigureGroups, len(keys))] {
		label := strings.TrimSpace(g.text + " " + g.unit)
		e := p.put("figure."+slug(label)+"-"+string(recount.KeyOf("figure", string(g.kind), g.unit, g.text)[:6]), "times: "+label,
			"Places where an article states this figure.", groups[g])
		p.TopFigures = append(p.TopFigures, tableRow{Label: label, Numbers: []numberView{p.view(e)}, Note: plural(len(inOriginals[g]), "independent original", "independent originals")})
	}
}

const (
	maxBars         = 40
	maxFigureGroups = 12
	maxLinks        = 10
)

// setAside counts what does not belong to the stories told.
func (p *pile) setAside(all []*said) {
	x := p.x
	var passages, furniture, statements []item
	for _, a := range x.byDate() {
		for _, s := range x.sentences(a.Key) {
			if s.Role != recount.OffTopic {
				continue
			}
			it := item{title: title(a), path: articlePath(a.Key), notes: []string{cmp.Or(s.Reason, "it belongs to another story")}}
			it.cites = x.cites(nil, a.Key, asideLayer, "", s.Span)
			if len(it.cites) > 0 {
				passages = append(passages, it)
			}
		}
		for _, b := range a.Blocks {
			if b.Role != recount.Related && b.Role != recount.Comment {
				continue
			}
			it := item{title: title(a), path: articlePath(a.Key), notes: []string{roleWords(b.Role)}}
			it.cites = x.cites(nil, a.Key, asideLayer, "", b.Span)
			if len(it.cites) > 0 {
				furniture = append(furniture, it)
			}
		}
	}
	for _, s := range all {
		if s.aside != "" {
			it := x.saidItem(s)
			it.notes = append(it.notes, s.aside)
			statements = append(statements, it)
		}
	}
	p.put("aside", "sentences of other stories", "Sentences inside an article that tell another story, as their wording shows, each with the reason.", passages)
	p.put("furniture", "links and comments", "Links to other stories and readers' comments, as the page's markup shows them.", furniture)
	p.put("aside-statements", "statements set aside", "Statements in what was set aside. They are in no other number.", statements)
}

// errors counts what the program itself is unsure of.
func (p *pile) errors(all []*said) {
	x := p.x
	sum, n := 0, 0
	var doubtful, noted, merges []item
	for _, s := range all {
		if s.aside != "" || !s.Speech {
			continue
		}
		sum += int(s.Confidence)
		n++
		if s.Confidence < 500 {
			it := x.saidItem(s)
			it.notes = append(it.notes, "the program gives it "+milliWords(s.Confidence))
			doubtful = append(doubtful, it)
		}
	}
	if n > 0 {
		p.Confidence = milliWords(recount.Milli((2*sum + n) / (2 * n)))
	}
	for _, a := range x.Articles {
		notes := slices.Clone(a.Notes)
		if r := x.Readings[a.Key]; r != nil {
			notes = append(notes, r.Notes...)
		}
		if len(notes) > 0 {
			it := x.pageItem(a)
			it.notes = notes
			noted = append(noted, it)
		}
	}
	for _, f := range x.Findings {
		merges = append(merges, item{title: f.What, plain: f.Text, notes: f.Decisions})
	}
	p.put("doubtful", "statements the program doubts", "Statements that the program itself holds to be wrong rather than right, in their words or their speaker.", doubtful)
	p.put("noted", "pages with a warning", "Pages that were hard to read, each with what was hard.", noted)
	p.put("findings", "decisions to look at", "Decisions that wait for another one, contradict one another, or have lost their place in the text.", merges)
}

// next lists what to decide in the next hour.
func (p *pile) next() {
	x := p.x
	var links []item
	suggestions := slices.Clone(x.Suggestions)
	slices.SortStableFunc(suggestions, func(a, b recount.Suggestion) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	for _, s := range suggestions {
		a, b := x.speaker[s.A], x.speaker[s.B]
		if a == nil || b == nil {
			continue
		}
		it := item{title: a.Name + " = " + b.Name + " ?", notes: []string{"probability " + milliWords(s.Probability) + ", as the program estimates it", "weight " + bitsWords(s.Weight) + " bits"}}
		for _, bar := range s.Bars {
			note := bar.Field + " " + bitsWords(bar.Bits)
			if bar.A != "" || bar.B != "" {
				note += ": " + bar.A + " / " + bar.B
			}
			it.notes = append(it.notes, note)
		}
		it.cites = x.cites(nil, a.Article, mentionLayer, "", a.Mention)
		it.cites = x.cites(it.cites, b.Article, mentionLayer, "", b.Mention)
		if len(it.cites) == 0 {
			continue
		}
		links = append(links, it)
		if len(p.Heaviest) < maxLinks {
			v := linkView{A: a.Name, B: b.Name, Probability: milliWords(s.Probability), Bars: s.Bars}
			if c := x.article[a.Article]; c != nil {
				v.AOutlet = strings.TrimPrefix(c.Outlet+", "+dateWords(c), ", ")
			}
			if c := x.article[b.Article]; c != nil {
				v.BOutlet = strings.TrimPrefix(c.Outlet+", "+dateWords(c), ", ")
			}
			p.Heaviest = append(p.Heaviest, v)
		}
	}
	p.put("links", "suggested links", "Pairs of speakers in different originals who may be one person, the heaviest first. Nobody is joined before somebody decides.", links)

	num := func(id string) *numberView { v := p.view(p.byID[id]); return &v }
	add := func(id, title, text, effect string) *step {
		if p.N(id) == 0 {
			return &step{}
		}
		p.Steps = append(p.Steps, step{Title: title, Number: num(id), Text: text, Effect: effect})
		return &p.Steps[len(p.Steps)-1]
	}
	add("findings", "Settle what decisions leave open.", "decisions wait, contradict one another or have lost their place.", "Until then they are left out of every count.")
	add("speakers.people", "Decide who counts.", "speakers are single human beings. Say of each whether the study is about them: yes, no or unclear.",
		"This is what makes a count possible: only a speaker with a yes becomes a person of the study. Before it there is nobody to count; whoever stays unclear widens the range.")
	if s := add("links", "Decide who is who, the heaviest first.", "pairs of speakers may be one person.",
		"Each “same” joins two speakers to one person, so a count goes down by one. What stays open prints as a range."); s.Title != "" {
		s.Links = p.Heaviest
	}
	add("dates", "Settle the dates that disagree.", "pages state several dates of publication.", "A date decides in which month or period a person is counted. What stays open across the edge of a period prints as a range.")
	add("spliced", "Look at the page put together from others.", "pages were put together from several others.", "Such a page counts for nobody. If that is wrong, everybody it quotes comes back.")
	add("aside", "Look through what was set aside.", "sentences were taken to tell another story.", "A passage brought back brings its statements and speakers back.")
	add("undated", "Find the missing dates.", "pages show no date.", "Without a date whoever speaks there is in no period and no trend.")
	add("doubtful", "Check what the program doubts.", "statements are more likely wrong than right, as the program estimates.", "A statement rejected leaves every count; one typed in enters it.")
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func languageWords(code string) string {
	switch code {
	case "":
		return "an unknown language"
	case "en":
		return "English"
	case "fr":
		return "French"
	case "de":
		return "German"
	case "es":
		return "Spanish"
	case "ar":
		return "Arabic"
	case "ru":
		return "Russian"
	case "tr":
		return "Turkish"
	}
	return "language " + code
}
