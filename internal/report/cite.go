package report

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"recount"
)

// A layer says what a marked place of an article is.
type layer string

const (
	statementLayer layer = "statement"
	figureLayer    layer = "figure"
	valueLayer     layer = "value"
	mentionLayer   layer = "mention"
	asideLayer     layer = "aside"
	leadLayer      layer = "lead" // the headline or first sentence, for the whole page
)

// A place is a marked place of an article. Its id is the fragment of the
// article's page that a citation links to.
type place struct {
	id    string
	layer layer
	spans []recount.Span
	label string // in words, for the list beside the text
}

// A cite is one place that a page of the report shows, with its sentence.
type cite struct {
	article *recount.Article
	place   place
	note    string // why it is shown: "gender: woman"
}

// newPlace names a place by its content. A statement has the same name
// whether a machine found it or a person accepted it.
func newPlace(a recount.Key, l layer, label string, spans ...recount.Span) place {
	p := place{layer: l, spans: spans, label: label}
	if l == statementLayer {
		p.id = "s" + string(recount.StatementKey(a, recount.Quotation{Content: spans})[:12])
		return p
	}
	parts := []string{"place", string(l), string(a)}
	for _, s := range spans {
		parts = append(parts, spanText(s))
	}
	p.id = "p" + string(recount.KeyOf(parts...)[:12])
	return p
}

// cite returns the citation of a place; ok is false if the study's texts do
// not hold it.
func (x *index) cite(article recount.Key, l layer, note string, spans ...recount.Span) (c cite, ok bool) {
	a := x.article[article]
	if a == nil || len(spans) == 0 || !inside(spans, a.Text) {
		return cite{}, false
	}
	return cite{a, newPlace(a.Key, l, "", spans...), note}, true
}

// lead returns the place that stands for a whole page: its headline, else its
// first sentence, else its first block.
func (x *index) lead(a *recount.Article) (cite, bool) {
	for _, b := range a.Blocks {
		if b.Role == recount.Headline && b.Span.Within(a.Text) {
			return x.cite(a.Key, leadLayer, "", b.Span)
		}
	}
	for _, s := range x.sentences(a.Key) {
		if s.Span.Within(a.Text) {
			return x.cite(a.Key, leadLayer, "", s.Span)
		}
	}
	text := strings.TrimLeft(a.Text, "\n ")
	start := len(a.Text) - len(text)
	end := start + len(cutAt(text, 300))
	if i := strings.IndexByte(text, '\n'); i > 0 {
		end = min(end, start+i)
	}
	return x.cite(a.Key, leadLayer, "", recount.Span{Start: start, End: end})
}

// collectPlaces lists, per article, every place that a page of the report may
// point at, so that the page of the article can mark them all.
func (x *index) collectPlaces() {
	seen := map[recount.Key]map[string]bool{}
	add := func(c cite, ok bool, label string) {
		if !ok {
			return
		}
		k := c.article.Key
		if seen[k] == nil {
			seen[k] = map[string]bool{}
		}
		if seen[k][c.place.id] {
			return
		}
		seen[k][c.place.id] = true
		c.place.label = label
		x.places[k] = append(x.places[k], c.place)
	}
	put := func(a recount.Key, l layer, label string, spans ...recount.Span) {
		c, ok := x.cite(a, l, "", spans...)
		add(c, ok, label)
	}
	// A person's answer comes before the machine's reading of the same words,
	// so that its label is the one shown.
	members := func(all []recount.Member) {
		for i := range all {
			m := &all[i]
			put(m.Article, mentionLayer, m.Speaker.Name, m.At)
			for _, s := range m.Statements {
				put(s.Article, statementLayer, m.Speaker.Name+", "+string(s.Type)+", accepted", s.At...)
			}
			for _, co := range m.Codes {
				put(co.Article, statementLayer, m.Speaker.Name+", coded "+co.Code, co.At...)
			}
			for _, v := range m.Values {
				if v.At.Len() > 0 {
					put(v.Article, valueLayer, m.Speaker.Name+", "+v.Variable+": "+v.Value, v.At)
				}
			}
		}
	}
	for _, c := range x.Cases {
		members(c.Members)
	}
	members(x.Open)
	for _, r := range x.Relations {
		if i := longest(r.Spans); i >= 0 {
			put(r.A, leadLayer, "", r.Spans[i].A)
			put(r.B, leadLayer, "", r.Spans[i].B)
		}
	}
	for _, a := range x.every {
		c, ok := x.lead(a)
		add(c, ok, "")
		for _, f := range x.Figures[a.Key] {
			put(a.Key, figureLayer, "reported figure, "+qualifierWords(f), f.Span)
		}
		for i, b := range a.Blocks {
			if b.Role == recount.Related || b.Role == recount.Comment {
				put(a.Key, asideLayer, roleWords(b.Role), a.Blocks[i].Span)
			}
		}
		r := x.Readings[a.Key]
		if r == nil {
			continue
		}
		for i := range r.Statements {
			s := &r.Statements[i]
			who := "nobody named"
			if sp := x.byID[speakerID{a.Key, s.Speaker}]; sp != nil {
				who = sp.Name
			}
			put(a.Key, statementLayer, who+", "+string(s.Type), s.Content...)
		}
		for i := range r.Speakers {
			put(a.Key, mentionLayer, r.Speakers[i].Name, r.Speakers[i].Mention)
		}
		for _, s := range r.Sentences {
			if s.Role == recount.OffTopic {
				put(a.Key, asideLayer, "set aside: "+s.Reason, s.Span)
			}
		}
	}
	for _, p := range x.places {
		slices.SortStableFunc(p, func(a, b place) int {
			return cmp.Or(cmp.Compare(a.spans[0].Start, b.spans[0].Start), cmp.Compare(hull(b.spans).End, hull(a.spans).End),
				cmp.Compare(a.id, b.id))
		})
	}
}

// A run is a stretch of text that is marked or not.
type run struct {
	Text  string
	Marks string   // the layers that cover it, or ""
	ID    string   // the fragment of the first place that begins here
	Also  []string // those of the others
}

// A quoteView is a cited place in its sentence, as a template shows it.
type quoteView struct {
	Note          string
	Before, After bool // the text goes on
	Runs          []run
	Href          string
	Title         string
	Outlet        string
	Date          string
	Language      string
}

const (
	contextLimit = 400  // bytes of unmarked text around or between marks
	quoteLimit   = 4000 // bytes of one marked piece
)

// quote shows c in the sentences that hold it.
func (x *index) quote(c cite, root string) quoteView {
	a := c.article
	at := hull(c.place.spans)
	from, to := x.sentenceBounds(a, at)
	q := quoteView{
		Note: c.note, Href: root + articlePath(a.Key) + "#" + c.place.id,
		Title: title(a), Outlet: a.Outlet, Date: dateWords(a), Language: a.Language,
	}
	plain := func(s recount.Span, keepEnd, keepStart bool) {
		text := s.In(a.Text)
		if len(text) <= contextLimit {
			q.Runs = append(q.Runs, run{Text: text})
			return
		}
		if keepStart {
			q.Runs = append(q.Runs, run{Text: cutAt(text, contextLimit/2) + " … "})
		}
		if keepEnd {
			i := len(text) - contextLimit/2
			for i < len(text) && !utf8.RuneStart(text[i]) {
				i++
			}
			q.Runs = append(q.Runs, run{Text: "… " + text[i:]})
		}
	}
	pieces := slices.Clone(c.place.spans)
	slices.SortFunc(pieces, func(s, t recount.Span) int { return cmp.Compare(s.Start, t.Start) })
	pos := from
	for i, s := range pieces {
		if s.Start < pos {
			s.Start = pos // pieces that overlap are shown once
		}
		if s.Start > pos {
			plain(recount.Span{Start: pos, End: s.Start}, true, i > 0)
		}
		if s.End > s.Start {
			text := s.In(a.Text)
			if len(text) > quoteLimit {
				text = cutAt(text, quoteLimit) + " …"
			}
			q.Runs = append(q.Runs, run{Text: text, Marks: string(c.place.layer)})
			pos = s.End
		}
	}
	if to > pos {
		plain(recount.Span{Start: pos, End: to}, false, true)
	}
	q.Before, q.After = from > 0, to < len(strings.TrimRight(a.Text, "\n "))
	return q
}

// sentenceBounds returns where the sentences that overlap at begin and end;
// where none is known, those of the lines of text.
func (x *index) sentenceBounds(a *recount.Article, at recount.Span) (from, to int) {
	from, to = at.Start, at.End
	found := false
	for _, s := range x.sentences(a.Key) {
		if s.Span.Overlaps(at) && s.Span.Within(a.Text) {
			from, to, found = min(from, s.Span.Start), max(to, s.Span.End), true
		}
	}
	if found {
		return from, to
	}
	from = strings.LastIndexByte(a.Text[:at.Start], '\n') + 1
	if i := strings.IndexByte(a.Text[at.End:], '\n'); i >= 0 {
		return from, at.End + i
	}
	return from, len(a.Text)
}

// A blockView is one block of an article with its marks.
type blockView struct {
	Role  recount.Role
	Words string // the role, in words, if it is not the plain one
	Runs  []run
}

// flatten cuts an article into its blocks and these into runs, so that places
// that overlap are each shown. IDs of places that begin in no block come back
// in loose.
func flatten(a *recount.Article, places []place) (blocks []blockView, loose []string) {
	type edge struct {
		at    int
		open  bool
		place int
		first bool
	}
	var edges []edge
	for i, p := range places {
		for j, s := range p.spans {
			edges = append(edges, edge{s.Start, true, i, j == 0}, edge{s.End, false, i, false})
		}
	}
	slices.SortStableFunc(edges, func(a, b edge) int {
		if a.at != b.at || a.open == b.open {
			return cmp.Compare(a.at, b.at)
		}
		if b.open { // close before opening
			return -1
		}
		return 1
	})
	next := 0
	var active []int // places that cover the text, in order of opening
	for _, b := range wholeText(a) {
		v := blockView{Role: b.Role, Words: roleWords(b.Role)}
		pos := b.Span.Start
		var ids []string
		emit := func(to int) {
			if to <= pos {
				return
			}
			r := run{Text: a.Text[pos:to], Marks: layers(active, places)}
			if len(ids) > 0 {
				r.ID, r.Also, ids = ids[0], ids[1:], nil
			}
			v.Runs = append(v.Runs, r)
			pos = to
		}
		for next < len(edges) && edges[next].at <= b.Span.End {
			e := edges[next]
			if e.open && e.at == b.Span.End {
				break
			}
			if e.at >= b.Span.Start {
				emit(e.at)
			}
			if e.open {
				active = append(active, e.place)
				if e.first {
					ids = append(ids, places[e.place].id)
				}
			} else if i := slices.Index(active, e.place); i >= 0 {
				active = slices.Delete(active, i, i+1)
			}
			next++
		}
		emit(b.Span.End)
		loose = append(loose, ids...)
		blocks = append(blocks, v)
	}
	for ; next < len(edges); next++ {
		if edges[next].first {
			loose = append(loose, places[edges[next].place].id)
		}
	}
	return blocks, loose
}

// layers names the layers of the active places, each once.
func layers(active []int, places []place) string {
	var out []string
	for _, l := range []layer{statementLayer, valueLayer, figureLayer, mentionLayer, asideLayer} {
		for _, i := range active {
			if places[i].layer == l {
				out = append(out, string(l))
				break
			}
		}
	}
	return strings.Join(out, " ")
}

// wholeText returns the blocks of an article in order, with the text between
// them as blocks without a role, so that no text is left out. A text without
// blocks is cut at its lines.
func wholeText(a *recount.Article) []recount.Block {
	var out []recount.Block
	gap := func(from, to int) {
		for from < to {
			end := to
			if i := strings.IndexByte(a.Text[from:to], '\n'); i >= 0 {
				end = from + i
			}
			if strings.TrimSpace(a.Text[from:end]) != "" {
				out = append(out, recount.Block{Span: recount.Span{Start: from, End: end}})
			}
			from = end + 1
		}
	}
	pos := 0
	for _, b := range a.Blocks {
		if !b.Span.Within(a.Text) || b.Span.Start < pos {
			continue
		}
		gap(pos, b.Span.Start)
		out = append(out, b)
		pos = b.Span.End
	}
	gap(pos, len(a.Text))
	return out
}

// cutAt returns the first n bytes of s or fewer, at the end of a code point.
func cutAt(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
