package casebook

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"recount"
)

// What a team knows of a protected person beyond the pages belongs into the
// vault and in no answer. So what is typed about one is set beside the pages of
// that person here, where every answer passes.
//
// A name must be made of words that these pages print; of a description, words in
// small letters may be the coder's own. Of longer texts, once the
// study has a vault, that is asked of what looks like a name (capitalised words
// next to each other or within a sentence) or leads to somebody (addresses of
// mail, handles, telephone numbers). Limits: one capitalised word that begins a
// sentence is not looked at, and of scripts without capitals only names are.

// unprinted refuses an answer about somebody protected that says what no page of
// that person prints.
func (c *Casebook) unprinted(ctx context.Context, by By, d Draft, p *placed) error {
	if by.NoNames {
		return nil
	}
	pages, whom, protected, err := c.concerned(ctx, p)
	if err != nil || !protected {
		return err
	}
	var strict string
	described := false
	if b, ok := d.Answer.(recount.SpeakerBody); ok && b.Answer == recount.Accepted {
		strict = b.Speaker.Name
		described = b.Speaker.Kind != recount.Named && b.Speaker.Kind != recount.Pseudonym
	}
	free := ""
	if by.Vault {
		free = Typed(d.Answer) + "\n" + d.Reason
	}
	if strict == "" && strings.TrimSpace(free) == "" {
		return nil
	}
	w, err := c.printed(ctx, pages)
	if err != nil {
		return err
	}
	w.add(by.Actor)
	strange := append(w.strangeName(strict, described), w.strangeWords(free)...)
	if len(strange) == 0 {
		return nil
	}
	field := "note"
	if strict != "" {
		field = "name"
	}
	person := "PERSON"
	if len(whom) > 0 {
		person = fmt.Sprintf("%.12s", whom[0])
	}
	return recount.WithHint(fmt.Errorf("decide %s: %w: %q stands on no page of somebody who is protected", d.Answer.Kind(), recount.ErrConflict, strings.Join(strange, ", ")),
		fmt.Sprintf("it belongs into the vault, where nobody reads it in the study: recount vault put %s %s. If it names nobody: --no-names", person, field))
}

// concerned lists the pages of the persons whom an answer is about, the keys by
// which they are found, and whether one of them is protected.
func (c *Casebook) concerned(ctx context.Context, p *placed) (pages []*page, whom []string, protected bool, err error) {
	add := func(pg *page) {
		if pg != nil && !slices.Contains(pages, pg) {
			pages = append(pages, pg)
		}
	}
	person := func(sp *Speaker, pg *page) {
		tier, key := recount.Protected, string(sp.Key)
		if x, failed := c.person(ctx, account{pg, sp}); failed != nil {
			err = failed
		} else {
			tier, key = x.Tier(), cmp.Or(x.ID, key)
			for _, m := range x.Members {
				add(c.byKey[m.Article])
			}
		}
		if add(pg); !tier.Shown() {
			protected = true
			whom = append(whom, key)
		}
	}
	at := func(i int, kind recount.SpeakerKind) {
		pl := p.at[i]
		if pl.page == nil {
			return
		}
		if sp := c.speakerIn(p, i); sp != nil {
			person(sp, pl.page)
			return
		}
		add(pl.page)
		if i := pl.page.read(pl); i >= 0 {
			kind = pl.page.speakers.kind(i)
			if !recount.DefaultTier(kind).Shown() {
				whom = append(whom, string(pl.page.key(i)))
			}
		}
		if kind != "" && !recount.DefaultTier(kind).Shown() {
			protected = true
		}
	}
	var on recount.Topic
	switch b := p.answer.(type) {
	case recount.MemoBody:
		on = b.On
	case recount.NoteBody:
		on = b.On
	default:
		kinds := kindsOf(p.answer)
		for i, r := range roles(p.answer) {
			if r == speaking && i < len(p.at) {
				kind := recount.SpeakerKind("")
				if len(kinds) > 0 {
					kind = kinds[min(i, len(kinds)-1)]
				}
				at(i, kind)
			}
		}
		return pages, whom, protected, err
	}
	if pg := c.pages[pageID(on.Page, on.Part)]; pg != nil {
		add(pg)
		s := c.state(pg).settled
		for i := range pg.speakers.len() {
			if s == nil || s.byRead(i) == nil {
				if !recount.DefaultTier(pg.speakers.kind(i)).Shown() {
					protected = true
				}
			}
		}
		if s != nil {
			for _, sp := range s.speakers {
				person(sp, pg)
			}
		}
	}
	return pages, whom, protected, err
}

// kindsOf lists of which kind an answer says that its speakers are.
func kindsOf(a recount.Answer) []recount.SpeakerKind {
	if b, ok := a.(recount.SpeakerBody); ok {
		return []recount.SpeakerKind{b.Speaker.Kind}
	}
	return nil
}

// Typed is what somebody wrote into an answer in his or her own words.
func Typed(a recount.Answer) string {
	switch b := a.(type) {
	case recount.MemoBody:
		return b.Text
	case recount.NoteBody:
		return b.Text
	case recount.ValueBody:
		return b.Value
	}
	return ""
}

// printedWords are the words of pages, in small letters.
type printedWords struct {
	words map[string]bool
	text  *strings.Builder
}

// printed reads the words of pages, and of what the study itself is written in.
func (c *View) printed(ctx context.Context, pages []*page) (*printedWords, error) {
	w := newPrinted()
	for _, pg := range pages {
		for _, h := range pg.versions { // words that a correction took off the page were published
			t, err := c.store.ArticleBy(ctx, h.Key, h.Extractor)
			if err != nil {
				return nil, err
			}
			w.add(t.Title, t.Text, t.Byline, t.Outlet, t.Name, t.URL, strings.Join(t.Authors, "\n"))
		}
	}
	x := &c.settings
	w.add(x.Criteria...)
	w.add(x.Codes...)
	for name, values := range x.Variables {
		w.add(name)
		w.add(values...)
	}
	return w, nil
}

// newPrinted knows the words of the calendar.
func newPrinted() *printedWords {
	w := &printedWords{words: map[string]bool{}, text: &strings.Builder{}}
	for m := time.January; m <= time.December; m++ {
		w.add(m.String())
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		w.add(d.String())
	}
	return w
}

func (w *printedWords) add(texts ...string) {
	for _, t := range texts {
		for _, x := range wordsIn(t) {
			w.words[strings.ToLower(t[x.Start:x.End])] = true
		}
		w.text.WriteString(strings.ToLower(t) + "\n")
	}
}

func (w *printedWords) has(word string) bool {
	return w.words[strings.ToLower(word)]
}

// wordsIn finds the runs of letters and marks in a text.
func wordsIn(text string) (out []recount.Span) {
	start := -1
	for i, r := range text {
		switch in := unicode.IsLetter(r) || unicode.IsMark(r); {
		case in && start < 0:
			start = i
		case !in && start >= 0:
			out, start = append(out, recount.Span{Start: start, End: i}), -1
		}
	}
	if start >= 0 {
		out = append(out, recount.Span{Start: start, End: len(text)})
	}
	return out
}

// strangeName lists the words of a name that no page prints. Where somebody is
// described and not named ("the interviewer"), words in small letters are the
// coder's own.
func (w *printedWords) strangeName(name string, described bool) (out []string) {
	for _, x := range wordsIn(name) {
		word := name[x.Start:x.End]
		r, _ := utf8.DecodeRuneInString(word)
		if utf8.RuneCountInString(word) > 1 && !w.has(word) && !(described && unicode.IsLower(r)) {
			out = append(out, word)
		}
	}
	return out
}

// capital1 reports whether a word is one capital.
func capital1(text string, at recount.Span) bool {
	r, n := utf8.DecodeRuneInString(text[at.Start:at.End])
	return unicode.IsUpper(r) && n == at.Len()
}

const fewestDigitsOfANumber = 7 // of a telephone

// strangeWords lists what looks like a name in a text, or leads to somebody, and
// is printed by no page.
func (w *printedWords) strangeWords(text string) (out []string) {
	lower := w.text.String()
	for _, f := range strings.Fields(text) {
		f = strings.Trim(f, ".,;:!?()[]\"'<>“”„«»")
		digits := 0
		for _, r := range f {
			if unicode.IsDigit(r) {
				digits++
			}
		}
		_, isDay := recount.ParseDate(f)
		if (strings.ContainsAny(f, "@") || digits >= fewestDigitsOfANumber && isDay != nil || strings.Contains(f, "://")) && !strings.Contains(lower, strings.ToLower(f)) {
			out = append(out, f)
		}
	}
	spans := wordsIn(text)
	capital := func(i int) bool {
		if i < 0 || i >= len(spans) {
			return false
		}
		s := text[spans[i].Start:spans[i].End]
		r, n := utf8.DecodeRuneInString(s)
		return (unicode.IsUpper(r) || unicode.IsTitle(r)) && len(s) > n
	}
	// next says that nothing but blanks, points of initials and marks within a name
	// stand between two words.
	next := func(i int) bool {
		if i < 0 || i+1 >= len(spans) {
			return false
		}
		between := text[spans[i].End:spans[i+1].Start]
		return strings.Trim(between, " -'’.") == "" && len(between) < 4 && (!strings.Contains(between, ".") || spans[i].Len() <= 2)
	}
	begins := func(i int) bool { // a sentence, or words between quotation marks
		before := strings.TrimRight(text[:spans[i].Start], " \t")
		if strings.HasSuffix(before, ".") && i > 0 && capital1(text, spans[i-1]) && spans[i-1].End == len(before)-1 {
			return false // an initial
		}
		bare := strings.TrimRight(before, "\"'“„«(")
		return len(bare) < len(before) || bare == "" || strings.ContainsAny(bare[len(bare)-1:], ".!?:\n")
	}
	for i := range spans {
		word := text[spans[i].Start:spans[i].End]
		if !capital(i) || w.has(word) || strings.Contains(strings.Join(out, " "), word) {
			continue
		}
		if begins(i) && !(next(i) && capital(i+1)) {
			continue
		}
		out = append(out, word)
	}
	return out
}

// A Printed knows the words that the pages of some people print.
type Printed struct{ words *printedWords }

// PrintedOf reads the pages of the people whom speakers are.
func (c *Casebook) PrintedOf(ctx context.Context, whom []recount.Key) (*Printed, error) {
	var pages []*page
	add := func(pg *page) {
		if pg != nil && !slices.Contains(pages, pg) {
			pages = append(pages, pg)
		}
	}
	for _, p := range c.list {
		for _, sp := range c.state(p).settled.speakers {
			if !slices.Contains(whom, sp.Key) {
				continue
			}
			add(p)
			x, err := c.person(ctx, account{p, sp})
			if err != nil {
				return nil, err
			}
			for _, m := range x.Members {
				add(c.byKey[m.Article])
			}
		}
	}
	w, err := c.printed(ctx, pages)
	return &Printed{w}, err
}

// Strange lists the words of a name that these pages do not print.
func (p *Printed) Strange(name string, kind recount.SpeakerKind) []string {
	return p.words.strangeName(name, kind != recount.Named && kind != recount.Pseudonym)
}

// Unprinted lists what looks like a name in a text, or leads to somebody, and
// stands on none of these pages.
func (p *Printed) Unprinted(text string) []string { return p.words.strangeWords(text) }

// Knows adds words that may stand in answers: who gave them.
func (p *Printed) Knows(words ...string) { p.words.add(words...) }

// Speaker returns the key of the speaker whom a reference means; "" if its words
// are on no page any more.
func (c *Casebook) Speaker(ctx context.Context, ref recount.SpeakerRef) (recount.Key, error) {
	p := &placed{Decision: &recount.Decision{Header: recount.Header{Kind: recount.KindScope}}, answer: recount.ScopeBody{Speaker: ref}}
	if err := c.look(ctx, []*placed{p}); err != nil {
		return "", err
	}
	if sp := c.speakerIn(p, 0); sp != nil {
		return sp.Key, nil
	}
	return "", nil
}
