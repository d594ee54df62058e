package workbench

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"recount"
	"recount/internal/casebook"
)

// An asker turns the drafts of one request into answers.
type asker struct {
	s        *Server
	ctx      context.Context
	book     *casebook.Casebook
	actor    string
	accepted map[recount.Key]bool // statements that the request accepts itself
	entered  map[string]bool      // places of speakers that it enters
	out      []casebook.Draft
	articles []recount.Key    // that the answers are about
	pairs    [][2]recount.Key // of read speakers, and of members
	sheets   map[recount.Key]*located
}

// A located article is one with its text, to find places in.
type located struct {
	page    casebook.Page
	article *recount.Article
	points  *recount.CodePoints
}

func bad(field, hint, format string, args ...any) error {
	return &fieldError{field, recount.WithHint(fmt.Errorf("%w: "+format, append([]any{recount.ErrInvalid}, args...)...), hint)}
}

// ask makes answers of drafts. Nothing is saved.
func (s *Server) ask(ctx context.Context, book *casebook.Casebook, actor string, drafts []draft) (*asker, error) {
	const most = 2000
	if len(drafts) == 0 {
		return nil, bad("drafts", "send at least one answer", "there is no answer in the request")
	}
	if len(drafts) > most {
		return nil, bad("drafts", fmt.Sprintf("send at most %d at a time", most), "there are %d answers in the request", len(drafts))
	}
	a := &asker{s: s, ctx: ctx, book: book, actor: actor, accepted: map[recount.Key]bool{}, entered: map[string]bool{}, sheets: map[recount.Key]*located{}}
	for i := range drafts {
		if d := &drafts[i]; d.Statement != "" && slices.Contains([]string{"accept", "reject", "bounds", "type", "speaker_of"}, d.Do) {
			a.accepted[recount.Key(d.Statement)] = true
		}
	}
	for i := range drafts {
		if err := a.draft(&drafts[i]); err != nil {
			return nil, err
		}
	}
	return a, nil
}

func (a *asker) add(d *draft, answer recount.Answer) {
	a.out = append(a.out, casebook.Draft{Answer: answer, Reason: d.Reason})
}

func (a *asker) about(k recount.Key) {
	if k != "" && !slices.Contains(a.articles, k) {
		a.articles = append(a.articles, k)
	}
}

func (a *asker) speaker(field, key string) (*casebook.Voice, recount.SpeakerRef, error) {
	if key == "" {
		return nil, recount.SpeakerRef{}, bad(field, "name a speaker by the key that the article gives", "%s is missing", field)
	}
	v, err := a.book.FindSpeaker(a.ctx, key)
	if err != nil {
		return nil, recount.SpeakerRef{}, &fieldError{field, recount.WithHint(err, "load the article again; it may have been read anew")}
	}
	a.about(v.Page.Key)
	ref, err := a.book.Ref(a.ctx, v)
	return v, ref, err
}

func (a *asker) statement(key string) (*casebook.Voice, *casebook.Utterance, recount.Anchor, error) {
	if key == "" {
		return nil, nil, recount.Anchor{}, bad("statement", "name a statement by the key that the article gives", "statement is missing")
	}
	v, u, err := a.book.FindStatement(a.ctx, key)
	if err != nil {
		return nil, nil, recount.Anchor{}, &fieldError{"statement", recount.WithHint(err, "load the article again; it may have been read anew")}
	}
	a.about(v.Page.Key)
	at, err := a.book.StatementAt(a.ctx, v.Page.Key, u)
	return v, u, at, err
}

func (a *asker) located(field, key string) (*located, error) {
	if x := a.sheets[recount.Key(key)]; x != nil {
		return x, nil
	}
	p, ok := a.book.Page(recount.Key(key))
	if !ok {
		return nil, &fieldError{field, a.gone(key)}
	}
	art, err := a.book.Article(a.ctx, p.Key)
	if err != nil {
		return nil, err
	}
	x := &located{p, art, recount.NewCodePoints(art.Text)}
	a.sheets[p.Key] = x
	a.about(p.Key)
	return x, nil
}

// gone says what became of an article that does not count: another version of
// its page may count now.
func (a *asker) gone(key string) error {
	if _, ok := countsNow(a.book, recount.Key(key)); ok {
		return recount.WithHint(fmt.Errorf("%w: the text of this page is another now", recount.ErrConflict), "load the article again and answer for its newest text")
	}
	return recount.WithHint(fmt.Errorf("article %.12s: %w", key, recount.ErrNotFound), "the list of articles shows those of the study")
}

// places converts spans of an article, or finds words in it, and names the
// place as decisions do.
func (a *asker) places(d *draft, field string, spans []span) (*located, recount.Anchor, []recount.Span, error) {
	x, err := a.located("article", d.Article)
	if err != nil {
		return nil, recount.Anchor{}, nil, err
	}
	at, err := x.places(field, spans, d.Words)
	if err != nil {
		return nil, recount.Anchor{}, nil, err
	}
	if d.Figure == "" && d.Block == nil { // those are places that the program read
		if err := a.whole(x, field, at); err != nil {
			return nil, recount.Anchor{}, nil, err
		}
	}
	an, err := a.book.Anchor(a.ctx, x.page.Key, at...)
	return x, an, at, err
}

// whole refuses places that cut words, but for those that the program read: a
// name may be written together with the word before it.
func (a *asker) whole(x *located, field string, spans []recount.Span) error {
	for _, sp := range spans {
		if sp.Whole(x.article.Text) {
			continue
		}
		r, err := a.book.Reading(a.ctx, x.page.Key)
		if err != nil {
			return err
		}
		read := slices.ContainsFunc(r.Speakers, func(y recount.Speaker) bool { return slices.Contains(y.Mentions, sp) }) ||
			slices.ContainsFunc(r.Statements, func(y recount.Statement) bool { return slices.Contains(y.Quotation.Content, sp) })
		if !read {
			return bad(field, "mark whole words", "%.80q is cut out of longer words", sp.In(x.article.Text))
		}
	}
	return nil
}

// The longest name or title, and the longest text that somebody writes, in
// characters.
const (
	longestName = 1000
	longestText = 100_000
)

// unseen reports characters that no name has: control characters, and those
// that turn the direction of what follows.
func unseen(r rune) bool {
	return unicode.IsControl(r) || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// checkName refuses what is no name or title; "" is none.
func checkName(field, name string) error {
	switch {
	case name == "":
	case strings.TrimSpace(name) == "":
		return bad(field, "write at least one letter", "%s is empty", field)
	case strings.ContainsFunc(name, unseen):
		return bad(field, "write it on one line, in letters that everybody sees", "%s holds characters that nobody sees", field)
	case utf8.RuneCountInString(name) > longestName:
		return bad(field, fmt.Sprintf("write at most %d characters", longestName), "%s is too long", field)
	}
	return nil
}

// checkText refuses a text of several lines that is none; "" is none.
func checkText(field, text string) error {
	switch {
	case strings.ContainsFunc(text, func(r rune) bool { return unseen(r) && !strings.ContainsRune("\n\r\t", r) }):
		return bad(field, "write it in letters that everybody sees", "%s holds characters that nobody sees", field)
	case utf8.RuneCountInString(text) > longestText:
		return bad(field, fmt.Sprintf("write at most %d characters", longestText), "%s is too long", field)
	}
	return nil
}

// check refuses what nobody means to write, before a draft becomes an answer.
func (d *draft) check() error {
	names := [][2]string{{"name", d.Name}, {"value", d.Value}, {"owner", d.Owner}, {"outlet", d.Outlet}, {"to", d.To}, {"code", d.Code}}
	for _, x := range d.Into {
		names = append(names, [2]string{"into", x})
	}
	if d.New != nil {
		names = append(names, [2]string{"new", d.New.Name})
	}
	for _, x := range names {
		if err := checkName(x[0], x[1]); err != nil {
			return err
		}
	}
	for _, x := range [][2]string{{"text", d.Text}, {"reason", d.Reason}} {
		if err := checkText(x[0], x[1]); err != nil {
			return err
		}
	}
	switch page := recount.PageField(d.Field); {
	case d.Do == "rename" && d.Name == "" && d.Kind == "" && d.Gender == "":
		return bad("name", "give a name, a kind or a gender", "nothing about the speaker is given")
	case (d.Do == "memo" || d.Do == "note" && (d.On == nil || d.On.Note == "")) && strings.TrimSpace(d.Text) == "":
		return bad("text", "write down what you think", "the text is empty")
	case d.Do == "page" && d.Value == "" && (page == recount.TitleField || page == recount.OutletField):
		return bad("value", "write what holds instead", "the %s is empty", page)
	case d.Do == "page" && d.Value != "" && page == recount.LanguageField:
		if b, err := language.ParseBase(d.Value); err != nil || b.String() != d.Value {
			return bad("value", "write two letters as en, ar or es (ISO 639-1)", "%.40q is no code of a language", d.Value)
		}
	}
	return nil
}

func (x *located) places(field string, spans []span, words string) ([]recount.Span, error) {
	var out []recount.Span
	for _, p := range spans {
		sp, ok := x.points.Span(p)
		if !ok || !sp.Within(x.article.Text) {
			return nil, bad(field, "give spans in code points of the article's text", "the span %d to %d lies outside the text", p[0], p[1])
		}
		if n := len(out); n > 0 && sp.Start < out[n-1].End {
			return nil, bad(field, "give the pieces in the order of the text", "the spans overlap or are out of order")
		}
		out = append(out, sp)
	}
	if len(out) > 0 {
		return out, nil
	}
	if words == "" {
		return nil, bad(field, "give spans, or the exact words", "no place is given")
	}
	half := false
	for i := 0; ; {
		j := strings.Index(x.article.Text[i:], words)
		if j < 0 {
			break
		}
		sp := recount.Span{Start: i + j, End: i + j + len(words)}
		if sp.Whole(x.article.Text) {
			return []recount.Span{sp}, nil
		}
		half = true
		_, n := utf8.DecodeRuneInString(words)
		i = sp.Start + n
	}
	if half {
		return nil, bad("words", "copy whole words from the article", "%.80q is cut out of longer words", words)
	}
	return nil, bad("words", "copy the words from the article exactly", "the article does not say %.80q", words)
}

func (d *draft) yesNo() recount.YesNo { return recount.YesNo(d.Answer) }

// one returns the single span of a draft as a list.
func (d *draft) one() []span {
	if d.Span != nil {
		return []span{*d.Span}
	}
	return d.Spans
}

// draft makes the answers of one draft.
func (a *asker) draft(d *draft) error {
	if f := asks[d.Do]; f != nil {
		if err := d.check(); err != nil {
			return err
		}
		return f(a, d)
	}
	return bad("do", "it is one of "+strings.Join(slices.Sorted(maps.Keys(asks)), ", "), "%.40q is nothing that can be decided", d.Do)
}

var asks = map[string]func(a *asker, d *draft) error{
	"scope":      (*asker).scope,
	"accept":     (*asker).accept,
	"reject":     (*asker).accept,
	"bounds":     (*asker).accept,
	"type":       (*asker).accept,
	"speaker_of": (*asker).accept,
	"say":        (*asker).say,
	"person":     (*asker).person,
	"rename":     (*asker).rename,
	"nobody":     (*asker).rename,
	"join":       (*asker).join,
	"split":      (*asker).split,
	"code":       (*asker).code,
	"value":      (*asker).value,
	"link":       (*asker).link,
	"aside":      (*asker).aside,
	"read":       (*asker).ofPage,
	"screen":     (*asker).ofPage,
	"page":       (*asker).ofPage,
	"assign":     (*asker).ofPage,
	"reprint":    (*asker).reprint,
	"figure":     (*asker).figure,
	"memo":       (*asker).memo,
	"note":       (*asker).memo,
	"tier":       (*asker).tier,
	"owner":      (*asker).general,
	"outlet":     (*asker).outlet,
	"codes":      (*asker).general,
	"rule":       (*asker).general,
	"draw":       (*asker).draw,
	"weights":    (*asker).weigh,
	"keep":       (*asker).keep,
	"move":       (*asker).move,
}

// scope says whether a speaker counts, and which criteria he or she meets.
func (a *asker) scope(d *draft) error {
	_, ref, err := a.speaker("speaker", d.Speaker)
	if err != nil {
		return err
	}
	if d.Answer == "" && len(d.Criteria) == 0 {
		return bad("answer", "answer yes, no or unclear", "an answer is missing")
	}
	if d.Answer != "" {
		a.add(d, recount.ScopeBody{Speaker: ref, Answer: d.yesNo(), Criteria: map[string]string{}})
	}
	for _, name := range slices.Sorted(maps.Keys(d.Criteria)) {
		a.add(d, recount.CriterionBody{Speaker: ref, Criterion: name, Answer: recount.YesNo(d.Criteria[name])})
	}
	return nil
}

// accept says whether a statement is right, or what is right about it.
func (a *asker) accept(d *draft) error {
	v, u, at, err := a.statement(d.Statement)
	if err != nil {
		return err
	}
	body := recount.StatementBody{Answer: recount.Accepted, At: at, Type: u.Type, Mode: u.Mode, Typed: u.Typed}
	if v.Speaker != nil {
		ref, err := a.book.Ref(a.ctx, v)
		if err != nil {
			return err
		}
		body.Speaker = &ref
	}
	switch d.Do {
	case "reject":
		body.Answer = recount.Rejected
	case "type":
		if d.Type == "" && d.Mode == "" {
			return bad("type", "types are direct, indirect and mixed; modes are speech and thought", "a type or a mode is missing")
		}
		body.Type, body.Mode = recount.QuotationType(cmp.Or(d.Type, string(body.Type))), recount.Mode(cmp.Or(d.Mode, string(body.Mode)))
	case "bounds":
		x, err := a.located("statement", string(v.Page.Key))
		if err != nil {
			return err
		}
		spans, err := x.places("spans", d.Spans, d.Words)
		if err != nil {
			return err
		}
		if u.Old != nil || !slices.Equal(spans, u.At) {
			if err := a.whole(x, "spans", spans); err != nil {
				return err
			}
			if body.At, err = a.book.Anchor(a.ctx, v.Page.Key, spans...); err != nil {
				return err
			}
			body.Instead = []recount.Anchor{at}
		}
	case "speaker_of":
		d.Article = string(v.Page.Key)
		if body.Speaker, err = a.whose(d); err != nil {
			return err
		}
	}
	a.add(d, body)
	return nil
}

// say types in a statement that was missed.
func (a *asker) say(d *draft) error {
	_, at, spans, err := a.places(d, "spans", d.Spans)
	if err != nil {
		return err
	}
	body := recount.StatementBody{Answer: recount.Accepted, At: at, Type: recount.QuotationType(cmp.Or(d.Type, string(recount.Direct))), Typed: true}
	if d.Mode != "" && d.Mode != string(recount.Speech) {
		body.Mode = recount.Mode(d.Mode)
	}
	if d.Speaker != "" || d.New != nil {
		if body.Speaker, err = a.whose(d); err != nil {
			return err
		}
	}
	if len(spans) == 0 {
		return bad("spans", "give spans, or the exact words", "no place is given")
	}
	a.add(d, body)
	return nil
}

// whose names the speaker of a statement: one of the article, or somebody who
// is entered with it.
func (a *asker) whose(d *draft) (*recount.SpeakerRef, error) {
	if d.New == nil {
		v, ref, err := a.speaker("speaker", d.Speaker)
		if err != nil {
			return nil, err
		}
		if string(v.Page.Key) != d.Article {
			return nil, bad("speaker", "name a speaker of the same article, or enter one: new", "that speaker stands in another article")
		}
		return &ref, nil
	}
	x, err := a.located("article", d.Article)
	if err != nil {
		return nil, err
	}
	var at []span
	if d.New.Span != nil {
		at = append(at, *d.New.Span)
	}
	spans, err := x.places("new", at, d.New.Name)
	if err != nil {
		return nil, recount.WithHint(err, "mark the words of the article that name or describe this person")
	}
	if err := a.whole(x, "new", spans); err != nil {
		return nil, err
	}
	an, err := a.book.Anchor(a.ctx, x.page.Key, spans...)
	if err != nil {
		return nil, err
	}
	ref := recount.SpeakerRef{At: an, Name: cmp.Or(d.New.Name, spans[0].In(x.article.Text)), Kind: recount.SpeakerKind(cmp.Or(d.New.Kind, string(recount.Named))),
		Gender: recount.Gender(cmp.Or(d.New.Gender, string(recount.UnknownGender)))}
	known, err := a.book.SpeakerAt(a.ctx, an)
	if err != nil {
		return nil, err
	}
	if known != nil {
		ref, err = a.book.Ref(a.ctx, known)
		return &ref, err
	}
	key := d.Article + placeOf(spans)
	if !a.entered[key] {
		a.entered[key] = true
		a.add(d, recount.SpeakerBody{Answer: recount.Accepted, Speaker: ref, Typed: true})
	}
	return &ref, nil
}

// person enters somebody who was missed.
func (a *asker) person(d *draft) error {
	x, at, spans, err := a.places(d, "span", d.one())
	if err != nil {
		return err
	}
	ref := recount.SpeakerRef{At: at, Name: cmp.Or(d.Name, spans[0].In(x.article.Text)), Kind: recount.SpeakerKind(cmp.Or(d.Kind, string(recount.Named))),
		Gender: recount.Gender(cmp.Or(d.Gender, string(recount.UnknownGender)))}
	known, err := a.book.SpeakerAt(a.ctx, at)
	if err != nil {
		return err
	}
	// Words by which the program read somebody else are set apart from them; the
	// name itself corrects who was read there.
	apart := known != nil && (known.Apart() || !known.At.Overlaps(spans[0]))
	a.add(d, recount.SpeakerBody{Answer: recount.Accepted, Speaker: ref, Typed: known == nil || apart || known.Typed, Silent: d.Silent, Apart: apart})
	return nil
}

// rename corrects who a speaker is, or says that nobody speaks there.
func (a *asker) rename(d *draft) error {
	v, ref, err := a.speaker("speaker", d.Speaker)
	if err != nil {
		return err
	}
	body := recount.SpeakerBody{Answer: recount.Accepted, Speaker: ref, Typed: v.Typed, Apart: v.Apart(), Silent: d.Silent}
	if d.Do == "nobody" {
		body.Answer = recount.Rejected
		a.add(d, body)
		return nil
	}
	body.Speaker.Name = cmp.Or(d.Name, ref.Name)
	body.Speaker.Kind = recount.SpeakerKind(cmp.Or(d.Kind, string(ref.Kind)))
	body.Speaker.Gender = recount.Gender(cmp.Or(d.Gender, string(ref.Gender)))
	a.add(d, body)
	return nil
}

// join says that two speakers of one article, whom the program read apart,
// are one.
func (a *asker) join(d *draft) error {
	v, ref, err := a.speaker("a", d.A)
	if err != nil {
		return err
	}
	w, other, err := a.speaker("b", d.B)
	if err != nil {
		return err
	}
	if v.Page.Key != w.Page.Key {
		return bad("b", "speakers of two articles are joined by do: link", "the two stand in two articles")
	}
	if v.ID == w.ID {
		return bad("b", "name two speakers", "both keys name one speaker")
	}
	a.add(d, recount.SpeakerBody{Answer: recount.Accepted, Speaker: ref, Mentions: []recount.Anchor{other.At}, Typed: v.Typed, Silent: v.Silent})
	return nil
}

// split sets places apart from the speaker who was read there.
func (a *asker) split(d *draft) error {
	v, ref, err := a.speaker("speaker", d.Speaker)
	if err != nil {
		return err
	}
	d.Article = string(v.Page.Key)
	x, _, spans, err := a.places(d, "spans", d.one())
	if err != nil {
		return err
	}
	body := recount.SpeakerBody{Answer: recount.Accepted, Apart: true, Typed: true, Silent: d.Silent,
		Speaker: recount.SpeakerRef{Name: cmp.Or(d.Name, spans[0].In(x.article.Text)), Kind: recount.SpeakerKind(cmp.Or(d.Kind, string(ref.Kind))),
			Gender: recount.Gender(cmp.Or(d.Gender, string(recount.UnknownGender)))}}
	for i, sp := range spans {
		an, err := a.book.Anchor(a.ctx, v.Page.Key, sp)
		if err != nil {
			return err
		}
		if i == 0 {
			body.Speaker.At = an
		} else {
			body.Mentions = append(body.Mentions, an)
		}
	}
	a.add(d, body)
	return nil
}

// code gives a code to a statement, which is accepted by that, or to a
// passage.
func (a *asker) code(d *draft) error {
	answer := recount.YesNo(cmp.Or(d.Answer, recount.Yes))
	if d.Code == "" {
		return bad("code", "name a code of the codebook", "code is missing")
	}
	if d.Passage != nil {
		d.Article, d.Spans = d.Passage.Article, d.Passage.Spans
		_, at, _, err := a.places(d, "passage", d.Spans)
		if err != nil {
			return err
		}
		body := recount.PassageBody{Code: d.Code, At: at, Answer: answer}
		if d.Speaker != "" {
			_, ref, err := a.speaker("speaker", d.Speaker)
			if err != nil {
				return err
			}
			body.Speaker = &ref
		}
		a.add(d, body)
		return nil
	}
	v, u, at, err := a.statement(d.Statement)
	if err != nil {
		return err
	}
	// A code on words that were corrected is about those that hold.
	if _, form, err := a.book.InForce(a.ctx, v, u); err != nil {
		return err
	} else if form != nil {
		if v, u, at, err = a.statement(string(form.Key)); err != nil {
			return err
		}
	}
	v, err = a.book.SpeakerTo(a.ctx, a.actor, v, u)
	if err != nil {
		return err
	}
	if v.Speaker == nil {
		return bad("statement", "say whose it is first", "nobody is named as the speaker of this statement")
	}
	ref, err := a.book.Ref(a.ctx, v)
	if err != nil {
		return err
	}
	if u.State != recount.Accepted && answer == recount.Yes && !a.accepted[u.Key] {
		a.accepted[u.Key] = true
		a.add(d, recount.StatementBody{Answer: recount.Accepted, At: at, Type: u.Type, Mode: u.Mode, Typed: u.Typed, Speaker: &ref})
	}
	a.add(d, recount.CodeBody{Code: d.Code, At: at, Speaker: ref, Answer: answer})
	return nil
}

// value records a value of a variable with its words.
func (a *asker) value(d *draft) error {
	v, ref, err := a.speaker("speaker", d.Speaker)
	if err != nil {
		return err
	}
	if d.Value == "" {
		return bad("value", "give a value; unknown, not applicable and not stated are values too", "value is missing")
	}
	body := recount.ValueBody{Speaker: ref, Variable: d.Variable, Value: d.Value}
	if d.Span != nil || d.Words != "" {
		d.Article = cmp.Or(d.Article, string(v.Page.Key))
		_, at, _, err := a.places(d, "span", d.one())
		if err != nil {
			return err
		}
		body.Evidence = &at
	}
	a.add(d, body)
	return nil
}

// link says whether two speakers are one person. An answer that would join
// people whom somebody called different is refused with both chains.
func (a *asker) link(d *draft) error {
	v, first, err := a.speaker("a", d.A)
	if err != nil {
		return err
	}
	w, second, err := a.speaker("b", d.B)
	if err != nil {
		return err
	}
	if v.ID == w.ID || v.Key == w.Key {
		return bad("b", "name two speakers; to split one in two use do: split", "both keys name one speaker")
	}
	if d.Answer == string(recount.Same) {
		if l := a.book.Between(v.Key, w.Key); l != nil && !(l.A == min(v.Key, w.Key) && l.B == max(v.Key, w.Key)) {
			words, err := a.s.chains(a.ctx, a.book, v, w, *l)
			if err != nil {
				return err
			}
			return &conflictError{err: recount.WithHint(fmt.Errorf("%w: they would join two people whom somebody called different: %s", recount.ErrConflict, words),
				"look at both chains, and take one of their links back first")}
		}
	}
	g, _ := a.s.suggestion(v.ID, w.ID)
	a.pairs = append(a.pairs, [2]recount.Key{v.Key, w.Key})
	a.add(d, recount.LinkBody{A: first, B: second, Answer: recount.Sameness(d.Answer), Bars: g.Bars})
	return nil
}

// aside sets a passage aside as another story, or brings it back.
func (a *asker) aside(d *draft) error {
	spans := d.one()
	if d.Block != nil {
		x, err := a.located("article", d.Article)
		if err != nil {
			return err
		}
		blocks := shown(x.article)
		if *d.Block < 0 || *d.Block >= len(blocks) {
			return bad("block", "count the article's blocks from 0", "there is no block %d", *d.Block)
		}
		spans = []span{x.points.Points(blocks[*d.Block].Span)}
	}
	_, at, _, err := a.places(d, "span", spans)
	if err != nil {
		return err
	}
	role := map[string]recount.Role{"": recount.OffTopic, recount.Yes: recount.OffTopic, recount.No: recount.Body}[d.Answer]
	if role == "" {
		return bad("answer", "answer yes to set it aside, no to bring it back", "%.40q is no answer", d.Answer)
	}
	a.add(d, recount.RoleBody{At: at, Role: role})
	return nil
}

// draw draws pairs of people at random, to be compared.
func (a *asker) draw(d *draft) error {
	if d.Pairs < 1 || d.Pairs > mostDrawn {
		return bad("pairs", fmt.Sprintf("draw 1 to %d", mostDrawn), "%d pairs cannot be drawn", d.Pairs)
	}
	drawn, err := a.book.Draw(a.ctx, d.Pairs)
	if err == nil && len(drawn) == 0 {
		err = recount.WithHint(fmt.Errorf("%w: no two people are left to be drawn", recount.ErrConflict), "compare those that were drawn, or say of more people that they count")
	}
	a.out = append(a.out, drawn...)
	return err
}

// mostDrawn is how many pairs can be drawn at once.
const mostDrawn = 1000

// ofPage decides about a page as a whole.
func (a *asker) ofPage(d *draft) error {
	x, err := a.located("article", d.Article)
	if err != nil {
		return err
	}
	name, part := x.page.Article.Page(), x.page.Part
	switch {
	case d.Do == "read":
		a.add(d, recount.ReadBody{Page: name})
	case d.Do == "screen":
		a.add(d, recount.ScreenBody{Page: name, Part: part, Answer: d.yesNo()})
	case d.Do == "assign":
		a.add(d, recount.AssignBody{Page: name, Part: part, Coder: d.To, Answer: recount.YesNo(cmp.Or(d.Answer, recount.Yes))})
	case d.Field == "date":
		a.add(d, recount.DateBody{Page: name, Published: d.Value})
	default:
		a.add(d, recount.PageBody{Page: name, Part: part, Field: recount.PageField(d.Field), Value: d.Value})
	}
	return nil
}

func (a *asker) reprint(d *draft) error {
	x, err := a.located("a", d.A)
	if err != nil {
		return err
	}
	y, err := a.located("b", d.B)
	if err != nil {
		return err
	}
	a.add(d, recount.RelationBody{Page: x.page.Article.Page(), Of: y.page.Article.Page(), Answer: recount.YesNo(cmp.Or(d.Answer, recount.Yes))})
	return nil
}

// figure says which of several reported figures holds.
func (a *asker) figure(d *draft) error {
	if d.Figure != "" {
		at, article, err := a.figureAt(d)
		if err != nil {
			return err
		}
		d.Article, d.Span = article, &at
	}
	if d.Answer == recount.Yes {
		d.Answer = recount.Accepted
	}
	_, at, _, err := a.places(d, "span", d.one())
	if err != nil {
		return err
	}
	a.add(d, recount.FigureBody{At: at, Answer: recount.Acceptance(cmp.Or(d.Answer, recount.Accepted))})
	return nil
}

// figureAt finds a reported figure by its key: on the article that is named, or
// on any.
func (a *asker) figureAt(d *draft) (span, string, error) {
	for _, k := range a.book.Dated() {
		if d.Article != "" && d.Article != string(k) {
			continue
		}
		found, err := a.book.Figures(a.ctx, k)
		if err != nil {
			return span{}, "", err
		}
		for _, f := range found {
			if string(f.Key) == d.Figure {
				x, err := a.located("figure", string(k))
				if err != nil {
					return span{}, "", err
				}
				return x.points.Points(f.Span), string(k), nil
			}
		}
	}
	return span{}, "", &fieldError{"figure", recount.WithHint(fmt.Errorf("figure %.12s: %w", d.Figure, recount.ErrNotFound), "load the page again; the article may have been read anew")}
}

// memo writes down what somebody thinks, or asks.
func (a *asker) memo(d *draft) error {
	t := recount.Topic{}
	if d.On != nil {
		t.Code, t.Name = d.On.Code, d.On.Result
		at := ""
		var spans []recount.Span
		switch {
		case d.On.Statement != "":
			v, u, _, err := a.statement(d.On.Statement)
			if err != nil {
				return err
			}
			at, spans = string(v.Page.Key), u.At
		case d.On.Speaker != "":
			v, _, err := a.speaker("on", d.On.Speaker)
			if err != nil {
				return err
			}
			at, spans = string(v.Page.Key), []recount.Span{v.At}
		case d.On.Article != "":
			at = d.On.Article
		case d.On.Person != "":
			m, err := a.s.headOf(a.book, d.On.Person)
			if err != nil {
				return err
			}
			at, spans = string(m.Article), []recount.Span{m.At}
		case d.On.Note != "":
			n := a.book.Log().Find(d.On.Note)
			if n == nil || n.Kind != recount.KindNote {
				return bad("on", "name a note by its id", "there is no such note")
			}
			answer, err := a.book.Answer(n)
			if err != nil {
				return err
			}
			b := answer.(recount.NoteBody)
			b.State = recount.NoteState(cmp.Or(d.State, string(recount.DoneNote)))
			a.add(d, b)
			return nil
		}
		if at != "" {
			x, err := a.located("on", at)
			if err != nil {
				return err
			}
			t.Page, t.Part = x.page.Article.Page(), x.page.Part
			if d.On.Span != nil {
				if spans, err = x.places("on", []span{*d.On.Span}, ""); err != nil {
					return err
				}
			}
			if len(spans) > 0 && spans[0].Len() > 0 {
				an, err := a.book.Anchor(a.ctx, x.page.Key, spans...)
				if err != nil {
					return err
				}
				t.At = &an
			}
		}
	}
	if d.Do == "memo" {
		a.add(d, recount.MemoBody{On: t, Text: d.Text})
		return nil
	}
	a.add(d, recount.NoteBody{On: t, Text: d.Text, State: recount.NoteState(cmp.Or(d.State, string(recount.OpenNote)))})
	return nil
}

// tier says how far a person may be shown: one answer for each source, so that a
// source that is linked later brings its own, and the strictest of them holds.
func (a *asker) tier(d *draft) error {
	if d.On == nil || d.On.Person == "" {
		return bad("on", "name a person by the id", "the person is missing")
	}
	if !slices.Contains(recount.Tiers[:], recount.Tier(d.Value)) {
		return bad("value", "it is one of open, press, protected and withdrawn", "%.40q does not say how far somebody may be shown", d.Value)
	}
	people, err := a.s.study.Shown(a.ctx, d.On.Person)
	if err != nil {
		return err
	}
	if len(people) != 1 {
		return bad("on", "the page People lists those who count", "nobody who counts has this id")
	}
	for _, x := range people[0].Sources {
		body := recount.TierBody{Speaker: x.Speaker, Tier: recount.Tier(d.Value)}
		for _, y := range x.Spoken {
			body.Knowing = append(body.Knowing, y.Circumstance)
		}
		a.add(d, body)
	}
	return nil
}

// general decides about the study as a whole.
func (a *asker) general(d *draft) error {
	switch d.Do {
	case "owner":
		a.add(d, recount.OwnerBody{Outlet: d.Outlet, Owner: d.Owner})
	case "codes":
		to := append([]string{}, d.Into...)
		if d.To != "" {
			to = append(to, d.To)
		}
		a.add(d, recount.CodebookBody{Op: recount.CodebookOp(d.Op), Code: d.Code, To: to})
	default:
		if d.Answer != recount.Yes && d.Answer != recount.No {
			return bad("answer", "answer yes to switch it on, no to switch it off", "%.40q is no answer", d.Answer)
		}
		a.add(d, recount.RuleBody{Rule: recount.RuleName(d.Rule), On: d.Answer == recount.Yes, Standing: true, Params: map[string]string{}, Covered: []string{}})
	}
	return nil
}
