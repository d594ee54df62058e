package workbench

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"recount"
)

type sourceReply struct {
	URI      string `json:"uri"`
	File     string `json:"file"`
	Part     string `json:"part"`
	Hash     string `json:"hash" doc:"SHA-256 of the bytes"`
	Captured string `json:"captured"`
	Media    string `json:"media"`
	Size     int    `json:"size"`
	Bytes    string `json:"bytes" doc:"the source as text, cut off"`
	Visible  string `json:"visible" doc:"what was taken out of it"`
	Cut      bool   `json:"cut"`
}

type candidate struct {
	Value  string `json:"value"`
	Origin string `json:"origin"`
	Words  string `json:"words"`
	Chosen bool   `json:"chosen"`
}

type datesReply struct {
	Dates   []candidate `json:"dates"`
	Bylines []candidate `json:"bylines"`
	Outlets []candidate `json:"outlets"`
	Titles  []candidate `json:"titles"`
	Flag    string      `json:"flag" doc:"why the day needs a look"`
}

type diffPiece struct {
	Text string `json:"text"`
	Op   string `json:"op" enum:"same,out,in"`
}

type takenFrom struct {
	Key    string `json:"key"`
	Outlet string `json:"outlet"`
	Date   string `json:"date"`
	Title  string `json:"title"`
}

type takenSentence struct {
	Span  span        `json:"span"`
	Words string      `json:"words"`
	From  *takenFrom  `json:"from"`
	There string      `json:"words_there"`
	Diff  []diffPiece `json:"diff"`
	Notes []string    `json:"notes"`
}

type originsReply struct {
	Of        *articleRow     `json:"of" doc:"the first print, if this is a reprint"`
	Sentences []takenSentence `json:"sentences"`
}

type versionRow struct {
	Capture  string      `json:"capture"`
	Captured string      `json:"captured"`
	Hash     string      `json:"hash"`
	Chosen   bool        `json:"chosen" doc:"it is the one that counts"`
	Words    int         `json:"words"`
	Diff     []diffPiece `json:"diff" doc:"from it to the one that counts"`
}

type versionsReply struct {
	Items []versionRow `json:"items"`
}

type figureList struct {
	Items []figureSpot `json:"items"`
}

// mostSource is how much of a source is shown.
const mostSource = 200 << 10 // bytes

// source shows the archived bytes as inert text.
func (s *Server) source(c *call) (any, error) {
	x, err := s.sheet(c.ctx, c.book, articleAt(c))
	if err != nil {
		return nil, err
	}
	k, b, err := s.study.Payload(c.ctx, x.article.Capture)
	if err != nil {
		return nil, err
	}
	out := sourceReply{URI: x.article.URL, File: k.Name, Part: x.article.Part, Hash: k.Hash, Captured: c.book.CapturedAt(x.page.Key), Size: len(b), Visible: x.article.Text}
	out.Media = k.Channel
	if len(b) > mostSource {
		b, out.Cut = b[:mostSource], true
	}
	out.Bytes = strings.ToValidUTF8(string(b), "\uFFFD")
	if !utf8.Valid(b) && strings.Count(out.Bytes, "\uFFFD") > len(b)/20 {
		out.Bytes = "" // no text
	}
	return out, nil
}

// dates lists every candidate that the page offers, with its origin.
func (s *Server) dates(c *call) (any, error) {
	x, err := s.sheet(c.ctx, c.book, articleAt(c))
	if err != nil {
		return nil, err
	}
	a := x.article
	out := datesReply{Dates: []candidate{}, Bylines: []candidate{}, Outlets: []candidate{}, Titles: []candidate{}, Flag: a.DateFlag}
	add := func(list *[]candidate, v, origin, chosen string) {
		if !slices.ContainsFunc(*list, func(o candidate) bool { return o.Value == v && o.Origin == origin }) {
			*list = append(*list, candidate{Value: v, Origin: origin, Chosen: v == chosen})
		}
	}
	for _, d := range a.Dates {
		add(&out.Dates, d.Value, strings.TrimSpace(d.Field+" "+d.Origin), a.Published)
	}
	for _, d := range a.Metadata {
		switch d.Field {
		case "byline":
			add(&out.Bylines, d.Value, d.Origin, a.Byline)
		case "outlet":
			add(&out.Outlets, d.Value, d.Origin, a.Outlet)
		case "title":
			add(&out.Titles, d.Value, d.Origin, a.Title)
		}
	}
	for _, f := range []struct {
		list   *[]candidate
		chosen string
	}{{&out.Dates, a.Published}, {&out.Bylines, a.Byline}, {&out.Outlets, a.Outlet}, {&out.Titles, a.Title}} {
		if f.chosen != "" && !slices.ContainsFunc(*f.list, func(o candidate) bool { return o.Chosen }) {
			*f.list = append(*f.list, candidate{Value: f.chosen, Origin: "decided", Chosen: true})
		}
	}
	return out, nil
}

// origins says of each sentence from which article it was taken, with what was
// changed in it.
func (s *Server) origins(c *call) (any, error) {
	x, err := s.sheet(c.ctx, c.book, articleAt(c))
	if err != nil {
		return nil, err
	}
	out := originsReply{Sentences: []takenSentence{}}
	if !x.page.First {
		r, err := s.row(c.ctx, c.book, cmp.Or(x.page.Original.First, x.page.Original.Key))
		if err != nil {
			return nil, err
		}
		out.Of = &r
	}
	relations, err := s.study.RelationsOf(c.ctx, x.page.Key)
	if err != nil {
		return nil, err
	}
	// The others are looked at from the earliest on: what is in several was
	// probably taken from the first.
	order := c.book.Dated()
	slices.SortStableFunc(relations, func(a, b recount.Relation) int {
		return cmp.Compare(slices.Index(order, otherOf(a, x.page.Key)), slices.Index(order, otherOf(b, x.page.Key)))
	})
	own := slices.Index(order, x.page.Key)
	others := map[recount.Key]*sheet{}
	for _, sen := range x.reading.Sentences {
		if !sen.Span.Within(x.article.Text) {
			continue
		}
		t := takenSentence{Span: x.span(sen.Span), Words: sen.Span.In(x.article.Text), Diff: []diffPiece{}, Notes: []string{}}
		for _, r := range relations {
			o := otherOf(r, x.page.Key)
			if slices.Index(order, o) > own && r.First != o {
				continue // it came later
			}
			there, share := aligned(r, x.page.Key, sen.Span)
			if share < 600 {
				continue
			}
			if others[o] == nil {
				y, err := s.sheet(c.ctx, c.book, o)
				if err != nil {
					continue // the other is not in the study any more
				}
				others[o] = y
			}
			y := others[o]
			if full, ok := y.sentenceAt(there); ok {
				there = full
			}
			if !there.Within(y.article.Text) {
				continue
			}
			t.From = &takenFrom{string(o), y.page.Outlet, y.page.When(), y.page.Title}
			t.There = there.In(y.article.Text)
			t.Diff = diffWords(t.There, t.Words)
			t.Notes = append(t.Notes, notesOn(t.There, t.Words, t.Diff)...)
			break
		}
		out.Sentences = append(out.Sentences, t)
	}
	return out, nil
}

func otherOf(r recount.Relation, k recount.Key) recount.Key {
	if r.A == k {
		return r.B
	}
	return r.A
}

// aligned returns where a sentence stands in the other article of a relation,
// and how much of it does, in thousandths.
func aligned(r recount.Relation, k recount.Key, sen recount.Span) (there recount.Span, share int) {
	for _, al := range r.Spans {
		here, o := al.A, al.B
		if r.B == k {
			here, o = al.B, al.A
		}
		if !here.Overlaps(sen) {
			continue
		}
		share += min(here.End, sen.End) - max(here.Start, sen.Start)
		if there.Len() == 0 {
			// Where in the other run the sentence begins, by its place in this one.
			at := o.Start + max(0, sen.Start-here.Start)
			there = recount.Span{Start: min(at, o.End-1), End: o.End}
		}
		there.End = max(there.End, o.End)
	}
	return there, 1000 * share / max(1, sen.Len())
}

// notesOn names what a changed sentence lost or changed.
func notesOn(from, to string, diff []diffPiece) (out []string) {
	marks := func(s string) int {
		return strings.Count(s, "“") + strings.Count(s, "\"") + strings.Count(s, "«") + strings.Count(s, "„")
	}
	if marks(from) > marks(to) {
		out = append(out, "lost quotation marks")
	}
	digits := func(op string) string {
		var b strings.Builder
		for _, p := range diff {
			if p.Op == op {
				for _, w := range strings.Fields(p.Text) {
					if strings.ContainsAny(w, "0123456789") {
						b.WriteString(w + " ")
					}
				}
			}
		}
		return b.String()
	}
	if a, b := digits("out"), digits("in"); a != b {
		out = append(out, "changed numbers")
	}
	return out
}

// diffWords compares two texts word by word: the longest common subsequence,
// of texts that are too long only their common beginning and end.
func diffWords(from, to string) []diffPiece {
	a, b := words(from), words(to)
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	var out []diffPiece
	add := func(op string, w ...string) {
		if len(w) == 0 {
			return
		}
		t := strings.Join(w, "")
		if n := len(out); n > 0 && out[n-1].Op == op {
			out[n-1].Text += t
			return
		}
		out = append(out, diffPiece{t, op})
	}
	add("same", a[:head]...)
	x, y := a[head:len(a)-tail], b[head:len(b)-tail]
	const most = 4_000_000 // cells
	if len(x)*len(y) > most {
		add("out", x...)
		add("in", y...)
	} else {
		common := make([][]int32, len(x)+1)
		for i := range common {
			common[i] = make([]int32, len(y)+1)
		}
		for i := len(x) - 1; i >= 0; i-- {
			for j := len(y) - 1; j >= 0; j-- {
				if x[i] == y[j] {
					common[i][j] = common[i+1][j+1] + 1
				} else {
					common[i][j] = max(common[i+1][j], common[i][j+1])
				}
			}
		}
		i, j := 0, 0
		for i < len(x) && j < len(y) {
			switch {
			case x[i] == y[j]:
				add("same", x[i])
				i, j = i+1, j+1
			case common[i+1][j] >= common[i][j+1]:
				add("out", x[i])
				i++
			default:
				add("in", y[j])
				j++
			}
		}
		add("out", x[i:]...)
		add("in", y[j:]...)
	}
	add("same", a[len(a)-tail:]...)
	if out == nil {
		out = []diffPiece{}
	}
	return out
}

// words cuts a text into words with the white space behind each.
func words(s string) (out []string) {
	start, space := 0, false
	for i, r := range s {
		is := r == ' ' || r == '\n' || r == '\t' || r == '\u00a0'
		if space && !is {
			out = append(out, s[start:i])
			start = i
		}
		space = is
	}
	if start < len(s) {
		out = append(out, s[start:])
	}
	return out
}

// versions lists the versions of a page with what changed from each to the one
// that counts.
func (s *Server) versions(c *call) (any, error) {
	x, err := s.sheet(c.ctx, c.book, articleAt(c))
	if err != nil {
		return nil, err
	}
	out := versionsReply{Items: []versionRow{}}
	out.Items = append(out.Items, versionRow{Capture: string(x.article.Capture), Captured: c.book.CapturedAt(x.page.Key), Chosen: true, Words: len(strings.Fields(x.article.Text)), Diff: []diffPiece{}})
	for _, h := range x.page.Older {
		a, err := s.study.Text(c.ctx, h.Key, h.Extractor)
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, versionRow{Capture: string(h.Capture), Captured: h.Captured, Words: len(strings.Fields(a.Text)), Diff: diffWords(a.Text, x.article.Text)})
	}
	for i := range out.Items {
		if k, _, err := s.study.Payload(c.ctx, recount.Key(out.Items[i].Capture)); err == nil {
			out.Items[i].Hash = k.Hash
		}
	}
	return out, nil
}

// figuresOf lists the figures of an article.
func (s *Server) figuresOf(c *call) (any, error) {
	a, err := s.article(c.ctx, c.book, articleAt(c))
	if err != nil {
		return nil, err
	}
	return figureList{a.Figures}, nil
}

// historyOf lists the decisions about an article, the newest first.
func (s *Server) historyOf(c *call) (any, error) {
	x, err := s.sheet(c.ctx, c.book, articleAt(c))
	if err != nil {
		return nil, err
	}
	out := historyList{Items: []historyItem{}, Kinds: []historyCount{}, Actors: []historyCount{}, Days: []historyCount{}, Total: len(x.on)}
	for _, d := range x.on {
		out.Items = append(out.Items, s.historyItem(c, d.Decision))
	}
	slices.SortStableFunc(out.Items, func(a, b historyItem) int {
		return cmp.Or(strings.Compare(b.Time, a.Time), strings.Compare(a.ID, b.ID))
	})
	return out, nil
}
