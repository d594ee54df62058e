package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

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

// began is when the analyst began, after the date of every page; every
// decision takes a minute.
var began = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

// An act is what the analyst does in one go.
type act struct {
	what   string
	how    how
	group  bool // a command that answers for many: one retraction undoes it
	drafts []casebook.Draft
}

// An analyst is the work in progress.
type analyst struct {
	ctx      context.Context
	study    *study.Study
	book     *casebook.Casebook
	truth    *truth
	criteria []string
	values   []string // variables of study.yaml
	tally    Tally

	// Enter decides in another way than through the program's packages, as by
	// its command line; nil for these.
	enter   func(a act) error
	pending []casebook.Draft

	pages map[string]*workPage // by id
	met   map[[2]string]*met   // by page and person
	said  map[[2]string]*spoken
	read  map[string]*recount.ReportedFigure // by the id of a figure of the truth
}

// A workPage is one page on the analyst's table.
type workPage struct {
	*page
	casebook.Page
	article *recount.Article
	folded  folded
	at      map[int][]recount.Span // of its quotations, those that the text has
	first   bool                   // it is read to the end: the first print of an original
	need    map[string]bool        // of another page: whom to enter there
	needs   map[int]bool           // and which quotations
}

// met is a person on a page.
type met struct {
	ref  recount.SpeakerRef
	read []int       // which of the page's read speakers; none if nobody was read
	key  recount.Key // of the speaker in the casebook; "" while unknown
}

// spoken is a statement that was entered.
type spoken struct {
	at  recount.Anchor
	ref *recount.SpeakerRef
}

// Make runs the analyst over the study in dir and returns the decisions.
func Make(ctx context.Context, dir, id string) (Tally, []byte, error) {
	tmp, err := os.MkdirTemp("", "recount-make-")
	if err != nil {
		return Tally{}, nil, err
	}
	defer os.RemoveAll(tmp)
	w, err := begin(ctx, dir, filepath.Join(tmp, "study"), id)
	if err != nil {
		return Tally{}, nil, err
	}
	defer w.study.Close()
	if err := w.work(); err != nil {
		return w.tally, nil, err
	}
	var out bytes.Buffer
	_, err = w.study.ExportDecisions(ctx, &out)
	return w.tally, out.Bytes(), err
}

// begin makes the study of a folder in another, and reads its pages.
func begin(ctx context.Context, dir, to, id string) (*analyst, error) {
	w := &analyst{ctx: ctx, pages: map[string]*workPage{}, met: map[[2]string]*met{}, said: map[[2]string]*spoken{}}
	var err error
	if w.truth, err = readTruth(dir); err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, name := range []string{"study.yaml", "codebook.yaml", "report.md"} {
		if files[name], err = os.ReadFile(filepath.Join(dir, name)); err != nil {
			return nil, err
		}
	}
	tick := 0
	w.study, err = study.Create(ctx, to, files, id, true, study.Options{Actor: "analyst", Random: &random{},
		Now: func() time.Time { tick++; return began.Add(time.Duration(tick) * time.Minute) }})
	if err != nil {
		return nil, err
	}
	fail := func(err error) (*analyst, error) {
		w.study.Close()
		return nil, err
	}
	if _, err := w.study.Add(ctx, study.Offer{Paths: []string{filepath.Join(dir, "pages")}, Search: "the example pages"}); err != nil {
		return fail(err)
	}
	if _, err := w.study.Extract(ctx, false); err != nil {
		return fail(err)
	}
	tick = 0
	for _, c := range w.study.Config().Scope {
		w.criteria = append(w.criteria, c.Name)
	}
	w.values = w.study.Config().Names()
	if w.book, err = w.study.Casebook(ctx); err != nil {
		return fail(err)
	}
	return w, nil
}

// work enters everything.
func (w *analyst) work() error {
	for _, step := range []func() error{w.open, w.heads, w.dates, w.reprints, w.figures, w.plan, w.readPages, w.sample, w.links, w.facts} {
		if err := step(); err != nil {
			return err
		}
		if err := w.flush(); err != nil {
			return err
		}
	}
	return nil
}

// do carries an act out. Single answers wait for the next flush.
func (w *analyst) do(a act) error {
	if len(a.drafts) == 0 {
		return nil
	}
	codes := 0 // of the statement that they come with
	for _, d := range a.drafts {
		if d.Answer.Kind() == recount.KindCode {
			codes++
		}
	}
	w.tally.add(a.what, a.how, a.group, len(a.drafts)-codes)
	w.tally.add("code", typed, a.group, codes)
	if a.group {
		w.tally.groups++
	}
	if w.enter != nil {
		if err := w.enter(a); err != nil {
			return err
		}
		var err error
		w.book, err = w.study.Casebook(w.ctx)
		return err
	}
	if !a.group { // single answers are saved together, each as its own
		w.pending = append(w.pending, a.drafts...)
		return nil
	}
	if err := w.flush(); err != nil {
		return err
	}
	return w.decide(a)
}

// decide saves an act.
func (w *analyst) decide(a act) error {
	var by study.By
	if a.group {
		var err error
		if by.Group, err = w.study.NewGroup(); err != nil {
			return err
		}
	}
	_, err := w.study.Decide(w.ctx, by, a.drafts...)
	return err
}

func (w *analyst) one(what string, h how, a recount.Answer, reason string) error {
	return w.do(act{what: what, how: h, drafts: []casebook.Draft{{Answer: a, Reason: reason}}})
}

// flush saves what waits.
func (w *analyst) flush() error {
	if len(w.pending) == 0 {
		return nil
	}
	_, err := w.study.Decide(w.ctx, study.By{}, w.pending...)
	w.pending = nil
	return err
}

func (w *analyst) lose(format string, a ...any) {
	w.tally.lost = append(w.tally.lost, fmt.Sprintf(format, a...))
}

// open finds the article of each page, and its quotations in it.
func (w *analyst) open() error {
	for i := range w.truth.Pages {
		p := &w.truth.Pages[i]
		found, err := w.book.FindPage(p.File)
		if err != nil {
			return err
		}
		wp := &workPage{page: p, Page: found, at: map[int][]recount.Span{}, need: map[string]bool{}, needs: map[int]bool{}}
		if wp.article, err = w.book.Article(w.ctx, found.Key); err != nil {
			return err
		}
		wp.folded = fold(wp.article.Text)
		for qi := range p.Said {
			if at, ok := wp.locate(&p.Said[qi]); ok {
				wp.at[qi] = at
			} else {
				w.lose("%s: the words of a statement of %s are not in the text that was extracted", p.ID, p.Said[qi].Speaker)
			}
		}
		w.pages[p.ID] = wp
	}
	return nil
}

// locate finds the pieces of a quotation: in its paragraph, one after another.
func (p *workPage) locate(q *quotation) (spans []recount.Span, ok bool) {
	at := 0
	if _, next, ok := p.folded.find(q.In, 0); ok {
		at = next - len(strings.TrimSpace(fold(q.In).text))
	}
	for _, piece := range q.Pieces {
		sp, next, found := p.folded.find(piece, at)
		if !found {
			return nil, false
		}
		spans, at = append(spans, sp), next
	}
	return spans, true
}

// heads corrects the outlets, titles, bylines and languages that were read
// wrongly or not at all.
func (w *analyst) heads() error {
	for _, p := range w.inOrder() {
		for _, x := range []struct {
			field      recount.PageField
			read, want string
		}{
			{recount.OutletField, p.article.Outlet, p.page.Outlet},
			{recount.TitleField, p.article.Title, p.page.Title},
			{recount.BylineField, p.article.Byline, p.page.Byline},
			{recount.LanguageField, p.article.Language, p.page.Language},
		} {
			if x.want == "" || x.read == x.want {
				continue
			}
			h := corrected
			if x.read == "" {
				h = typed
			}
			body := recount.PageBody{Page: p.article.Page(), Part: p.article.Part, Field: x.field, Value: x.want}
			if err := w.one(string(x.field), h, body, "read in the page"); err != nil {
				return err
			}
		}
	}
	return nil
}

// dates decides the days that the program flagged or got wrong.
func (w *analyst) dates() error {
	for i := range w.truth.Pages {
		p := w.pages[w.truth.Pages[i].ID]
		day := p.page.Published
		if day == "" {
			if p.article.Published != "" {
				w.lose("%s has no date, and one was read", p.ID)
			}
			continue
		}
		how := typed
		if p.article.Published != "" {
			how = corrected
			if p.article.Published[:min(len(day), len(p.article.Published))] == day {
				if p.article.DateFlag == "" {
					continue
				}
				how = accepted
			}
		}
		if err := w.one("date", how, recount.DateBody{Page: p.article.Page(), Published: day}, "read in the page"); err != nil {
			return err
		}
	}
	return nil
}

// reprints says which pages are one original where the program did not see it,
// and leaves out pages that were put together from others.
func (w *analyst) reprints() error {
	of := map[recount.Key]*recount.Original{}
	originals := w.book.Originals()
	for i := range originals {
		for _, m := range originals[i].Members {
			of[m] = &originals[i]
		}
	}
	story := map[string]*workPage{} // the page that the others of a story reprint
	for i := range w.truth.Pages {
		p := w.pages[w.truth.Pages[i].ID]
		if p.Spliced {
			if o := of[p.Key]; o == nil || !o.Spliced {
				if err := w.one("screen", typed, recount.ScreenBody{Page: p.article.Page(), Part: p.article.Part, Answer: recount.No}, "put together from other pages"); err != nil {
					return err
				}
			}
			continue
		}
		first := story[p.Story]
		if first == nil {
			story[p.Story] = p
			continue
		}
		if of[p.Key] == nil || of[p.Key] != of[first.Key] {
			if err := w.one("reprint", typed, recount.RelationBody{Page: p.article.Page(), Of: first.article.Page(), Answer: recount.Yes}, "the same story"); err != nil {
				return err
			}
		}
	}
	// Pages that the program took for one original and that are not.
	for _, o := range originals {
		var head *workPage
		for _, p := range w.inOrder() {
			if !slices.Contains(o.Members, p.Key) {
				continue
			}
			if head == nil {
				head = p
			} else if p.Story != head.Story {
				if err := w.one("reprint", rejected, recount.RelationBody{Page: p.article.Page(), Of: head.article.Page(), Answer: recount.No}, "another story"); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// figures rejects what was read as a figure with another number, types in what
// was missed, corrects what figures are part of, and says of each quantity which
// figure holds, the one that the truth measures the others by.
func (w *analyst) figures() error {
	w.read = map[string]*recount.ReportedFigure{}
	for _, p := range w.inOrder() {
		found, err := w.book.Figures(w.ctx, p.Key)
		if err != nil {
			return err
		}
		var missed []*figure
		for i := range p.Figures {
			f := &p.Figures[i]
			at, ok := p.figureAt(f)
			if !ok {
				continue // as a title that is no part of the text
			}
			var wrong []recount.Span
			for j := range found {
				if !found[j].Span.Overlaps(at) {
					continue
				}
				if f.states(&found[j]) {
					w.read[f.ID] = &found[j]
					break
				}
				wrong = append(wrong, found[j].Span)
			}
			if w.read[f.ID] == nil {
				for _, sp := range wrong {
					if err := w.figure(p, sp, rejected, "another number stands there"); err != nil {
						return err
					}
				}
				missed = append(missed, f)
			}
		}
		// What others are part of comes first.
		slices.SortStableFunc(missed, func(a, b *figure) int { return cmp.Compare(min(1, len(a.Of)), min(1, len(b.Of))) })
		for _, f := range missed {
			at, _ := p.figureAt(f)
			body, err := f.stated()
			if err != nil {
				return fmt.Errorf("%s: %w", f.ID, err)
			}
			if whole := w.read[f.Of]; whole != nil {
				if body.Of, err = w.at(p, whole.Span); err != nil {
					return err
				}
			}
			if err := w.state(p, at, body, typed, "missed"); err != nil {
				return err
			}
			read := &recount.ReportedFigure{Article: p.Key, Span: at, Of: -1}
			body.Into(read)
			w.read[f.ID] = read
			found = append(found, *w.read[f.ID])
		}
		for i := range p.Figures {
			if err := w.whole(p, &p.Figures[i], found, missed); err != nil {
				return err
			}
		}
	}
	for _, q := range w.truth.Quantities {
		for _, p := range w.inOrder() {
			for _, f := range p.Figures {
				if q.Relations[f.ID] == "reference" && w.read[f.ID] != nil {
					if err := w.figure(p, w.read[f.ID].Span, accepted, "the first and most exact: "+q.About); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

// whole corrects what a figure that was read is part of.
func (w *analyst) whole(p *workPage, f *figure, found []recount.ReportedFigure, missed []*figure) error {
	read, whole := w.read[f.ID], w.read[f.Of]
	if f.Whole > 0 {
		for i := range found {
			if v := found[i].Value; v != nil && v.String() == strconv.Itoa(f.Whole) {
				whole = &found[i]
				break
			}
		}
	}
	if read == nil || whole == nil || whole.Value == nil || slices.Contains(missed, f) {
		return nil
	}
	if read.Of >= 0 && found[read.Of].Value != nil && *found[read.Of].Value == *whole.Value {
		return nil
	}
	of, err := w.at(p, whole.Span)
	if err != nil {
		return err
	}
	body := recount.StatedOf(read)
	body.Of = of
	return w.state(p, read.Span, body, corrected, "part of another figure")
}

// stated is what a person types in of a figure that was missed.
func (f *figure) stated() (recount.StatedBody, error) {
	b := recount.StatedBody{Sort: recount.CountFigure, Qualifier: recount.Vague, Unit: f.Unit}
	if f.Value == nil {
		return b, nil
	}
	n, err := recount.ParseDecimal(strconv.FormatFloat(*f.Value, 'f', -1, 64))
	if err != nil {
		return b, err
	}
	b.Value, b.Qualifier = n.String(), recount.Exact
	switch {
	case strings.HasSuffix(f.Unit, "shillings"):
		b.Sort = recount.MoneyFigure
	case n.Places > 0:
		b.Sort = recount.ShareFigure
	}
	switch f.Qualifier {
	case "", "all but":
	case "at least", "a floor":
		b.Qualifier, b.Low = recount.AtLeast, b.Value
	case "more than", "over", "well over", "just over", "más de":
		b.Qualifier, b.Low = recount.MoreThan, b.Value
	default:
		b.Qualifier = recount.About
	}
	return b, nil
}

// at is the place of words on a page.
func (w *analyst) at(p *workPage, sp recount.Span) (*recount.Anchor, error) {
	an, err := w.book.Anchor(w.ctx, p.Key, sp)
	return &an, err
}

// state says what a figure states.
func (w *analyst) state(p *workPage, at recount.Span, body recount.StatedBody, h how, reason string) error {
	an, err := w.at(p, at)
	if err != nil {
		return err
	}
	body.At = *an
	return w.one("figure", h, body, reason)
}

// figure answers for a figure that was read.
func (w *analyst) figure(p *workPage, at recount.Span, h how, reason string) error {
	an, err := w.book.Anchor(w.ctx, p.Key, at)
	if err != nil {
		return err
	}
	body := recount.FigureBody{At: an, Answer: recount.Accepted}
	if h == rejected {
		body.Answer = recount.Rejected
	}
	return w.one("figure", h, body, reason)
}

// figureAt finds a figure in its paragraph.
func (p *workPage) figureAt(f *figure) (recount.Span, bool) {
	_, next, ok := p.folded.find(f.In, 0)
	if !ok {
		return recount.Span{}, false
	}
	at, _, ok := p.folded.find(strings.Trim(f.Text, `"`), next-len(strings.TrimSpace(fold(f.In).text)))
	return at, ok
}

// states reports whether a figure that was read has the number of this one. One
// without a number, or of which only the whole numbers are known that it fits,
// is its words.
func (f *figure) states(read *recount.ReportedFigure) bool {
	if f.Value == nil || f.Fits != nil {
		return true
	}
	if read.Value == nil {
		return false
	}
	n, err := strconv.ParseFloat(read.Value.String(), 64)
	return err == nil && n == *f.Value
}

func (w *analyst) inOrder() []*workPage {
	var out []*workPage
	for i := range w.truth.Pages {
		out = append(out, w.pages[w.truth.Pages[i].ID])
	}
	return out
}

// plan picks the pages to read to the end, the first print of every original,
// and what the others have that these have not: people who speak nowhere else,
// and the only words that support a code or a value.
func (w *analyst) plan() error {
	for _, o := range w.book.Originals() {
		if o.Spliced {
			continue
		}
		for _, p := range w.pages {
			if p.Key == cmp.Or(o.First, o.Members[0]) && !p.Spliced {
				p.first = true
			}
		}
	}
	for i := range w.truth.People {
		who := &w.truth.People[i]
		pages := who.Pages
		if !slices.ContainsFunc(pages, func(id string) bool { return w.pages[id].first }) {
			p := w.pages[pages[0]]
			p.need[who.ID] = true
			for qi := range p.Said {
				p.needs[qi] = p.needs[qi] || p.Said[qi].Speaker == who.ID
			}
		}
		if !who.Counts {
			continue
		}
		for _, r := range who.Reasons {
			if !w.some(r.Evidence, func(p *workPage, qi int) bool { return p.first || p.needs[qi] }) {
				w.some(r.Evidence, func(p *workPage, qi int) bool {
					p.need[who.ID], p.needs[qi] = true, true
					return true
				})
			}
		}
		for _, name := range w.values {
			of := func(f fact) bool {
				return f.Variable == name && (w.pages[f.Page].first || w.pages[f.Page].need[who.ID])
			}
			if i := slices.IndexFunc(who.Facts, func(f fact) bool { return f.Variable == name }); i >= 0 && !slices.ContainsFunc(who.Facts, of) {
				w.pages[who.Facts[i].Page].need[who.ID] = true
			}
		}
	}
	return nil
}

// some reports whether f holds of one of the quotations that the text has.
func (w *analyst) some(evidence [][2]string, f func(p *workPage, qi int) bool) bool {
	for _, e := range evidence {
		p := w.pages[e[0]]
		for qi := range p.Said {
			if slices.Contains(p.Said[qi].IDs, e[1]) && p.at[qi] != nil && f(p, qi) {
				return true
			}
		}
	}
	return false
}

// readPages enters who speaks on each page, what they say, and who counts.
func (w *analyst) readPages() error {
	for _, p := range w.inOrder() {
		if !p.first && len(p.need) == 0 {
			continue
		}
		for _, step := range []func(*workPage) error{w.aside, w.people, w.statements, w.scope} {
			if err := step(p); err != nil {
				return fmt.Errorf("%s: %w", p.ID, err)
			}
			if err := w.flush(); err != nil {
				return fmt.Errorf("%s: %w", p.ID, err)
			}
		}
	}
	for i := range w.truth.People {
		who := &w.truth.People[i]
		if !slices.ContainsFunc(who.Pages, func(id string) bool { return w.met[[2]string{id, who.ID}] != nil }) {
			w.lose("%s, on %s: no words of the text stand for this speaker", who.ID, strings.Join(who.Pages, ", "))
		}
	}
	return nil
}

// sampled is how many pages the analyst draws at random and reads to the end.
const sampled = 12

// sample draws pages and reads them to the end: every statement of them has
// been accepted or typed in by then.
func (w *analyst) sample() error {
	drawn, err := w.study.Sample(w.ctx, sampled)
	if err != nil {
		return err
	}
	for _, p := range drawn {
		if _, err := w.study.ReadToTheEnd(w.ctx, p.Article.Page()); err != nil {
			return err
		}
	}
	w.tally.add("sample", typed, false, 1+len(drawn))
	w.book, err = w.study.Casebook(w.ctx)
	return err
}
