// Exemplar makes examples/order/decisions.jsonl, the recorded work of the
// analyst of the example study, out of the truth of that study. It works as a
// person at the desk would: where the program suggests a statement that is
// right it accepts it, where it does not it types the statement in, and it
// answers who counts, who is the same, what each person's values are and which
// codes apply. It prints how many decisions accepted a suggestion and how many
// had to be typed in, so that a better extractor shows.
//
//	go generate ./examples
package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/internal/study"
	"recount/internal/study/desk"
)

func main() {
	dir := flag.String("dir", "order", "folder of the example study")
	flag.Parse()
	sum, log, err := Make(context.Background(), *dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, "exemplar:", err)
		os.Exit(1)
	}
	if err := os.WriteFile(filepath.Join(*dir, "decisions.jsonl"), log, 0o644); err != nil {
		fmt.Fprintln(os.Stderr, "exemplar:", err)
		os.Exit(1)
	}
	fmt.Print(sum)
}

// A Tally says how the analyst's work went.
type Tally struct {
	Accepted, Typed, Rejected int // statements
	SpeakersFound             int // people whom the program had found on their page
	SpeakersTyped             int
	LinksSuggested            int // same and different answers to suggested pairs
	LinksTyped                int // to pairs that nobody suggested
	Dates, Values, Codes      int
}

func (t Tally) String() string {
	return fmt.Sprintf("statements: %d accepted, %d typed in, %d rejected\npeople on pages: %d found, %d typed in\nlinks: %d suggested, %d typed in\ndates: %d, values: %d, codes: %d\n",
		t.Accepted, t.Typed, t.Rejected, t.SpeakersFound, t.SpeakersTyped, t.LinksSuggested, t.LinksTyped, t.Dates, t.Values, t.Codes)
}

// truth is the part of truth.json that the analyst works from.
type truth struct {
	Pages []struct {
		ID         string      `json:"id"`
		File       string      `json:"file"`
		Published  string      `json:"published"`
		Conflict   any         `json:"date_conflict"`
		Quotations []quotation `json:"quotations"`
		Body       []string    `json:"body"`
	} `json:"pages"`
	Persons []person `json:"persons"`
	Must    []pair   `json:"must_link"`
	MustNot []pair   `json:"must_not_link"`
	Open    []pair   `json:"undecidable"`
}

type quotation struct {
	ID      string   `json:"id"`
	Content []string `json:"content"`
	At      [][]any  `json:"at"` // [part, paragraph, start, end]
	Type    string   `json:"type"`
	Speaker string   `json:"speaker"`
	Flags   []string `json:"flags"`
}

type person struct {
	ID      string              `json:"id"`
	Label   string              `json:"label"`
	Gender  string              `json:"gender"`
	Country string              `json:"country"`
	IsCase  bool                `json:"is_case"`
	Note    string              `json:"note"`
	Pages   []string            `json:"pages"`
	Names   map[string][]string `json:"names"`
	Kinds   map[string]string   `json:"kinds"`
	Attr    map[string][]struct {
		Page  string `json:"page"`
		Value any    `json:"value"`
	} `json:"attributes"`
	Reasons []struct {
		Code     string `json:"code"`
		Evidence []struct {
			Page      string `json:"page"`
			Quotation string `json:"quotation"`
		} `json:"evidence"`
	} `json:"reasons"`
}

type pair struct {
	A, B [2]string // page, person
	Why  string
	Note string
	Case bool
}

// random is a reader whose bytes depend on nothing but how many were read, so
// that the same truth and program give the same decisions.
type random struct{ n int }

func (r *random) Read(p []byte) (int, error) {
	for i := 0; i < len(p); i += sha256.Size {
		s := sha256.Sum256(fmt.Appendf(nil, "the analyst of the example study %d", r.n))
		r.n++
		copy(p[i:], s[:])
	}
	return len(p), nil
}

// began is when the analyst began, after the date of every page; every decision takes
// a minute.
var began = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

// analyst is the work in progress.
type analyst struct {
	*desk.Desk
	truth    truth
	tally    Tally
	article  map[string]*recount.Article      // by page id
	worked   map[string]bool                  // pages that were worked on: reprints and spliced pages were not
	ref      map[[2]string]recount.SpeakerRef // by page and person
	machine  map[[2]string]*recount.Speaker   // the speaker that the program had found for them
	said     map[[2]string]recount.Anchor     // by page and quotation
	touched  map[recount.Key]bool             // machine speakers that stand for a person of the truth
	answered map[[2]recount.Key]bool
}

// Make runs the analyst over the example in dir and returns the decisions.
func Make(ctx context.Context, dir string) (Tally, []byte, error) {
	var w analyst
	data, err := os.ReadFile(filepath.Join(dir, "truth.json"))
	if err != nil {
		return w.tally, nil, err
	}
	if err := json.Unmarshal(data, &w.truth); err != nil {
		return w.tally, nil, fmt.Errorf("truth.json: %w", err)
	}
	tmp, err := os.MkdirTemp("", "recount-exemplar-")
	if err != nil {
		return w.tally, nil, err
	}
	defer os.RemoveAll(tmp)
	files := map[string][]byte{}
	for _, name := range []string{"study.yaml", "codebook.yaml", "report.md"} {
		if files[name], err = os.ReadFile(filepath.Join(dir, name)); err != nil {
			return w.tally, nil, err
		}
	}
	tick := 0
	s, err := study.Create(ctx, filepath.Join(tmp, "order"), files, "order-example", true, study.Options{
		Actor: "analyst", Random: &random{},
		Now: func() time.Time { tick++; return began.Add(time.Duration(tick) * time.Minute) },
	})
	if err != nil {
		return w.tally, nil, err
	}
	defer s.Close()
	if _, err := s.Add(ctx, study.Offer{Paths: []string{filepath.Join(dir, "pages")}, Search: "the example pages"}); err != nil {
		return w.tally, nil, err
	}
	if _, err := s.Extract(ctx, false); err != nil {
		return w.tally, nil, err
	}
	if w.Desk, err = s.Desk(ctx); err != nil {
		return w.tally, nil, err
	}
	for _, step := range []func() error{w.pages, w.statements, w.sample, w.scope, w.links, w.values, w.codes} {
		if err := step(); err != nil {
			return w.tally, nil, err
		}
	}
	if _, err := s.Save(ctx, w.Desk); err != nil {
		return w.tally, nil, err
	}
	var out bytes.Buffer
	_, err = s.ExportDecisions(ctx, &out)
	return w.tally, out.Bytes(), err
}

// pages finds the article of each page, decides the dates that the program
// flagged or got wrong, and picks the pages to work on: the first print of
// every original.
func (w *analyst) pages() error {
	w.article, w.worked = map[string]*recount.Article{}, map[string]bool{}
	byName := map[string]*recount.Article{}
	for _, a := range w.Articles() {
		byName[a.Name] = a
	}
	first := map[recount.Key]bool{}
	for _, o := range w.Originals() {
		if o.Spliced {
			continue
		}
		k := o.First
		if k == "" {
			k = o.Members[0]
		}
		first[k] = true
	}
	for _, p := range w.truth.Pages {
		a := byName[p.File]
		if a == nil {
			return fmt.Errorf("page %s is not in the study", p.File)
		}
		w.article[p.ID], w.worked[p.ID] = a, first[a.Key]
		day := p.Published[:min(10, len(p.Published))]
		if a.DateFlag != "" || a.Published[:min(10, len(a.Published))] != day {
			w.tally.Dates++
			if err := w.Date(a.Page(), day, "read in the dateline and the address of the page"); err != nil {
				return err
			}
		}
	}
	return nil
}

// folded is a text with its white space collapsed, and for each of its bytes
// the byte it comes from.
type folded struct {
	text string
	from []int
}

func fold(s string) folded {
	var f folded
	var b strings.Builder
	space := false
	for i, r := range s {
		if unicode.IsSpace(r) {
			if !space {
				b.WriteByte(' ')
				f.from = append(f.from, i)
			}
			space = true
			continue
		}
		space = false
		b.WriteRune(r)
		for k := range utf8.RuneLen(r) {
			f.from = append(f.from, i+k)
		}
	}
	f.text = b.String()
	f.from = append(f.from, len(s))
	return f
}

// find returns where words stand in f at or after byte from, in the original's
// bytes.
func (f folded) find(words string, from int) (recount.Span, int, bool) {
	w := strings.TrimSpace(fold(words).text)
	i := strings.Index(f.text[from:], w)
	if i < 0 || w == "" {
		return recount.Span{}, from, false
	}
	i += from
	return recount.Span{Start: f.from[i], End: f.from[i+len(w)-1] + 1}, i + len(w), true
}

// content finds the pieces of a quotation in the article: in its paragraph,
// one after another.
func (w *analyst) content(page int, q int) (spans []recount.Span, ok bool) {
	p := w.truth.Pages[page]
	quote := p.Quotations[q]
	f := fold(w.article[p.ID].Text)
	at := 0
	if len(quote.At) > 0 {
		if n, isNum := quote.At[0][1].(float64); isNum && int(n) < len(p.Body) {
			if i := strings.Index(f.text, strings.TrimSpace(fold(p.Body[int(n)]).text)); i >= 0 {
				at = i
			}
		}
	}
	for _, piece := range quote.Content {
		sp, next, found := f.find(piece, at)
		if !found {
			return nil, false
		}
		spans, at = append(spans, sp), next
	}
	return spans, true
}

// statements accepts, types in and rejects.
func (w *analyst) statements() error {
	w.ref, w.machine, w.said, w.touched = map[[2]string]recount.SpeakerRef{}, map[[2]string]*recount.Speaker{}, map[[2]string]recount.Anchor{}, map[recount.Key]bool{}
	for pi, p := range w.truth.Pages {
		a := w.article[p.ID]
		r := w.Reading(a.Key)
		if !w.worked[p.ID] || r == nil {
			continue
		}
		// Which machine statement is which quotation: the largest overlap of
		// at least half, each used once.
		type match struct{ q, s, f int }
		var matches []match
		spans := map[int][]recount.Span{}
		for qi := range p.Quotations {
			at, ok := w.content(pi, qi)
			if !ok || slices.Contains(p.Quotations[qi].Flags, "offtopic") {
				continue
			}
			spans[qi] = at
			for si, st := range r.Statements {
				if f := overlap(at, st.Content); f >= 500 {
					matches = append(matches, match{qi, si, f})
				}
			}
		}
		slices.SortStableFunc(matches, func(x, y match) int { return y.f - x.f })
		ofQ, ofS := map[int]int{}, map[int]int{}
		for _, m := range matches {
			if _, used := ofQ[m.q]; used {
				continue
			}
			if _, used := ofS[m.s]; used {
				continue
			}
			ofQ[m.q], ofS[m.s] = m.s, m.q
		}
		// Which machine speaker is which person: the most shared statements.
		type vote struct {
			person  string
			speaker string
		}
		votes := map[vote]int{}
		for qi := range p.Quotations {
			if si, ok := ofQ[qi]; ok && r.Statements[si].Speaker != "" {
				votes[vote{p.Quotations[qi].Speaker, r.Statements[si].Speaker}]++
			}
		}
		var order []vote
		for v := range votes {
			order = append(order, v)
		}
		slices.SortFunc(order, func(x, y vote) int {
			if votes[x] != votes[y] {
				return votes[y] - votes[x]
			}
			return strings.Compare(x.person+x.speaker, y.person+y.speaker)
		})
		taken := map[string]bool{}
		for _, v := range order {
			key := [2]string{p.ID, v.person}
			if taken[v.speaker] || w.machine[key] != nil {
				continue
			}
			for i := range r.Speakers {
				if r.Speakers[i].ID == v.speaker && w.names(a, &r.Speakers[i], p.ID, v.person) {
					taken[v.speaker] = true
					w.machine[key] = &r.Speakers[i]
					w.touched[r.Speakers[i].Key()] = true
				}
			}
		}
		for i := range w.truth.Persons {
			who := &w.truth.Persons[i]
			if !slices.Contains(who.Pages, p.ID) {
				continue
			}
			if err := w.meet(a, p.ID, who.ID, who); err != nil {
				return err
			}
		}
		for qi, q := range p.Quotations {
			at, ok := spans[qi]
			if !ok {
				continue
			}
			var ref *recount.SpeakerRef
			if x, ok := w.ref[[2]string{p.ID, q.Speaker}]; ok {
				ref = &x
			}
			typed := true
			reason := "typed in"
			if si, ok := ofQ[qi]; ok {
				m := w.machine[[2]string{p.ID, q.Speaker}]
				if m != nil && m.ID == r.Statements[si].Speaker {
					typed, reason, at = false, "accepted as suggested", r.Statements[si].Content
				}
			}
			anchor, err := w.Anchor(a.Key, at...)
			if err != nil {
				return err
			}
			if slices.ContainsFunc(p.Quotations[:qi], func(o quotation) bool {
				prev, ok := w.said[[2]string{p.ID, o.ID}]
				return ok && slices.Equal(prev.Spans, anchor.Spans)
			}) {
				continue // the same words were taken for an earlier quotation
			}
			if typed {
				w.tally.Typed++
			} else {
				w.tally.Accepted++
			}
			w.said[[2]string{p.ID, q.ID}] = anchor
			if err := w.Statement(anchor, recount.QuotationType(q.Type), ref, recount.Accepted, typed, reason); err != nil {
				return err
			}
		}
		for si, st := range r.Statements {
			if _, used := ofS[si]; used || !st.Speech || slices.ContainsFunc(r.Sentences, func(x recount.Sentence) bool {
				return x.Role == recount.OffTopic && x.Span.Overlaps(st.Content[0])
			}) {
				continue
			}
			anchor, err := w.Anchor(a.Key, st.Content...)
			if err != nil {
				return err
			}
			w.tally.Rejected++
			if err := w.Statement(anchor, st.Type, nil, recount.Rejected, false, "not a statement, or not as it stands"); err != nil {
				return err
			}
		}
	}
	return nil
}

// names reports whether the fullest mention of a machine speaker is one of the
// names that the page has for a person: only then does the analyst take the
// program's word for who it is.
func (w *analyst) names(a *recount.Article, sp *recount.Speaker, page, id string) bool {
	got := strings.ToLower(fold(sp.Mention.In(a.Text)).text)
	for _, name := range w.person(id).Names[page] {
		want := strings.ToLower(strings.Trim(fold(name).text, "“”\"' "))
		if want != "" && (strings.Contains(got, want) || strings.Contains(want, got)) {
			return true
		}
	}
	return false
}

// sampled is how many pages the analyst drew at random and read to the end.
const sampled = 12

// sample draws pages and reads them to the end: every statement of them has
// been accepted or typed in by then.
func (w *analyst) sample() error {
	drawn, err := w.Draw("order-example", sampled)
	if err != nil {
		return err
	}
	for _, a := range drawn {
		if err := w.Read(a.Page()); err != nil {
			return err
		}
	}
	return nil
}

// meet makes the reference to a person on a page: the speaker that the program
// found, or the place where the person's first name on the page stands.
func (w *analyst) meet(a *recount.Article, page, id string, who *person) error {
	key := [2]string{page, id}
	kind := recount.SpeakerKind(who.Kinds[page])
	if m := w.machine[key]; m != nil {
		ref, err := w.Ref(m)
		if err != nil {
			return err
		}
		ref.Kind, ref.Gender = kind, recount.Gender(who.Gender)
		w.ref[key] = ref
		if kind.Person() {
			w.tally.SpeakersFound++
		}
		return nil
	}
	f := fold(a.Text)
	for _, name := range who.Names[page] {
		sp, _, ok := f.find(name, 0)
		if !ok {
			continue
		}
		at, err := w.Anchor(a.Key, sp)
		if err != nil {
			return err
		}
		w.ref[key] = recount.SpeakerRef{At: at, Name: name, Kind: kind, Gender: recount.Gender(who.Gender)}
		if kind.Person() {
			w.tally.SpeakersTyped++
		}
		return nil
	}
	return nil // mentioned only in furniture; nothing to refer to
}

// overlap is twice the shared bytes over the sum of both, in thousandths.
func overlap(a, b []recount.Span) int {
	n, shared := 0, 0
	for _, x := range a {
		n += x.Len()
		for _, y := range b {
			if x.Overlaps(y) {
				shared += min(x.End, y.End) - max(x.Start, y.Start)
			}
		}
	}
	for _, y := range b {
		n += y.Len()
	}
	if n == 0 {
		return 0
	}
	return 2000 * shared / n
}

// each calls f for every person that has a reference, page by page.
func (w *analyst) each(f func(page string, who *person, ref recount.SpeakerRef) error) error {
	for _, p := range w.truth.Pages {
		for i := range w.truth.Persons {
			who := &w.truth.Persons[i]
			if ref, ok := w.ref[[2]string{p.ID, who.ID}]; ok {
				if err := f(p.ID, who, ref); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// counts reports whether the person is a case by the conditions of study.yaml,
// whatever the period.
func (p *person) counts() bool { return p.IsCase || p.ID == "C30" }

// scope decides who counts.
func (w *analyst) scope() error {
	taken := map[string]bool{}
	err := w.each(func(page string, who *person, ref recount.SpeakerRef) error {
		if !ref.Kind.Person() || taken[fmt.Sprint(page, ref.At.Spans)] {
			return nil
		}
		taken[fmt.Sprint(page, ref.At.Spans)] = true
		switch {
		case who.counts():
			return w.Scope(ref, recount.Yes, map[string]string{"left": "yes", "speaks": "yes"}, "left, and speaks about it")
		case who.ID == "N01":
			return w.Scope(ref, recount.No, map[string]string{"left": "yes", "speaks": "no"}, "spoke in court only")
		}
		return w.Scope(ref, recount.No, map[string]string{"left": "no", "speaks": "yes"}, "did not leave the Order")
	})
	if err != nil {
		return err
	}
	// Speakers that the program found and that are nobody of the truth.
	for _, v := range w.Voices() {
		if w.touched[v.Key()] || slices.ContainsFunc(w.refsOn(v.Article.Key), func(r recount.SpeakerRef) bool { return w.covers(v, r) }) {
			continue
		}
		ref, err := w.Ref(v.Speaker)
		if err != nil {
			return err
		}
		if err := w.Scope(ref, recount.No, map[string]string{"left": "no", "speaks": "no"}, "no speaker of this study"); err != nil {
			return err
		}
	}
	return nil
}

func (w *analyst) refsOn(article recount.Key) (out []recount.SpeakerRef) {
	for _, p := range w.truth.Pages {
		if w.article[p.ID].Key == article {
			for i := range w.truth.Persons {
				if r, ok := w.ref[[2]string{p.ID, w.truth.Persons[i].ID}]; ok && r.Kind.Person() {
					out = append(out, r)
				}
			}
		}
	}
	return out
}

// covers reports whether a machine speaker is mentioned where ref stands.
func (w *analyst) covers(v desk.Voice, ref recount.SpeakerRef) bool {
	cp := recount.NewCodePoints(v.Article.Text)
	at, ok := cp.Span(ref.At.Spans[0])
	return ok && (v.Mention.Overlaps(at) || slices.ContainsFunc(v.Mentions, at.Overlaps))
}

// links decides who is the same person: along the pages of each case, the
// pairs that must not be joined, the ones that stay open, and every other pair
// that the program suggests among the people who count.
func (w *analyst) links() error {
	pairs, err := w.Pairs()
	if err != nil {
		return err
	}
	w.answered = map[[2]recount.Key]bool{}
	suggested := map[[2]recount.Key]*desk.Pair{}
	for i := range pairs {
		suggested[[2]recount.Key{pairs[i].Suggestion.A, pairs[i].Suggestion.B}] = &pairs[i]
	}
	decided := map[[2]string]bool{}
	answer := func(a, b [2]string, ans, reason string) error {
		ra, okA := w.ref[a]
		rb, okB := w.ref[b]
		name := []string{fmt.Sprint(ra.At.Page, ra.At.Spans), fmt.Sprint(rb.At.Page, rb.At.Spans)}
		slices.Sort(name)
		if !okA || !okB || decided[[2]string(name)] {
			return nil
		}
		decided[[2]string(name)] = true
		var bars []recount.Bar
		if ma, mb := w.machine[a], w.machine[b]; ma != nil && mb != nil {
			k := keys(ma.Key(), mb.Key())
			w.answered[k] = true
			if p := suggested[k]; p != nil {
				bars = p.Bars
			}
		}
		if bars != nil {
			w.tally.LinksSuggested++
		} else {
			w.tally.LinksTyped++
		}
		return w.Link(ra, rb, ans, bars, reason)
	}
	for i := range w.truth.Persons {
		who := &w.truth.Persons[i]
		if !who.counts() {
			continue
		}
		last := ""
		for _, page := range who.Pages {
			if _, ok := w.ref[[2]string{page, who.ID}]; !ok {
				continue
			}
			if last != "" {
				if err := answer([2]string{last, who.ID}, [2]string{page, who.ID}, recount.Same, "the same person by name, words or description"); err != nil {
					return err
				}
			}
			last = page
		}
	}
	for _, x := range w.truth.MustNot {
		if err := answer(x.A, x.B, recount.Different, x.Why); err != nil {
			return err
		}
	}
	open := map[[2]string]bool{}
	for _, x := range w.truth.Open {
		open[[2]string{x.A[1], x.B[1]}] = true
		open[[2]string{x.B[1], x.A[1]}] = true
		if err := answer(x.A, x.B, recount.Unsure, x.Note); err != nil {
			return err
		}
	}
	for i := range pairs {
		p := &pairs[i]
		a, okA := w.who(p.A)
		b, okB := w.who(p.B)
		if !okA || !okB || a[1] == b[1] || w.answered[keys(p.Suggestion.A, p.Suggestion.B)] || open[[2]string{a[1], b[1]}] {
			continue
		}
		if !w.person(a[1]).counts() || !w.person(b[1]).counts() {
			continue
		}
		if err := answer(a, b, recount.Different, "another person by what the two say of themselves"); err != nil {
			return err
		}
	}
	return nil
}

// who returns the page and person that a machine speaker stands for.
func (w *analyst) who(v desk.Voice) (key [2]string, ok bool) {
	for _, p := range w.truth.Pages {
		if w.article[p.ID].Key != v.Article.Key {
			continue
		}
		for i := range w.truth.Persons {
			k := [2]string{p.ID, w.truth.Persons[i].ID}
			if ref, met := w.ref[k]; met && ref.Kind.Person() && w.covers(v, ref) {
				return k, true
			}
		}
	}
	return key, false
}

func (w *analyst) person(id string) *person {
	for i := range w.truth.Persons {
		if w.truth.Persons[i].ID == id {
			return &w.truth.Persons[i]
		}
	}
	return nil
}

func keys(a, b recount.Key) [2]recount.Key {
	if b < a {
		a, b = b, a
	}
	return [2]recount.Key{a, b}
}

// values records country, month of leaving and age of each person who counts,
// each with the words that state it where the page has them.
func (w *analyst) values() error {
	return w.each(func(page string, who *person, ref recount.SpeakerRef) error {
		if !who.counts() {
			return nil
		}
		a := w.article[page]
		f := fold(a.Text)
		stated := func(attr string) (string, bool) {
			for _, x := range who.Attr[attr] {
				if x.Page == page {
					return fmt.Sprint(x.Value), true
				}
			}
			return "", false
		}
		put := func(name, value, words string) error {
			var evidence *recount.Anchor
			if sp, _, ok := f.find(words, 0); ok && words != "" {
				at, err := w.Anchor(a.Key, sp)
				if err != nil {
					return err
				}
				evidence = &at
			}
			w.tally.Values++
			return w.Value(ref, name, value, evidence, "read in the article")
		}
		if home, ok := stated("home"); ok && who.Country != "" && who.Country != "unknown" {
			if err := put("country", who.Country, home); err != nil {
				return err
			}
		}
		if left, ok := stated("left"); ok {
			if err := put("left", left, ""); err != nil {
				return err
			}
		}
		if age, ok := stated("age"); ok {
			if err := put("age", age, age); err != nil {
				return err
			}
		}
		return nil
	})
}

// codes gives each reason its quotations.
func (w *analyst) codes() error {
	for i := range w.truth.Persons {
		who := &w.truth.Persons[i]
		if !who.counts() {
			continue
		}
		given := map[string]bool{}
		for _, r := range who.Reasons {
			for _, e := range r.Evidence {
				at, ok := w.said[[2]string{e.Page, e.Quotation}]
				ref, met := w.ref[[2]string{e.Page, who.ID}]
				once := fmt.Sprint(r.Code, at.Page, at.Spans)
				if !ok || !met || given[once] {
					continue
				}
				given[once] = true
				w.tally.Codes++
				if err := w.Code(at, ref, r.Code, recount.Yes, ""); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
