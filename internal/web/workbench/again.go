package workbench

import (
	"cmp"
	"context"
	"reflect"
	"slices"
	"strings"
	"unicode"

	"recount"
	"recount/internal/casebook"
)

// againItem is one answer, or one question that was answered in several ways,
// that somebody should look at again.
type againItem struct {
	What      string   `json:"what" enum:"orphan,disagreement,conflict,contradiction"`
	Text      string   `json:"text" doc:"why, in words"`
	Article   string   `json:"article" doc:"key; empty if it is about no article of the study"`
	Title     string   `json:"title" doc:"headline of the article"`
	Outlet    string   `json:"outlet"`
	Statement string   `json:"statement" doc:"key of the statement in the article; empty if there is none"`
	Old       string   `json:"old" doc:"words as they were when the answer was given"`
	Day       string   `json:"day" doc:"of the older version of the page in which alone they stand; empty if they stand in none"`
	New       string   `json:"new" doc:"words that are read in their place in the text of now; empty if none are"`
	Given     []given  `json:"given" doc:"answers, the oldest first"`
	Keep      *draft   `json:"keep" doc:"saves that it holds as it is; null if it is not the caller's"`
	Move      *draft   `json:"move" doc:"moves it to the new words; null if there are none"`
	Back      []given  `json:"back" doc:"answers that the caller may take back"`
	IDs       []string `json:"ids" doc:"of those, for POST /retract"`
}

type againList struct {
	Items []againItem `json:"items"`
	Total int         `json:"total"`
}

// lookAgain lists what is to be looked at again: what Next counts is what the
// list shows.
func (s *Server) lookAgain(book *casebook.Casebook) (out []recount.Finding) {
	for _, f := range book.Findings() {
		switch f.What {
		case "disagreement", "conflict", "contradiction", "orphan":
			out = append(out, f)
		}
	}
	return out
}

// missing reports whether words that an answer names stand in no text.
func missing(d *casebook.Placed) bool {
	return slices.ContainsFunc(d.At, func(at casebook.Placement) bool { return at.Found == casebook.Lost })
}

// olderAt returns which words of an answer stand only in an older text; -1 if
// none do. Words that a statement takes the place of may.
func olderAt(d *casebook.Placed) int {
	n := len(d.At)
	if b, ok := d.Answer.(recount.StatementBody); ok {
		n -= len(b.Instead)
	}
	return slices.IndexFunc(d.At[:n], func(at casebook.Placement) bool { return at.Found == casebook.InOlder })
}

// againOn counts the answers on an article that are to be looked at again
// because their words stand only in an older text.
func againOn(book *casebook.Casebook, article recount.Key) (n int) {
	on := book.On(article)
	for i := range on {
		if j := olderAt(&on[i]); j >= 0 && on[i].At[j].Article() == article && book.Orphan(on[i].ID) {
			n++
		}
	}
	return n
}

// dayOf is the day on which the version of a page was captured that has a text,
// by the hash of the text; "" if there is none.
func (s *Server) dayOf(ctx context.Context, p *casebook.Page, hash string) (string, error) {
	for _, h := range p.Older {
		a, err := s.study.Text(ctx, h.Key, h.Extractor)
		if err != nil {
			return "", err
		}
		if recount.HashText(a.Text) == hash {
			return h.Captured[:min(len(h.Captured), len("2006-01-02"))], nil
		}
	}
	return "", nil
}

// again lists what is to be looked at again, with what can be done about it.
func (s *Server) again(c *call) (any, error) {
	out := againList{Items: []againItem{}}
	sheets := map[recount.Key]*sheet{}
	for _, f := range s.lookAgain(c.book) {
		x, err := s.againItem(c, f, sheets)
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, x)
	}
	out.Total = len(out.Items)
	return out, nil
}

func (s *Server) againItem(c *call, f recount.Finding, sheets map[recount.Key]*sheet) (againItem, error) {
	x := againItem{What: f.What, Text: f.Text, Given: []given{}, Back: []given{}, IDs: []string{}}
	l := c.book.Log()
	for _, id := range f.Decisions {
		d := l.Find(id)
		if d == nil {
			continue
		}
		g := given{Actor: d.Actor, Time: d.Time, Kind: string(d.Kind), Round: d.Round}
		a, err := c.book.Answer(d)
		if err == nil {
			g.Subject, g.Answer = a.Subject(), a.Says()
			if x.Article == "" {
				var ch changed
				s.changedBy(c.book, a, &ch)
				if len(ch.Articles) > 0 {
					x.Article = ch.Articles[0]
				}
			}
			if an := a.Anchors(); x.Old == "" && len(an) > 0 {
				x.Old = strings.Join(an[0].Exact, " … ")
			}
		}
		x.Given = append(x.Given, g)
		if l.Live(id) && c.who.Actor != "" && (d.Actor == c.who.Actor || l.Adjudicator(c.who.Actor)) {
			x.Back, x.IDs = append(x.Back, g), append(x.IDs, id)
		}
	}
	slices.SortStableFunc(x.Given, func(a, b given) int { return strings.Compare(a.Time, b.Time) })
	if p, ok := c.book.Page(recount.Key(x.Article)); ok {
		x.Title, x.Outlet = cmp.Or(p.Title, p.Name), p.Outlet
	}
	if f.What != "orphan" {
		return x, nil
	}
	d := c.book.PlacedBy(f.Decisions[0])
	if d == nil || missing(d) {
		return x, nil
	}
	i := olderAt(d)
	if i < 0 {
		return x, nil
	}
	at := d.Answer.Anchors()[i]
	x.Article, x.Old = string(d.At[i].Article()), strings.Join(at.Exact, " … ")
	sh := sheets[d.At[i].Article()]
	if sh == nil {
		var err error
		if sh, err = s.sheet(c.ctx, c.book, d.At[i].Article()); err != nil {
			return x, err
		}
		sheets[d.At[i].Article()] = sh
	}
	x.Title, x.Outlet = cmp.Or(sh.page.Title, sh.page.Name), sh.page.Outlet
	var err error
	if x.Day, err = s.dayOf(c.ctx, &sh.page, at.Text); err != nil {
		return x, err
	}
	if d.Actor == c.who.Actor {
		x.Keep = &draft{Do: "keep", Decision: d.ID}
	}
	if u := sh.oldStatement(at); u != nil {
		x.Statement = string(u.Key)
		var at []recount.Span
		if st := sh.inPlaceOf(u); st != nil {
			at = st.Content
		} else {
			at = sh.runs(u.Words(""))
		}
		if at != nil {
			x.New = strings.Join((&casebook.Utterance{At: at}).Words(sh.article.Text), " … ")
			x.Move = &draft{Do: "bounds", Statement: string(u.Key), Spans: sh.spans(at)}
		}
	} else if i == 0 && d.Actor == c.who.Actor && len(d.Answer.Anchors()) == 1 && movable(d.Answer) {
		if to := sh.runs(at.Exact); to != nil {
			x.New = strings.Join((&casebook.Utterance{At: to}).Words(sh.article.Text), " … ")
			x.Move = &draft{Do: "move", Decision: d.ID, Spans: sh.spans(to)}
		}
	}
	return x, nil
}

// movable reports whether an answer names one place, and can name another.
func movable(a recount.Answer) bool {
	switch a.(type) {
	case recount.SpeakerBody, recount.ScopeBody, recount.PassageBody, recount.RoleBody:
		return true
	}
	return false
}

// move gives an answer of the caller's own, whose words stand only in an older
// text, for other words, in place of the old one.
func (a *asker) move(d *draft) error {
	x := a.book.PlacedBy(d.Decision)
	if x == nil || x.Actor != a.actor || !movable(x.Answer) || len(x.Answer.Anchors()) != 1 {
		return bad("decision", "name an answer of yours about one place; the list of answers to look at again names them", "there is no such answer")
	}
	if missing(x) || olderAt(x) != 0 {
		return bad("decision", "load the list of answers to look at again", "the words of this answer stand in the text, or in none")
	}
	d.Article = string(x.At[0].Article())
	_, at, _, err := a.places(d, "spans", d.Spans)
	if err != nil {
		return err
	}
	answer := x.Answer
	switch b := answer.(type) {
	case recount.SpeakerBody:
		b.Speaker.At = at
		answer = b
	case recount.ScopeBody:
		b.Speaker.At = at
		answer = b
	case recount.PassageBody:
		b.At = at
		answer = b
	case recount.RoleBody:
		b.At = at
		answer = b
	}
	a.out = append(a.out, casebook.Draft{Answer: answer, Reason: d.Reason, InPlaceOf: d.Decision})
	return nil
}

// runs finds, for pieces of an older text, runs of whole words in the text of
// now that are most like them: of the words of both at least half are shared. Of
// runs that are alike the first is taken. nil if a piece has none, or if they
// stand in another order.
func (x *sheet) runs(pieces []string) (out []recount.Span) {
	for _, p := range pieces {
		at, ok := x.run(wordsOf([]string{p}))
		if !ok || len(out) > 0 && at.Start < out[len(out)-1].End {
			return nil
		}
		out = append(out, at)
	}
	return out
}

func (x *sheet) run(was []string) (best recount.Span, ok bool) {
	text := x.article.Text
	if len(was) == 0 {
		return best, false
	}
	slack := 0 // how many words a run may have more or fewer
	if len(was) > 4 {
		slack = 3
	}
	left := map[string]int{}
	most, of, alike := 0, 1, 0
	for _, b := range shown(x.article) {
		words := wordSpans(text, b.Span)
		low := make([]string, len(words))
		for i, w := range words {
			low[i] = strings.ToLower(w.In(text))
		}
		for n := max(1, len(was)-slack); n <= len(was)+slack; n++ {
			for i := 0; i+n <= len(words); i++ {
				clear(left)
				for _, w := range was {
					left[w]++
				}
				shared := 0
				for _, w := range low[i : i+n] {
					if left[w] > 0 {
						left[w]--
						shared++
					}
				}
				all, ends := len(was)+n, 0
				if low[i] == was[0] {
					ends++
				}
				if low[i+n-1] == was[len(was)-1] {
					ends++
				}
				if 4*shared < all || shared*of < most*all || shared*of == most*all && ends <= alike {
					continue
				}
				if at := (recount.Span{Start: words[i].Start, End: words[i+n-1].End}); at.Whole(text) {
					best, most, of, alike, ok = at, shared, all, ends, true
				}
			}
		}
	}
	return best, ok
}

// wordSpans are the words of a piece of a text, as wordsOf tells them.
func wordSpans(text string, in recount.Span) (out []recount.Span) {
	start := -1
	for i, r := range in.In(text) {
		switch word := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r); {
		case word && start < 0:
			start = in.Start + i
		case !word && start >= 0:
			out, start = append(out, recount.Span{Start: start, End: in.Start + i}), -1
		}
	}
	if start >= 0 {
		out = append(out, recount.Span{Start: start, End: in.End})
	}
	return out
}

// oldStatement returns the accepted statement whose words, in an older text,
// are these.
func (x *sheet) oldStatement(at *recount.Anchor) *casebook.Utterance {
	for _, v := range x.voices {
		for i := range v.Utterances {
			if u := &v.Utterances[i]; u.Old != nil && reflect.DeepEqual(*u.Old, *at) {
				return u
			}
		}
	}
	return nil
}

// inPlaceOf returns the read statement whose words are most like those of a
// statement that stands only in an older text: at least half of the words of
// both are shared. Of two that are alike the first is taken; nil if none is.
func (x *sheet) inPlaceOf(u *casebook.Utterance) *recount.Statement {
	was := wordsOf(u.Words(""))
	var best *recount.Statement
	most, of := 0, 1
	for i := range x.reading.Statements {
		st := &x.reading.Statements[i]
		now := wordsOf((&casebook.Utterance{At: st.Content}).Words(x.article.Text))
		left := map[string]int{}
		for _, w := range was {
			left[w]++
		}
		shared := 0
		for _, w := range now {
			if left[w] > 0 {
				left[w]--
				shared++
			}
		}
		if all := len(was) + len(now); 4*shared >= all && shared*of > most*all {
			best, most, of = st, shared, all
		}
	}
	return best
}

// wordsOf are the words of pieces of a text, without their marks.
func wordsOf(pieces []string) []string {
	return strings.FieldsFunc(strings.ToLower(strings.Join(pieces, " ")), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}

// keep says that an answer of the caller's own holds as it was given.
func (a *asker) keep(d *draft) error {
	x := a.book.PlacedBy(d.Decision)
	if x == nil {
		return bad("decision", "name an answer that holds by its id; History lists them", "there is no such answer")
	}
	if missing(x) || olderAt(x) < 0 {
		return bad("decision", "load the list of answers to look at again", "the words of this answer stand in the text, or in none")
	}
	for _, at := range x.At {
		a.about(at.Article())
	}
	a.add(d, x.Answer)
	return nil
}
