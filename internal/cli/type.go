package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

type typeCmd struct {
	Page    string   `arg:"" help:"Address or file name of the page, or the end of it."`
	Words   []string `help:"What is said, in the exact words of the page; once for each piece." placeholder:"WORDS" required:"" sep:"none"`
	Speaker string   `help:"Key of the speaker, or its first digits." placeholder:"KEY" xor:"who"`
	Name    string   `help:"The words of the page that name a speaker whom the program did not find." placeholder:"WORDS" xor:"who"`
	Kind    string   `help:"What the named speaker is: named, pseudonym, anonymous, collective, document, organisation or unspecified." default:"named" enum:"named,pseudonym,anonymous,collective,document,organisation,unspecified"`
	Gender  string   `help:"Of the named speaker, as the page shows it: woman, man, unknown or none." default:"unknown" enum:"woman,man,unknown,none"`
	Type    string   `help:"direct, indirect or mixed." default:"direct" enum:"direct,indirect,mixed"`
	Mode    string   `help:"speech or thought." default:"speech" enum:"speech,thought"`
	Instead []string `help:"Statements that it takes the place of: keys, or their first digits." placeholder:"KEY"`
	Nth     int      `help:"Which of several places where the words stand." placeholder:"N"`
	NameNth int      `help:"Which of several places where the name stands." name:"name-nth" placeholder:"N"`
	Reason  string   `help:"Why." placeholder:"WORDS"`
}

func (c *typeCmd) Run(r *runner) error {
	return decide(r, func(b *casebook.Casebook) ([]casebook.Draft, error) {
		p, err := open(r, b, c.Page)
		if err != nil {
			return nil, err
		}
		spans, err := p.pieces(said, c.Words, c.Nth)
		if err != nil {
			return nil, err
		}
		at, err := b.Anchor(r.Ctx, p.page.Key, spans...)
		if err != nil {
			return nil, err
		}
		body := recount.StatementBody{Answer: recount.Accepted, At: at, Type: recount.QuotationType(c.Type), Typed: true}
		if c.Mode == string(recount.Thought) {
			body.Mode = recount.Thought
		}
		var drafts []casebook.Draft
		switch {
		case c.Speaker != "":
			x, err := refOf(r, b, c.Speaker)
			if err != nil {
				return nil, err
			}
			body.Speaker = &x
		case c.Name != "":
			x, err := nameOf(r, b, p, c.Name, c.NameNth)
			if err != nil {
				return nil, err
			}
			x.Kind, x.Gender = recount.SpeakerKind(c.Kind), recount.Gender(c.Gender)
			body.Speaker = &x
			if known, err := b.SpeakerAt(r.Ctx, x.At); err != nil {
				return nil, err
			} else if known == nil {
				drafts = one(recount.SpeakerBody{Answer: recount.Accepted, Speaker: x, Typed: true}, c.Reason)
			}
		}
		for _, key := range c.Instead {
			v, u, err := b.FindStatement(r.Ctx, key)
			if err != nil {
				return nil, err
			}
			if v.Page.Key != p.page.Key {
				return nil, recount.WithHint(fmt.Errorf("%w: statement %s stands on another page", recount.ErrInvalid, key), "name statements of the same page")
			}
			was, err := b.StatementAt(r.Ctx, v.Page.Key, u)
			if err != nil {
				return nil, err
			}
			body.Instead = append(body.Instead, was)
		}
		if key, err := within(r, b, p, body.Speaker, spans, c.Instead); err != nil {
			return nil, err
		} else if key != "" {
			r.Printf("note: these words stand in the accepted statement %.12s of the same speaker, and count as a second one; if they are one statement, take this back and say --instead %.12s\n", key, key)
		}
		p.echo(r, spans[0])
		return append(drafts, casebook.Draft{Answer: body, Reason: c.Reason}), nil
	})
}

// within returns the accepted statement of the same speaker that holds all of
// the words, "" if none does: it would be counted twice.
func within(r *runner, b *casebook.Casebook, p *part, who *recount.SpeakerRef, spans []recount.Span, instead []string) (recount.Key, error) {
	if who == nil || len(instead) > 0 {
		return "", nil
	}
	v, err := b.SpeakerAt(r.Ctx, who.At)
	if err != nil || v == nil {
		return "", err
	}
	return holding(v, spans, ""), nil
}

// holding returns the accepted statement of a speaker that holds all of the words,
// but for one; "" if none does.
func holding(v *casebook.Voice, spans []recount.Span, but recount.Key) recount.Key {
	for _, u := range v.Utterances {
		inside := u.State == recount.Accepted && u.Key != but && !slices.Equal(u.At, spans)
		for _, sp := range spans {
			inside = inside && slices.ContainsFunc(u.At, func(x recount.Span) bool { return x.Contains(sp) })
		}
		if inside {
			return u.Key
		}
	}
	return ""
}

// nameOf names a speaker by words of the page. A name may stand there many
// times: the first place is taken unless another is asked for.
func nameOf(r *runner, b *casebook.Casebook, p *part, words string, nth int) (recount.SpeakerRef, error) {
	sp, err := named.locate(p.article, words, 0, max(nth, 1))
	if err != nil {
		return recount.SpeakerRef{}, err
	}
	p.echo(r, sp)
	at, err := b.Anchor(r.Ctx, p.page.Key, sp)
	return recount.SpeakerRef{At: at, Name: words}, err
}

type speakerCmd struct {
	Who     string   `arg:"" help:"Key of a speaker to correct, or its first digits; or a page, with the words that name a person there."`
	Words   string   `arg:"" optional:"" help:"The exact words of the page that name the person."`
	Nth     int      `help:"Which of several places where the words stand." placeholder:"N"`
	Name    string   `help:"What the person is called; the words of the page if not given." placeholder:"NAME"`
	Kind    string   `help:"named, pseudonym, anonymous, collective, document, organisation or unspecified." enum:"named,pseudonym,anonymous,collective,document,organisation,unspecified," default:"" placeholder:"KIND"`
	Gender  string   `help:"As the page shows it: woman, man, unknown or none." enum:"woman,man,unknown,none," default:"" placeholder:"GENDER"`
	Mention []string `help:"Other words of the page that speak of the same person." placeholder:"WORDS" sep:"none"`
	Join    []string `help:"Other speakers of the page who are this one, whom the program read twice: keys, or their first digits." placeholder:"KEY"`
	Apart   bool     `help:"These places are not those of the speaker whom the program read there: split one in two."`
	Silent  bool     `help:"The person is spoken about and does not speak."`
	Reject  bool     `help:"Nobody speaks, or is spoken about, there."`
	Reason  string   `help:"Why." placeholder:"WORDS"`
}

// asks reports whether a speaker is named and nothing is said of them.
func (c *speakerCmd) asks() bool {
	return c.Words == "" && c.Name == "" && c.Kind == "" && c.Gender == "" && len(c.Mention)+len(c.Join) == 0 && !c.Apart && !c.Silent && !c.Reject
}

// show prints what stands of a speaker.
func (c *speakerCmd) show(r *runner, b *casebook.Casebook) error {
	v, err := whom(r, b, c.Who)
	if err != nil {
		return err
	}
	scoped(r, v)
	r.Printf("    gender as the page shows it: %s\n", cmp.Or(string(v.Gender), string(recount.UnknownGender)))
	p, err := openPage(r, b, v.Page)
	if err != nil {
		return err
	}
	ref, err := b.Ref(r.Ctx, v)
	if err != nil {
		return err
	}
	r.Printf("    named on the page: %s\n", Cell(strings.Join(ref.At.Exact, " ... ")))
	for _, u := range v.Utterances {
		r.Printf("    %.12s  %s%s\n", u.Key, clip(strings.Join(u.Words(p.article.Text), " ... ")), marks(u))
	}
	r.Printf("nothing is saved; say what is to be corrected: `recount help speaker` lists the flags\n")
	return nil
}

func (c *speakerCmd) Run(r *runner) error {
	var s *study.Study
	var before []study.Headline
	err := decideIn(r, func(open *study.Study, b *casebook.Casebook) (_ bool, drafts []casebook.Draft, err error) {
		if len(c.Join) > 0 && r.Round == "" && r.Opts.Only == nil { // nobody codes towards a number
			if before, err = open.Headline(r.Ctx); err != nil {
				return false, nil, err
			}
			s = open
		}
		drafts, err = c.drafts(r, b)
		return false, drafts, err
	})
	if err != nil || s == nil {
		return err
	}
	after, err := s.Headline(r.Ctx)
	if err != nil {
		return err
	}
	compare(r, before, after)
	return nil
}

// compare prints the numbers of the headline as they are, with what they were.
func compare(r *runner, before, after []study.Headline) {
	for _, h := range after {
		label := cmp.Or(h.Query.Label, h.Number.Label)
		i := slices.IndexFunc(before, func(x study.Headline) bool { return x.Query.Name == h.Query.Name })
		switch now := figure(h); {
		case i < 0:
			r.Printf("%s: %s\n", Cell(label), now)
		case figure(before[i]) == now:
			r.Printf("%s: %s, as before\n", Cell(label), now)
		default:
			r.Printf("%s: %s before, %s now\n", Cell(label), figure(before[i]), now)
		}
	}
}

// figure is a number of the headline in one line.
func figure(h study.Headline) string {
	n := h.Number
	out := strconv.Itoa(n.N)
	if h.Query.Share || h.Query.Of != "" {
		out += fmt.Sprintf(" of %d", n.Of)
	}
	if n.Range.Low != n.Range.High {
		out += fmt.Sprintf(" (range %d to %d)", n.Range.Low, n.Range.High)
	}
	return out
}

// joined says whom an answer makes one person, and what becomes of what was
// answered of each: one answer holds for both from then on. Who is v is nobody
// yet if the same answer enters the person.
func joined(r *runner, v, other *casebook.Voice, name string) {
	one, a := Cell(name)+" (entered)", "-"
	if v != nil {
		one, a = calledOn(v), scopeOf(v)
	}
	two, b := calledOn(other), scopeOf(other)
	r.Printf("joins %s\n  and %s\n", one, two)
	if strings.HasPrefix(r.Round, "calibration") { // what others answered is not for who is being trained
		r.Printf("note: an answer of a round of calibration joins nobody in a count\n")
		return
	}
	if a == "-" {
		one, two, a, b = two, one, b, a
	}
	switch yes := "(" + recount.Yes + ")"; {
	case a == b && a == recount.Yes:
		r.Printf("note: both count; from now on they count as one person\n")
	case a == b:
	case a == yes || b == yes:
		if b == yes {
			one, two, a, b = two, one, b, a
		}
		r.Printf("note: %s counts as the same person as one who was answered yes; the answer for %s is %s\n", one, two, b)
	case b == "-":
		r.Printf("note: %s was answered %s, %s not yet; %s now holds for both\n", one, a, two, a)
	default:
		r.Printf("note: %s was answered %s, %s %s; both answers stay, and whether this person counts is open until `recount scope` is answered again\n", one, a, two, b)
	}
}

// calledOn is a speaker with the page on which he or she is read.
func calledOn(v *casebook.Voice) string {
	return Cell(fmt.Sprintf("%s (%.12s, %s: %s)", v.Name, v.ID, v.Page.Outlet, cmp.Or(v.Page.Title, v.Page.Name)))
}

// drafts are the answers that the flags give.
func (c *speakerCmd) drafts(r *runner, b *casebook.Casebook) ([]casebook.Draft, error) {
	if c.asks() {
		return nil, c.show(r, b)
	}
	if c.Reject && (c.Name != "" || c.Kind != "" || c.Gender != "" || len(c.Mention)+len(c.Join) > 0) {
		return nil, recount.WithHint(fmt.Errorf("%w: who is nobody is not corrected too", recount.ErrInvalid), "give --reject alone, or correct the speaker without it")
	}
	body := recount.SpeakerBody{Answer: recount.Accepted, Apart: c.Apart, Silent: c.Silent}
	var p *part
	var who *casebook.Voice // nil for a person who is entered by it
	var err error
	if c.Words == "" {
		v, err := whom(r, b, c.Who)
		if err != nil {
			return nil, err
		}
		who = v
		if p, err = openPage(r, b, v.Page); err != nil {
			return nil, err
		}
		if body.Speaker, err = b.Ref(r.Ctx, v); err != nil {
			return nil, err
		}
		body.Typed, body.Apart = v.Typed, c.Apart || v.Apart() && len(c.Join) == 0
	} else {
		if p, err = open(r, b, c.Who); err != nil {
			return nil, err
		}
		if body.Speaker, err = nameOf(r, b, p, c.Words, c.Nth); err != nil {
			return nil, err
		}
		body.Speaker.Kind, body.Speaker.Gender, body.Typed = recount.Named, recount.UnknownGender, true
		if known, err := b.SpeakerAt(r.Ctx, body.Speaker.At); err != nil {
			return nil, err
		} else if known != nil && !c.Apart {
			// The words name somebody who is known: what is not corrected stays.
			body.Speaker.Name, body.Speaker.Kind, body.Speaker.Gender, body.Typed = known.Name, known.Kind, known.Gender, known.Typed
			who = known
			if c.Name != "" && recount.BareName(c.Name) != recount.BareName(known.Name) {
				r.Printf("note: these words speak of %s; he or she is called %s from now on. If this is another person, take it back and say --apart\n", calledOn(known), Cell(c.Name))
			}
		}
	}
	if c.Name != "" {
		body.Speaker.Name = c.Name
	}
	if c.Kind != "" {
		body.Speaker.Kind = recount.SpeakerKind(c.Kind)
	}
	if c.Gender != "" {
		body.Speaker.Gender = recount.Gender(c.Gender)
	}
	if c.Reject {
		body.Answer = recount.Rejected
	}
	for _, w := range c.Mention {
		at, err := p.anchor(r, b, named, w, 0)
		if err != nil {
			return nil, err
		}
		body.Mentions = append(body.Mentions, at)
	}
	for _, key := range c.Join {
		other, err := whom(r, b, key)
		if err != nil {
			return nil, err
		}
		if other.Page.Key != p.page.Key {
			return nil, recount.WithHint(fmt.Errorf("%w: speaker %s stands on another page", recount.ErrInvalid, key), "speakers of two pages are joined by a link: recount link KEY KEY same")
		}
		if who != nil && other.ID == who.ID {
			return nil, recount.WithHint(fmt.Errorf("%w: speaker %s is %s already", recount.ErrInvalid, key, who.Name), "`recount scope --all` lists each person once, with the key")
		}
		if who != nil && b.PartsTwo(who, other) {
			r.Printf("note: somebody said that %s\n  and %s are different people: they stay two, each with the own name, and whether they are one is open; `recount decisions list` says who\n", calledOn(who), calledOn(other))
		} else {
			joined(r, who, other, body.Speaker.Name)
		}
		ref, err := b.Ref(r.Ctx, other)
		if err != nil {
			return nil, err
		}
		body.Mentions = append(body.Mentions, ref.At)
	}
	return one(body, c.Reason), nil
}
