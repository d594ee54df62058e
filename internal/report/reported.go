package report

// This file shows the figures that outlets report: each in a table of all, and
// each quantity in a table of what the outlets make of it.
//
// In: an Index over what may be cited, with its groups of figures. Out: views
// for pages, and the evidence of how many originals a group rests on. It
// computes no figure of its own, and it averages nothing: the settled value of
// a group is that of the study's rule. It does no I/O.

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"recount"
	"recount/internal/figures"
	"recount/internal/pattern"

	"recount/internal/report/document"
	"recount/internal/report/prose"
)

// A figureGroup is one quantity as several outlets report it.
type figureGroup struct {
	ID       string // fragment of its table, and of its evidence
	About    string // as recount.FigureGroup has it, to be found by
	Quantity string // what is counted: "former members"
	Event    string // what they did: "spoke", or ""
	Period   string // in days, or ""
	Settled  string // what the study's rule makes of it, or ""
	Rule     string
	Differs  []string // how members differ from the first: "conflict", "number lost"
	Rows     []figureRow
	Evidence *evidence // its independent originals

	rank int
}

// A figureRow is one reported figure.
type figureRow struct {
	Wording  string // as printed
	Value    string // "60%", or "" where it is vague
	How      string // how exactly it is meant: "at least, count"
	Counted  string // what is counted, and of what
	Event    string // what they did, or ""
	Period   string
	SaidBy   string
	Outlet   string
	Date     string
	Path     string // of the sentence, from the top of the site
	Relation string // to the first of its group, in words
	Reason   string
	Reprint  bool
	Apart    bool // it does not fit the first of its group

	Kind recount.FigureKind

	cited    Citation
	original recount.Key
	figure   recount.ReportedFigure
}

// figureGroups lists the groups, those whose members differ first, then those that
// more originals report.
func figureGroups(x *Index) []*figureGroup {
	var out []*figureGroup
	for i := range x.Groups {
		if g := newFigureGroup(x, &x.Groups[i]); g != nil {
			out = append(out, g)
		}
	}
	slices.SortStableFunc(out, func(a, b *figureGroup) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(len(b.Evidence.Items), len(a.Evidence.Items)))
	})
	return out
}

// apartGrades are the relations of members that do not fit the first of their
// group, the gravest first.
var apartGrades = [...]string{"impossible", "conflict", "degraded", "not_a_count", "other_event"}

func newFigureGroup(x *Index, f *recount.FigureGroup) *figureGroup {
	g := &figureGroup{About: f.About, Quantity: f.About, Settled: groupDigits(f.Settled), Rule: prose.Dates(f.Rule), rank: len(apartGrades)}
	parts := []string{"group"}
	gravest := map[string]int{}
	for i, m := range f.Members {
		a := x.ByKey[m.Article]
		if a == nil || m.Figure < 0 || m.Figure >= len(x.Figures[m.Article]) {
			continue
		}
		fig := x.Figures[m.Article][m.Figure]
		row, ok := newFigureRow(x, a, fig)
		if !ok {
			continue
		}
		row.Relation, row.Reason = prose.Compared(m.Relation, m.Reason, fig), prose.Dates(strings.TrimPrefix(m.Reason, "withdrawn: "))
		if row.Relation+row.Reason == "number lostthe number is lost" {
			row.Reason = "" // it would say the same twice
		}
		row.original = cmp.Or(m.Original, m.Article)
		row.Reprint = m.Relation == "copy"
		if r := slices.Index(apartGrades[:], m.Relation); r >= 0 {
			row.Apart = true
			g.rank = min(g.rank, r)
			gravest[row.Relation] = r
		}
		if i == 0 {
			g.Quantity, g.Event, g.Period = cmp.Or(fig.Unit, "not said what"), fig.Event, prose.Between(fig.From, fig.To)
			if fig.Kind == recount.ShareFigure {
				g.Quantity += ", as a share"
			}
		}
		parts = append(parts, string(fig.Key), string(m.Article), fmt.Sprint(m.Figure))
		g.Rows = append(g.Rows, row)
	}
	if len(g.Rows) == 0 {
		return nil
	}
	g.first()
	for w := range gravest {
		g.Differs = append(g.Differs, w)
	}
	slices.SortFunc(g.Differs, func(a, b string) int { return cmp.Or(cmp.Compare(gravest[a], gravest[b]), cmp.Compare(a, b)) })
	g.ID = "group-" + string(recount.KeyOf(parts...)[:12])
	g.Evidence = figureEvidence(x, g)
	return g
}

// first says of the figure with which the others are compared that it was stated
// first only if no other one was printed before it.
func (g *figureGroup) first() {
	for i := range g.Rows {
		r := &g.Rows[i]
		if r.Relation != statedFirst {
			continue
		}
		day := recount.DateOf(r.cited.Article.When())
		for j := range g.Rows {
			if other := recount.DateOf(g.Rows[j].cited.Article.When()); other.Known() && (!day.Known() || other.Compare(day) < 0) {
				r.Relation = "first specific figure"
			}
		}
	}
}

// statedFirst is said of the figure with which the others are compared.
var statedFirst = prose.Compared("reference", "", recount.ReportedFigure{})

// figureEvidence lists the independent originals of a group, each with its figures.
func figureEvidence(x *Index, g *figureGroup) *evidence {
	e := &evidence{ID: g.ID, Label: "independent originals that report: " + g.Title(),
		Counts: "Originals, each counted once, however many reprints run it, with every figure of this group in them. Nothing is averaged.",
		Empty:  "No figure of this group can be shown."}
	byOriginal := map[recount.Key]int{}
	for _, r := range g.Rows {
		if o := x.OriginalOf[r.cited.Article.Key]; o != nil && o.Spliced {
			continue // put together from others, it counts for nobody
		}
		i, ok := byOriginal[r.original]
		if !ok {
			i = len(e.Items)
			byOriginal[r.original] = i
			e.Items = append(e.Items, item{Title: prose.Title(r.cited.Article), Path: ArticlePath(r.cited.Article.Key)})
		}
		c := r.cited
		c.Note = r.Relation + ": " + r.Reason
		e.Items[i].Cites = append(e.Items[i].Cites, c)
	}
	e.Number = prose.Grouped(len(e.Items))
	return e
}

// Title names a group in one line: "former members, spoke until 14 June
// 2015".
func (g *figureGroup) Title() string {
	name := g.Quantity
	if g.Event != "" {
		name += ", " + g.Event
	}
	return name + g.during()
}

// during is the period of a group behind its name: " from 1 January 2014 to 31 August
// 2015", " until 14 June 2015".
func (g *figureGroup) during() string {
	if g.Period == "" {
		return ""
	}
	in := " "
	if g.Event == "" {
		in = ", "
	}
	switch {
	case strings.HasPrefix(g.Period, "until ") || strings.HasPrefix(g.Period, "since "):
		return in + g.Period
	case strings.Contains(g.Period, " to "):
		return in + "from " + g.Period
	case '0' <= g.Period[0] && g.Period[0] <= '9' && strings.Contains(g.Period, " "):
		return in + "on " + g.Period
	}
	return in + "in " + g.Period
}

var longNumber = pattern.New(`\d{4,18}`)

// groupDigits puts commas into the numbers of a settled value: "3,600 to 4,000".
func groupDigits(s string) string {
	return longNumber.ReplaceAllStringFunc(s, func(d string) string {
		n, err := strconv.Atoi(d)
		if err != nil {
			return d
		}
		return prose.Grouped(n)
	})
}

// Value is what the study's rule makes of a group.
func (g *figureGroup) Value() string { return cmp.Or(g.Settled, "no value") }

// Link is the number of independent originals, with its evidence.
func (g *figureGroup) Link() link { return g.Evidence.Link() }

// Apart says in words whether its members agree.
func (g *figureGroup) Apart() string {
	if len(g.Differs) == 0 {
		return "they agree"
	}
	return strings.Join(g.Differs, ", ")
}

// statingGroups returns the groups in whose About the text occurs, in any case.
func statingGroups(groups []*figureGroup, text string) (out []*figureGroup) {
	for _, g := range groups {
		if strings.Contains(strings.ToLower(g.About), strings.ToLower(text)) {
			out = append(out, g)
		}
	}
	return out
}

// newFigureRow shows one reported figure; ok is false if its words are not in the
// text.
func newFigureRow(x *Index, a *recount.Article, f recount.ReportedFigure) (r figureRow, ok bool) {
	c, ok := x.Cite(a.Key, FigureLayer, "", f.Span)
	if !ok {
		return figureRow{}, false
	}
	r = figureRow{Wording: figureWording(a, f), Value: prose.Value(f), How: prose.Qualifier(f), Counted: f.Unit, Event: f.Event, Period: prose.Between(f.From, f.To),
		Outlet: a.Outlet, Date: prose.Date(a), Path: ArticlePath(a.Key) + "#" + c.Place.ID, Kind: f.Kind, cited: c, original: a.Key, figure: f}
	if v := f.Value; v != nil && (f.Kind == recount.ShareFigure || f.Kind == recount.ChangeFigure) && !strings.ContainsAny(r.Wording, "0123456789") {
		short := f // "a third" is 33.3%, however exactly it was stored
		short.Value = toPermille(*v)
		r.Value = prose.Value(short)
	}
	all := x.Figures[a.Key]
	if i := slices.IndexFunc(all, func(g recount.ReportedFigure) bool { return g.Key == f.Key }); i >= 0 && figures.WholeStated(a.Text, all, i) {
		if whole := all[all[i].Of]; whole.Span.Within(a.Text) {
			r.Counted = strings.TrimSpace(r.Counted + " (of " + strings.TrimSpace(figureWording(a, whole)+" "+whole.Unit) + ")")
		}
	}
	if s := x.SpeakerAt(a.Key, f.SaidBy); s != nil && f.SaidBy != "" {
		r.SaidBy = s.Name
	}
	switch {
	case f.Withdrawn:
		r.How += ", withdrawn"
	case f.Denied:
		r.How += ", denied"
	case f.Guess:
		r.How += ", supposed"
	}
	if o := x.OriginalOf[a.Key]; o != nil {
		r.original = o.Key
		r.Reprint = o.Spliced || o.First != "" && o.First != a.Key
	}
	return r, true
}

// toPermille rounds a share to thousandths, halves up.
func toPermille(d recount.Decimal) *recount.Decimal {
	for ; d.Places > 3; d.Places-- {
		d.Digits = (d.Digits + 5) / 10
	}
	return &d
}

// figureWording is a figure as the article prints it.
func figureWording(a *recount.Article, f recount.ReportedFigure) string {
	if !f.Span.Within(a.Text) {
		return prose.Value(f)
	}
	return prose.OneLine(f.Span.In(a.Text))
}

// Item shows a figure in its sentence.
func (r *figureRow) Item() item {
	it := item{Title: strings.TrimSpace(r.Wording + " " + r.Unit()), Path: ArticlePath(r.cited.Article.Key), Notes: []string{r.How}, Cites: []Citation{r.cited}}
	if r.SaidBy != "" {
		it.Notes = append(it.Notes, "said by "+r.SaidBy)
	}
	if r.Period != "" {
		it.Notes = append(it.Notes, "speaks of "+r.Period)
	}
	return it
}

// verdict says how a figure stands to the first one, and why: of a paper nothing is said
// without its reason.
func (r *figureRow) verdict() []document.Inline {
	return []document.Inline{plain(r.Relation), onPaper(map[bool]string{true: ":"}[r.Reason != ""]), quiet(strings.TrimRight(" "+r.Reason, " "))}
}

// Unit is what is counted, or "" where the wording says so already.
func (r *figureRow) Unit() string {
	if strings.HasSuffix(strings.ToLower(r.Wording), strings.ToLower(r.figure.Unit)) {
		return ""
	}
	return r.figure.Unit
}

// Item shows a group by its first figure, and those that do not fit it.
func (g *figureGroup) Item() item {
	it := item{Title: g.Title(), Path: "numbers/" + g.ID + ".html", Notes: []string{"settled: " + g.Value(), g.Apart()}}
	for i, r := range g.Rows {
		if i == 0 || r.Apart {
			c := r.cited
			c.Note = r.Relation + ": " + r.Reason
			it.Cites = append(it.Cites, c)
		}
	}
	return it
}
