package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"recount"
	"recount/internal/report/chart"
	"recount/internal/report/document"

	"recount/internal/report/prose"
)

// A PileNumber is one number of the report on a pile.
type PileNumber struct {
	Name    string // "statements"
	Label   string // "statements, reprints folded"
	Counts  string // what it counts and how, in one sentence
	N       int
	Page    string // its evidence page, from the top of the site
	Section string // the part of the short list it stands in: "What came in"
	Detail  bool   // too fine for the short list; it stands on the pages only
}

// short names the numbers of the short list, which fits one screen, by the
// parts of the list.
var short = [...]struct {
	section string
	names   []string
}{
	{"What came in", []string{"captures", "refused", "pieces", "pages", "notread", "outlets", "undated", "dates"}},
	{"Originals", []string{"originals", "reprints", "spliced", "passages"}},
	{"Who speaks (not yet people)", []string{"statements", "speakers", "speakers.people"}},
	{"Figures that outlets report", []string{"figures", "groups", "groups.apart"}},
	{"Set aside", []string{"aside"}},
	{"To decide", []string{"doubtful", "links"}},
}

// Numbers returns the numbers of the report on a pile, in its order.
func Numbers(m *Material) []PileNumber {
	var out []PileNumber
	for _, e := range newPile(NewIndex(m)).all {
		n := PileNumber{Name: e.ID, Label: e.Label, Counts: e.Counts, N: len(e.Items), Page: e.Path(), Detail: true}
		for _, s := range short {
			if slices.Contains(s.names, e.ID) {
				n.Section, n.Detail = s.section, false
			}
		}
		out = append(out, n)
	}
	return out
}

// Pile makes the report "What is in the pile". Nothing has been decided yet,
// so it holds no count of cases, no share and no trend.
func Pile(m *Material) (*Site, error) {
	x := NewIndex(m)
	p := newPile(x)
	const title = "What is in the pile"
	s := newSite(x, "pile", title)
	for _, e := range p.all {
		n := len(e.Items)
		s.AddNumber(Number{Name: e.ID, Label: e.Label, Unit: "items", N: n, Range: [2]int{n, n}, Exact: true, Page: e.Path()})
	}
	d := &document.Document{Title: title, Program: x.Program, When: x.AsOf}
	var err error
	if d.Blocks, err = p.blocks(); err != nil {
		return nil, err
	}
	s.addDocument(d)
	s.AddEvidence(p.all)
	addFigurePages(s, x, p.groups)
	s.AddArticles()
	return s, nil
}

// A pile is the report on a pile: its numbers by name, and what its tables show.
type pile struct {
	x     *Index
	voice map[recount.Key]*CountedSpeaker // by speaker key
	all   []*evidence
	byID  map[string]*evidence

	groups      []*figureGroup
	Kinds       []tableRow
	Types       []tableRow
	FigureKinds []tableRow
	TopFigures  []tableRow
	Miss        missRate
	Languages   []tableRow
	Reasons     []tableRow // of refusals
	Disagree    []item     // pages whose dates disagree, the first few
	Spliced     []item
	Heaviest    []linkView
	Steps       []step
	First, Last string // days of publication
	Fold, Aside bool   // rules that are on
	NotRead     bool   // some pages are not read, or not in full
	Confidence  string // mean over the statements, or ""
	Chart       *chart.Chart
}

type tableRow struct {
	Label   string
	Unit    string // what is counted, or ""
	Numbers []link
	Note    string
}

// A linkView is one suggestion, as a row of the list of what to decide.
type linkView struct {
	A, B             string // names
	AOutlet, BOutlet string
	Probability      string
	Why              []string // fields that speak for or against it
}

// A step is one thing to decide next.
type step struct {
	Title  string
	Number link
	Text   string
	Effect string
	Links  []linkView
}

// link is a number by name.
func (p *pile) link(id string) link { return p.byID[id].Link() }

func (p *pile) put(id, label, counts string, items []item) *evidence {
	e := &evidence{ID: id, Label: label, Counts: counts, Number: prose.Grouped(len(items)), Items: items,
		Empty: "There is nothing in this list: the number is zero."}
	p.add(e)
	return e
}

func (p *pile) add(e *evidence) {
	p.all = append(p.all, e)
	p.byID[e.ID] = e
}

func newPile(x *Index) *pile {
	p := &pile{x: x, byID: map[string]*evidence{},
		Fold: x.Rule(FoldReprints), Aside: x.Rule(SetAsideOtherStories)}
	p.cameIn()
	p.originals()
	statements := x.Statements()
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
		it := item{Title: c.Name, Notes: []string{"SHA-256 " + c.Hash, prose.Size(c.Size)}}
		if c.Search != "" {
			it.Notes = append(it.Notes, "found by the search: "+c.Search)
		}
		for _, a := range x.From[c.Key] {
			it.Path = ArticlePath(a.Key)
			if l, ok := x.Lead(a); ok {
				it.Cites = append(it.Cites, l)
			}
		}
		if len(it.Cites) == 0 {
			it.Plain = "no text was found in it"
		}
		captures = append(captures, it)
	}
	for _, a := range x.Articles {
		it := pageItem(x, a)
		pages = append(pages, it)
		if len(it.Cites) == 0 {
			empty = append(empty, it)
		}
		if a.DateFlag != "" {
			d := it
			d.Notes = []string{prose.Dates(a.DateFlag), "chosen: " + prose.Dates(cmp.Or(a.Published, "none"))}
			for _, c := range a.Dates {
				d.Notes = append(d.Notes, prose.Dates(c.Value)+" ("+c.Origin+")")
			}
			disagree = append(disagree, d)
		}
		switch d := a.Date(); {
		case !d.Known():
			undated = append(undated, it)
		case d.Month() != 0:
			if p.First == "" || recount.ComparePublished(a.Published, p.First) < 0 {
				p.First = a.Published
			}
			if p.Last == "" || recount.ComparePublished(a.Published, p.Last) > 0 {
				p.Last = a.Published
			}
		}
	}
	reasons := map[string][]item{}
	came := map[string]bool{}
	for i := range x.Captures {
		came[x.Captures[i].Name] = true
	}
	whole, left := recount.Pieces(x.Refusals, func(name string) bool { return came[name] })
	asItem := func(r recount.Refusal) item {
		it := item{Title: r.Name, Plain: r.Reason, Notes: []string{"refused at " + r.Stage}}
		if hint := prose.Advice(r.Hint); hint != "" {
			it.Notes = append(it.Notes, "next: "+hint)
		}
		return it
	}
	for _, r := range whole {
		it := asItem(r)
		refused = append(refused, it)
		reasons[r.Reason] = append(reasons[r.Reason], it)
	}
	var pieces []item
	for _, r := range left {
		pieces = append(pieces, asItem(r))
	}
	p.put("captures", "archived pages", "Files or pages that came in and were kept as they were. Each counts once, however often it was added.", captures)
	p.put("refused", "refused", "Files that came in and were not taken, each with its reason and the next step. Nothing was dropped silently.", refused)
	if len(x.Unread) > 0 {
		var unread []item
		for i := range x.Unread {
			unread = append(unread, item{Title: x.Unread[i].Name, Plain: "it was added and not read yet", Notes: []string{"next: run recount extract"}})
		}
		p.put("unread", "pages that were not read yet", "Files or pages that came in and that no step has made an article of, or refused. They stand in no number but that of what came in.", unread)
	}
	if len(pieces) > 0 {
		p.put("pieces", "pieces of files that were not taken", "Captions, lines beside the fields and documents without text, of files that were read. They are no articles.", pieces)
	}
	why := sortedKeys(reasons)
	slices.SortStableFunc(why, func(a, b string) int { return cmp.Compare(len(reasons[b]), len(reasons[a])) })
	if len(why) > maxReasons {
		const other = "other reasons"
		for _, r := range why[maxReasons:] {
			reasons[other] = append(reasons[other], reasons[r]...)
		}
		why = append(why[:maxReasons], other)
	}
	for _, r := range why {
		e := p.put("refused."+prose.Slug(r)+"-"+string(recount.KeyOf("reason", r)[:4]), "refused: "+r, "Files that were refused for this reason.", reasons[r])
		p.Reasons = append(p.Reasons, tableRow{Label: r, Numbers: []link{e.Link()}})
	}
	p.put("pages", "pages", "Articles that count: of several versions of one page, the newest that has any text.", pages)
	var older []item
	for _, a := range x.Articles {
		for _, o := range x.Older[a.Key] {
			older = append(older, pageItem(x, o))
		}
	}
	p.put("older", "older versions", "Other versions of the same pages. They are kept and shown, and never counted as further sources.", older)
	p.put("empty", "pages without text", "Pages in which no article text was found.", empty)
	p.put("undated", "pages without a date", "Pages on which no date of publication was found.", undated)
	p.put("dates", "pages whose dates disagree", "Pages that state several different dates of publication, or one that cannot be right.", disagree)
	for _, it := range disagree[:min(3, len(disagree))] {
		p.Disagree = append(p.Disagree, item{Title: it.Title, Path: it.Path, Notes: it.Notes[:1]})
	}

	var notRead []item
	for _, a := range x.Articles {
		if r := x.Readings[a.Key]; r != nil && len(r.Notes) > 0 {
			it := pageItem(x, a)
			for _, n := range r.Notes {
				it.Notes = append(it.Notes, sentence(n))
			}
			notRead = append(notRead, it)
		}
	}
	if len(notRead) > 0 {
		p.put("notread", "pages not read, or not in full", "Pages in a language or form in which the program does not read who says what, or reads quotation marks alone. Each says why.", notRead)
		p.NotRead = true
	}

	byOutlet, byLanguage := map[string][]item{}, map[string][]item{}
	for _, a := range x.Articles {
		it := pageItem(x, a)
		byOutlet[a.Outlet] = append(byOutlet[a.Outlet], it)
		byLanguage[a.Language] = append(byLanguage[a.Language], it)
	}
	var outlets []item
	names := sortedKeys(byOutlet)
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(len(byOutlet[b]), len(byOutlet[a])) })
	for _, o := range names {
		if o != "" {
			outlets = append(outlets, item{Title: o, Notes: []string{prose.Plural(len(byOutlet[o]), "page", "pages")}, Cites: byOutlet[o][0].Cites})
		}
	}
	p.put("outlets", "outlets", "Names under which the pages were published, as the pages give them.", outlets)
	p.Chart = &chart.Chart{ID: "outlets", Title: "Pages by outlet", Desc: "Number of pages from each outlet. Each bar opens the list of its pages."}
	for i, o := range names {
		if i == maxBars {
			break
		}
		e := p.put(fmt.Sprintf("outlet.%s-%s", prose.Slug(o), recount.KeyOf("outlet", o)[:4]), "pages from "+cmp.Or(o, "an unknown outlet"),
			"Pages published under this name.", byOutlet[o])
		p.Chart.Rows = append(p.Chart.Rows, chart.Mark{Label: cmp.Or(o, "unknown outlet"), Value: len(byOutlet[o]), Href: e.Path(), Text: prose.Grouped(len(byOutlet[o]))})
	}
	for _, l := range sortedKeys(byLanguage) {
		e := p.put("language."+cmp.Or(prose.Slug(l), "unknown"), "pages in "+prose.Language(l), "Pages in this language, as recognised from the text.", byLanguage[l])
		p.Languages = append(p.Languages, tableRow{Label: prose.Language(l), Numbers: []link{e.Link()}})
	}
}

// pageItem stands for a whole page: its headline or first sentence.
func pageItem(x *Index, a *recount.Article) item {
	it := item{Title: prose.Title(a), Path: ArticlePath(a.Key)}
	if l, ok := x.Lead(a); ok {
		it.Cites = []Citation{l}
	} else {
		it.Plain = "no text was found on this page"
	}
	return it
}

// originals counts how many pages are how many independent originals.
func (p *pile) originals() {
	x := p.x
	var originals, reprints, spliced []item
	for i := range x.Originals {
		o := &x.Originals[i]
		first := x.ByKey[o.First]
		if first == nil && len(o.Members) > 0 {
			first = x.ByKey[o.Members[0]]
		}
		if first == nil {
			continue
		}
		it := pageItem(x, first)
		if o.Spliced {
			it.Notes = append(it.Notes, "Put together from several pages; it counts for nobody")
			if o.Reason != "" {
				it.Notes = append(it.Notes, sentence(prose.Dates(o.Reason)))
			}
			for _, r := range x.RelationsOf[first.Key] {
				other := x.ByKey[r.B]
				if r.B == first.Key {
					other = x.ByKey[r.A]
				}
				if other != nil && (r.Kind == recount.Copy || r.Kind == recount.Partial) {
					it.Notes = append(it.Notes, "Its text stands in: "+prose.Title(other))
				}
			}
			spliced = append(spliced, it)
			p.Spliced = append(p.Spliced, item{Title: it.Title, Path: it.Path, Notes: it.Notes})
			continue
		}
		if n := len(o.Members); n > 1 {
			it.Notes = append(it.Notes, prose.Plural(n, "page", "pages")+" run it")
			if o.Reason != "" {
				it.Notes = append(it.Notes, "probably first here: "+prose.Dates(o.Reason))
			}
		}
		originals = append(originals, it)
		for _, k := range o.Members {
			if a := x.ByKey[k]; a != nil && a != first {
				r := pageItem(x, a)
				r.Notes = append(r.Notes, "reprint of: "+prose.Title(first))
				reprints = append(reprints, r)
			}
		}
	}
	p.put("originals", "independent originals", "Groups of pages that run one text. A reprint adds no source; each original counts once.", originals)
	p.put("reprints", "reprints", "Pages that run the text of another page, whole or in large part.", reprints)
	p.put("spliced", "pages put together from others", "Pages whose text was taken from several other pages. They report nothing of their own and count for nobody.", spliced)
	if len(x.Maybe) > 0 {
		var maybe []item
		for _, k := range x.Maybe {
			if a := x.ByKey[k]; a != nil {
				it := pageItem(x, a)
				it.Notes = append(it.Notes, "it runs the text of another page and has a speaker of its own; it counts as an original until somebody says that it is a reprint")
				maybe = append(maybe, it)
			}
		}
		p.put("maybe", "pages that may be reprints", "Pages that run the text of another page and in which somebody speaks who does not speak there. Each counts as an original of its own until somebody says that it is a reprint.", maybe)
	}
	shared := func(kind recount.RelationKind) (items []item) {
		for _, r := range x.Relations {
			a, b := x.ByKey[r.A], x.ByKey[r.B]
			if r.Kind != kind || a == nil || b == nil {
				continue
			}
			it := item{Title: prose.Title(a) + " – " + prose.Title(b), Notes: []string{fmt.Sprintf("%s of the first and %s of the second stand in both", prose.Milli(r.CoverageA), prose.Milli(r.CoverageB))}}
			if i := Longest(r.Spans); i >= 0 {
				it.Cites = x.Cites(it.Cites, r.A, LeadLayer, "longest shared passage", r.Spans[i].A)
				it.Cites = x.Cites(it.Cites, r.B, LeadLayer, "the same in the other page", r.Spans[i].B)
			}
			if len(it.Cites) == 0 {
				it.Cites = pageItem(x, a).Cites
			}
			items = append(items, it)
		}
		return items
	}
	p.put("passages", "pairs of pages that share passages", "Two pages that share passages of prose, but neither runs the other's text. Both count.", shared(recount.Partial))
	p.put("shared-quotations", "pairs of pages that share a quotation", "Two pages that share speech only: they quote the same words.", shared(recount.QuoteOnly))
}

// speech counts who speaks: statements and speakers, never people.
func (p *pile) speech(all []*CountedStatement) {
	x := p.x
	var statements, nobody, thoughts, again []item
	byType := map[recount.QuotationType][]item{}
	var counted []*CountedStatement
	for _, s := range all {
		if s.Aside != "" {
			continue
		}
		it := saidItem(x, s)
		if !s.Speech {
			thoughts = append(thoughts, it)
			continue
		}
		counted = append(counted, s)
		statements = append(statements, it)
		byType[s.Type] = append(byType[s.Type], it)
		if s.By == nil {
			nobody = append(nobody, it)
		}
		for _, c := range s.Again {
			r := saidItem(x, c)
			r.Notes = append(r.Notes, "counted with the statement in: "+prose.Title(s.Page))
			again = append(again, r)
		}
	}
	p.put("statements", "statements", "Acts of speech found by the program: who said what. One that stands in an original and its reprints counts once.", statements)
	for _, t := range []recount.QuotationType{recount.Direct, recount.Mixed, recount.Indirect} {
		how := map[recount.QuotationType]string{recount.Direct: "every word in quotation marks", recount.Mixed: "some words in quotation marks", recount.Indirect: "without quotation marks"}[t]
		e := p.put("statements."+string(t), string(t)+" statements", "Statements told "+how+".", byType[t])
		p.Types = append(p.Types, tableRow{Label: string(t), Numbers: []link{e.Link()}, Note: how})
	}
	p.put("again", "statements in reprints", "Statements in reprints that were counted with their original.", again)
	p.put("nobody", "statements whose speaker is not named", "Statements for which the program found no speaker.", nobody)
	p.put("thoughts", "thoughts and feelings", "Passages that report what somebody believes, wants or feels, not what they said. They are no statements.", thoughts)

	voices := x.Voices(counted)
	p.voice = map[recount.Key]*CountedSpeaker{}
	for _, v := range voices {
		p.voice[v.Key()] = v
		for _, s := range v.Also {
			p.voice[s.Key()] = v
		}
		for _, s := range v.Says {
			for _, again := range s.Again {
				if again.By != nil {
					p.voice[again.By.Key()] = v
				}
			}
		}
	}
	byKind := map[recount.SpeakerKind][]item{}
	saidByKind := map[recount.SpeakerKind][]item{}
	var speakers, people []item
	for _, v := range voices {
		it := voiceItem(x, v)
		speakers = append(speakers, it)
		byKind[v.Kind] = append(byKind[v.Kind], it)
		for _, s := range v.Says {
			saidByKind[v.Kind] = append(saidByKind[v.Kind], saidItem(x, s))
		}
		if v.Kind.Person() {
			people = append(people, it)
		}
	}
	p.put("speakers", "speakers", "Who speaks, within one original. One person who speaks in three originals is three speakers here: they are not yet people.", speakers)
	p.put("speakers.people", "speakers who are single human beings", "Speakers with a name, with another name, or without one, but each a single human being. They are not yet people of the study: "+p.undecided(), people)
	for _, k := range recount.SpeakerKinds {
		e := p.put("speakers."+string(k), "speakers: "+prose.Kind(k), "Speakers of this kind. They are not yet people.", byKind[k])
		f := p.put("said-by."+string(k), "statements by "+prose.Kind(k), "Statements whose speaker is of this kind.", saidByKind[k])
		p.Kinds = append(p.Kinds, tableRow{Label: prose.Kind(k), Numbers: []link{e.Link(), f.Link()}})
	}
}

func saidItem(x *Index, s *CountedStatement) item {
	it := item{Title: "Nobody is named", Path: ArticlePath(s.Page.Key)}
	if s.By != nil {
		it.Title = cmp.Or(s.By.Name, "a speaker without a name")
		it.Notes = append(it.Notes, string(s.By.Kind))
	}
	it.Notes = append(it.Notes, string(s.Type))
	if n := len(s.Again); n > 0 {
		it.Notes = append(it.Notes, "also in "+prose.Plural(n, "reprint", "reprints"))
	}
	it.Cites = x.Cites(nil, s.Page.Key, StatementLayer, "", s.Content...)
	return it
}

func voiceItem(x *Index, v *CountedSpeaker) item {
	it := item{Title: cmp.Or(v.Name, "a speaker without a name"), Path: ArticlePath(v.Page.Key),
		Notes: []string{string(v.Kind), prose.Plural(len(v.Says), "statement", "statements")}}
	if v.Gender == recount.Woman || v.Gender == recount.Man {
		it.Notes = append(it.Notes, string(v.Gender)+", as the wording shows")
	}
	it.Cites = x.Cites(nil, v.Page.Key, StatementLayer, "", v.Says[0].Content...)
	if len(it.Cites) > 0 && v.Mention.Within(v.Page.Text) {
		it.Cites = x.Cites(it.Cites, v.Page.Key, MentionLayer, "named here", v.Mention)
	}
	return it
}

// figures counts the numbers that the articles themselves report.
func (p *pile) figures() {
	x := p.x
	byKind := map[recount.FigureKind][]item{}
	var all []item
	rows := figureRows(x)
	for i := range rows {
		it := rows[i].Item()
		all = append(all, it)
		byKind[rows[i].Kind] = append(byKind[rows[i].Kind], it)
	}
	p.put("figures", "reported figures", "Numbers that the articles state. None of them was counted here. Those in reprints are listed too.", all)
	for _, k := range []recount.FigureKind{recount.CountFigure, recount.ShareFigure, recount.MoneyFigure, recount.ChangeFigure} {
		if k == recount.ChangeFigure && len(byKind[k]) == 0 {
			continue
		}
		kinds := map[recount.FigureKind]string{recount.CountFigure: "counts", recount.ShareFigure: "shares", recount.MoneyFigure: "sums of money", recount.ChangeFigure: "rises and falls"}[k]
		one := map[recount.FigureKind]string{recount.CountFigure: "count", recount.ShareFigure: "share", recount.MoneyFigure: "sum of money", recount.ChangeFigure: "rise or fall"}[k]
		e := p.put("figures."+string(k), "reported "+kinds, "Reported figures of this kind.", byKind[k])
		p.FigureKinds = append(p.FigureKinds, tableRow{Label: e.Link().Noun(one, kinds), Numbers: []link{e.Link()}})
	}
	for _, t := range mostStated(rows, maxFigureGroups) {
		e := p.put("figure."+t.ID, "places that state “"+t.Wording+"”", "Places where an article states this figure, in these words or others.", t.Items)
		p.TopFigures = append(p.TopFigures, tableRow{Label: t.Wording, Unit: t.Unit, Numbers: []link{e.Link()}, Note: prose.Plural(t.Originals, "independent original", "independent originals")})
	}
	p.groups = figureGroups(x)
	var groups, apart []item
	for _, g := range p.groups {
		groups = append(groups, g.Item())
		if len(g.Differs) > 0 {
			apart = append(apart, g.Item())
		}
	}
	p.put("groups", "quantities that several pages state", "Each is one quantity with all figures of it, set beside each other.", groups)
	p.put("groups.apart", "quantities whose figures differ", "A figure of the group cannot be right beside the first one, lost its number or a word of it, or counts something else.", apart)
	for _, g := range p.groups {
		p.add(g.Evidence)
	}
}

const (
	maxBars         = 40
	maxReasons      = 20
	maxFigureGroups = 12
	maxLinks        = 10
)

// setAside counts what does not belong to the stories told.
func (p *pile) setAside(all []*CountedStatement) {
	x := p.x
	var passages, furniture, statements []item
	for _, a := range x.ByDate() {
		for _, s := range x.Sentences(a.Key) {
			if s.Role != recount.OffTopic {
				continue
			}
			it := item{Title: prose.Title(a), Path: ArticlePath(a.Key), Notes: []string{cmp.Or(s.Reason, "it belongs to another story")}}
			it.Cites = x.Cites(nil, a.Key, AsideLayer, "", s.Span)
			if len(it.Cites) > 0 {
				passages = append(passages, it)
			}
		}
		for _, b := range a.Blocks {
			if b.Role != recount.Related && b.Role != recount.Comment {
				continue
			}
			it := item{Title: prose.Title(a), Path: ArticlePath(a.Key), Notes: []string{prose.Role(b.Role)}}
			it.Cites = x.Cites(nil, a.Key, AsideLayer, "", b.Span)
			if len(it.Cites) > 0 {
				furniture = append(furniture, it)
			}
		}
	}
	for _, s := range all {
		if s.Aside != "" {
			it := saidItem(x, s)
			it.Notes = append(it.Notes, s.Aside)
			statements = append(statements, it)
		}
	}
	p.put("aside", "sentences of other stories", "Sentences inside an article that tell another story, as their wording shows, each with the reason.", passages)
	p.put("furniture", "links and comments", "Links to other stories and readers' comments, as the page's markup shows them.", furniture)
	p.put("aside-statements", "statements set aside", "Statements in what was set aside. They are in no other number.", statements)
}

// errors counts what the program itself is unsure of.
func (p *pile) errors(all []*CountedStatement) {
	x := p.x
	sum, n := 0, 0
	var doubtful, noted, merges []item
	for _, s := range all {
		if s.Aside != "" || !s.Speech {
			continue
		}
		sum += int(s.Confidence)
		n++
		if s.Confidence < 500 {
			it := saidItem(x, s)
			it.Notes = append(it.Notes, "the program gives it "+prose.Milli(s.Confidence))
			doubtful = append(doubtful, it)
		}
	}
	if n > 0 {
		p.Confidence = prose.Milli(recount.Milli((2*sum + n) / (2 * n)))
	}
	for _, a := range x.Articles {
		notes := slices.Clone(a.Notes)
		if r := x.Readings[a.Key]; r != nil {
			notes = append(notes, r.Notes...)
		}
		if len(notes) > 0 {
			it := pageItem(x, a)
			it.Notes = notes
			noted = append(noted, it)
		}
	}
	p.Miss = newMissRate(x)
	for _, e := range p.Miss.Evidence {
		p.add(e)
	}
	for _, f := range x.Findings {
		merges = append(merges, item{Title: f.What, Plain: prose.Dates(f.Text), Notes: f.Decisions})
	}
	p.put("doubtful", "statements the program doubts", "Statements that the program itself holds to be wrong rather than right, in their words or their speaker.", doubtful)
	p.put("noted", "pages with a warning", "Pages that were hard to read, each with what was hard.", noted)
	p.put("findings", "decisions to look at", "Decisions that wait for another one, contradict one another, or have lost their place in the text.", merges)
}

// next lists what to decide in the next hour.
func (p *pile) next() {
	x := p.x
	// A pair within one voice is one speaker in two reprints, and a pair of
	// voices is shown once, by its heaviest pair of speakers.
	var links, again []item
	type both struct{ a, b recount.Key }
	seen := map[both]bool{}
	first := func(k recount.Key) recount.Key {
		if v := p.voice[k]; v != nil {
			return v.Key()
		}
		return k
	}
	suggestions := slices.Clone(x.Suggestions)
	slices.SortStableFunc(suggestions, func(a, b recount.Suggestion) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	for _, s := range suggestions {
		a, b := x.SpeakerBy[s.A], x.SpeakerBy[s.B]
		if a == nil || b == nil {
			continue
		}
		it := item{Title: a.Name + " = " + b.Name + " ?", Notes: []string{"probability " + prose.Milli(s.Probability) + ", as the program estimates it", "weight " + prose.Bits(s.Weight) + " bits"}}
		for _, bar := range s.Bars {
			note := bar.Field + " " + prose.Bits(bar.Bits)
			if bar.A != "" || bar.B != "" {
				note += ": " + bar.A + " / " + bar.B
			}
			it.Notes = append(it.Notes, note)
		}
		it.Cites = x.Cites(nil, a.Article, MentionLayer, "", a.Mention)
		it.Cites = x.Cites(it.Cites, b.Article, MentionLayer, "", b.Mention)
		if len(it.Cites) == 0 {
			continue
		}
		pair := both{first(s.A), first(s.B)}
		if pair.a > pair.b {
			pair.a, pair.b = pair.b, pair.a
		}
		if pair.a == pair.b || seen[pair] {
			again = append(again, it)
			continue
		}
		seen[pair] = true
		links = append(links, it)
		if len(p.Heaviest) < maxLinks {
			v := linkView{A: a.Name, B: b.Name, Probability: prose.Probability(s.Probability)}
			for _, bar := range s.Bars {
				if bar.Field != "prior" { // which is the same for all pairs
					v.Why = append(v.Why, bar.Field)
				}
			}
			if c := x.ByKey[a.Article]; c != nil {
				v.AOutlet = strings.TrimPrefix(c.Outlet+", "+prose.Date(c), ", ")
			}
			if c := x.ByKey[b.Article]; c != nil {
				v.BOutlet = strings.TrimPrefix(c.Outlet+", "+prose.Date(c), ", ")
			}
			p.Heaviest = append(p.Heaviest, v)
		}
	}
	p.put("links", "suggested links", "Pairs of speakers in different originals who may be one person, the heaviest first. Nobody is joined before somebody decides.", links)
	p.put("links.again", "suggested links in reprints", "Pairs of speakers who are one speaker in two reprints, or whose originals stand in the list of suggested links already.", again)

	p.step("findings", "Settle what decisions leave open.", "decision waits, contradicts another or has lost its place.", "decisions wait, contradict one another or have lost their place.",
		"Until then they are left out of every count.")
	p.step("speakers.people", "Decide who counts.", "speaker is a single human being. Say whether the study is about them: yes, no or unclear.",
		"speakers are single human beings. Say of each whether the study is about them: yes, no or unclear.",
		"This is what makes a count possible: only a speaker with a yes becomes a person of the study. Until then there is nobody to count; whoever stays unclear widens the range.")
	if p.step("links", "Decide who is who, the heaviest first.", "pair of speakers may be one person.", "pairs of speakers may be one person.",
		"Each “same” joins two speakers to one person, so a count goes down by one. What stays open prints as a range.") {
		p.Steps[len(p.Steps)-1].Links = p.Heaviest
	}
	p.step("dates", "Settle the dates that disagree.", "page states several dates of publication.", "pages state several dates of publication.",
		"A date decides in which month or period a person is counted. What stays open across the edge of a period prints as a range.")
	if len(p.x.Maybe) > 0 {
		p.step("maybe", "Say which pages are reprints.", "page runs the text of another and has a speaker of its own.", "pages run the text of others and have speakers of their own.",
			"A reprint adds no source: the days, the outlets and the originals of whoever speaks there change with the answer. What stays open stands in no range, and each number that it would move says so.")
	}
	p.step("spliced", "Look at what was put together from other pages.", "page was put together from several others.", "pages were put together from several others.",
		"Such a page counts for nobody. If that is wrong, everybody it quotes comes back.")
	p.step("aside", "Look through what was set aside.", "sentence was taken to tell another story.", "sentences were taken to tell another story.",
		"A passage brought back brings its statements and speakers back.")
	p.step("undated", "Find the missing dates.", "page shows no date.", "pages show no date.", "Without a date whoever speaks there is in no period and no trend.")
	p.step("doubtful", "Check what the program doubts.", "statement is more likely wrong than right, as the program estimates.", "statements are more likely wrong than right, as the program estimates.",
		"A statement rejected leaves every count; one typed in enters it.")
}

// step puts something to decide on the list, if there is any of it.
func (p *pile) step(id, title, one, many, effect string) bool {
	n := p.byID[id].Link()
	if n.N == 0 {
		return false
	}
	p.Steps = append(p.Steps, step{Title: title, Number: n, Text: n.Noun(one, many), Effect: effect})
	return true
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
