package report

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"recount"
	"recount/internal/report/prose"
)

// A Run is a stretch of text that is marked or not.
type Run struct {
	Text  string
	Marks string   // the layers that cover it, or ""
	ID    string   // the fragment of the first place that begins here
	Also  []string // those of the others
}

// A Quote is a cited place in its sentence, as a template shows it.
type Quote struct {
	Note          string
	Before, After bool // the text goes on
	Runs          []Run
	Href          string
	Title         string
	Outlet        string
	Date          string
	Language      string
	Supplier      string // who supplied the text where that is not the outlet, or ""
}

const (
	contextLimit = 400  // bytes of unmarked text around or between marks
	quoteLimit   = 4000 // bytes of one marked piece
)

// Quote shows c in the sentences that hold it.
func (x *Index) Quote(c Citation, root string) Quote {
	a := c.Article
	at := hull(c.Place.Spans)
	from, to := x.sentenceBounds(a, at)
	q := Quote{
		Note: c.Note, Href: root + ArticlePath(a.Key) + "#" + c.Place.ID,
		Title: prose.Title(a), Outlet: a.Outlet, Date: prose.Date(a), Language: a.Language, Supplier: a.Supplier(),
	}
	plain := func(s recount.Span, keepEnd, keepStart bool) {
		text := s.In(a.Text)
		if len(text) <= contextLimit {
			q.Runs = append(q.Runs, Run{Text: text})
			return
		}
		if keepStart {
			q.Runs = append(q.Runs, Run{Text: prose.Cut(text, contextLimit/2) + " … "})
		}
		if keepEnd {
			i := len(text) - contextLimit/2
			for i < len(text) && !utf8.RuneStart(text[i]) {
				i++
			}
			q.Runs = append(q.Runs, Run{Text: "… " + text[i:]})
		}
	}
	pieces := slices.Clone(c.Place.Spans)
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
				text = prose.Cut(text, quoteLimit) + " …"
			}
			q.Runs = append(q.Runs, Run{Text: text, Marks: string(c.Place.Layer)})
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
func (x *Index) sentenceBounds(a *recount.Article, at recount.Span) (from, to int) {
	if whole, found := x.Readings[a.Key].SentencesAt(a.Text, at); found {
		return whole.Start, whole.End
	}
	from = strings.LastIndexByte(a.Text[:at.Start], '\n') + 1
	if i := strings.IndexByte(a.Text[at.End:], '\n'); i >= 0 {
		return from, at.End + i
	}
	return from, len(a.Text)
}

// A Block is one block of an article with its marks.
type Block struct {
	Role  recount.Role
	Words string // the role, in words, if it is not the plain one
	Again bool   // the block before it has the same role
	Runs  []Run
}

// Flatten cuts an article into its blocks and these into runs, so that places
// that overlap are each shown. IDs of places that begin in no block come back
// in loose.
func Flatten(a *recount.Article, places []Place) (blocks []Block, loose []string) {
	type edge struct {
		at    int
		open  bool
		place int
		first bool
	}
	var edges []edge
	for i, p := range places {
		for j, s := range p.Spans {
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
		v := Block{Role: b.Role, Words: prose.Role(b.Role)}
		v.Again = len(blocks) > 0 && blocks[len(blocks)-1].Role == b.Role
		pos := b.Span.Start
		var ids []string
		emit := func(to int) {
			if to <= pos {
				return
			}
			r := Run{Text: a.Text[pos:to], Marks: layers(active, places)}
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
					ids = append(ids, places[e.place].ID)
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
			loose = append(loose, places[edges[next].place].ID)
		}
	}
	return blocks, loose
}

// layers names the layers of the active places, each once.
func layers(active []int, places []Place) string {
	var out []string
	for _, l := range []Layer{StatementLayer, ValueLayer, FigureLayer, MentionLayer, AsideLayer} {
		for _, i := range active {
			if places[i].Layer == l {
				out = append(out, string(l))
				break
			}
		}
	}
	if slices.ContainsFunc(active, func(i int) bool { return places[i].Layer == StatementLayer && places[i].Held }) {
		out = append(out, "accepted")
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
