package cli

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"recount"
	"recount/internal/casebook"
	"recount/internal/cli/console"
	"recount/internal/study"
)

// decide opens the study, asks f for answers and saves them together.
func decide(r *runner, f func(b *casebook.Casebook) ([]casebook.Draft, error)) error {
	s, err := r.Open()
	if err != nil {
		return err
	}
	defer s.Close()
	b, err := s.Casebook(r.Ctx)
	if err != nil {
		return err
	}
	drafts, err := f(b)
	if err != nil || len(drafts) == 0 {
		return err
	}
	saved, err := s.Decide(r.Ctx, study.By{}, drafts...)
	if err == nil {
		r.Printf("%s saved\n", console.Plural(len(saved), "decision", "decisions"))
	}
	return err
}

// one is a single draft.
func one(a recount.Answer, reason string) []casebook.Draft {
	return []casebook.Draft{{Answer: a, Reason: reason}}
}

type scopeCmd struct {
	Speaker string `arg:"" optional:"" help:"Key of a speaker, or its first digits."`
	Answer  string `arg:"" optional:"" help:"yes, no or unclear."`
	Reason  string `help:"Why." placeholder:"WORDS"`
}

func (c *scopeCmd) Run(r *runner) error {
	return decide(r, func(b *casebook.Casebook) ([]casebook.Draft, error) {
		if c.Speaker == "" {
			for v, err := range b.Voices(r.Ctx, casebook.Filter{}) {
				if err != nil {
					return nil, err
				}
				answer := string(v.Scope)
				if answer == "" {
					answer = "-"
				}
				r.Printf("%.12s  %-7s  %-10s  %s (%s, %s), %s\n", v.ID, answer, v.Page.When(), v.Name, v.Kind, v.Page.Outlet, console.Plural(spoken(v), "statement", "statements"))
			}
			return nil, nil
		}
		ref, err := refOf(r, b, c.Speaker)
		if err != nil {
			return nil, err
		}
		return one(recount.ScopeBody{Speaker: ref, Answer: recount.YesNo(c.Answer), Criteria: map[string]string{}}, c.Reason), nil
	})
}

// spoken counts the statements of a speaker that nobody rejected.
func spoken(v *casebook.Voice) (n int) {
	for _, u := range v.Utterances {
		if u.State != recount.Rejected {
			n++
		}
	}
	return n
}

// anchorOf names the first place of an article that holds words; missing says
// what is wrong if there is none.
func anchorOf(r *runner, b *casebook.Casebook, a *recount.Article, words, missing string) (recount.Anchor, error) {
	i := strings.Index(a.Text, words)
	if i < 0 || words == "" {
		return recount.Anchor{}, recount.WithHint(fmt.Errorf("%w: %s %q", recount.ErrNotFound, missing, words), "copy the words from the article exactly")
	}
	return b.Anchor(r.Ctx, a.Key, recount.Span{Start: i, End: i + len(words)})
}

func refOf(r *runner, b *casebook.Casebook, key string) (recount.SpeakerRef, error) {
	v, err := b.FindSpeaker(r.Ctx, key)
	if err != nil {
		return recount.SpeakerRef{}, err
	}
	return b.Ref(r.Ctx, v)
}

type linkCmd struct {
	A      string `arg:"" optional:"" help:"Key of a speaker, or its first digits."`
	B      string `arg:"" optional:"" help:"Key of another."`
	Answer string `arg:"" optional:"" help:"same, different or unsure."`
	Reason string `help:"Why." placeholder:"WORDS"`
}

func (c *linkCmd) Run(r *runner) error {
	return decide(r, func(b *casebook.Casebook) ([]casebook.Draft, error) {
		pairs, err := b.Pairs(r.Ctx)
		if err != nil {
			return nil, err
		}
		if c.A == "" {
			for _, p := range pairs {
				answer := p.Answer
				if answer == "" {
					answer = "-"
				}
				r.Printf("%.12s %.12s  %-9s  %s  %s (%s, %s) / %s (%s, %s)\n", p.Suggestion.A, p.Suggestion.B, answer, percent(p.Probability),
					p.A.Name, p.A.Page.Outlet, p.A.Page.When(), p.B.Name, p.B.Page.Outlet, p.B.Page.When())
				for _, b := range p.Bars {
					r.Printf("    %-20s %6s bits  %s\n", b.Field, hundredths(b.Bits), values(b))
				}
			}
			return nil, nil
		}
		if c.Answer == "" {
			return nil, recount.WithHint(fmt.Errorf("%w: a link needs two speakers and an answer", recount.ErrInvalid), "answer same, different or unsure: recount link KEY KEY ANSWER")
		}
		x, err := refOf(r, b, c.A)
		if err != nil {
			return nil, err
		}
		y, err := refOf(r, b, c.B)
		if err != nil {
			return nil, err
		}
		var bars []recount.Bar
		for _, p := range pairs {
			if strings.HasPrefix(string(p.Suggestion.A), c.A) && strings.HasPrefix(string(p.Suggestion.B), c.B) ||
				strings.HasPrefix(string(p.Suggestion.A), c.B) && strings.HasPrefix(string(p.Suggestion.B), c.A) {
				bars = p.Bars
			}
		}
		return one(recount.LinkBody{A: x, B: y, Answer: recount.Sameness(c.Answer), Bars: bars}, c.Reason), nil
	})
}

func percent(m recount.Milli) string { return fmt.Sprintf("%3d%%", (m+5)/10) }

func hundredths(n int) string {
	sign := "+"
	if n < 0 {
		n, sign = -n, "-"
	}
	return fmt.Sprintf("%s%d.%02d", sign, n/100, n%100)
}

func values(b recount.Bar) string {
	if b.A == "" && b.B == "" {
		return ""
	}
	return b.A + " / " + b.B
}

type codeCmd struct {
	Statement string   `arg:"" optional:"" help:"Key of a statement, or its first digits."`
	Codes     []string `arg:"" optional:"" name:"code" help:"Codes that apply."`
	Not       []string `help:"Codes that do not apply." placeholder:"CODE"`
	Reject    bool     `help:"The statement is none, or is not this speaker's."`
	Reason    string   `help:"Why." placeholder:"WORDS"`
}

func (c *codeCmd) Run(r *runner) error {
	return decide(r, func(b *casebook.Casebook) ([]casebook.Draft, error) {
		if c.Statement == "" {
			for v, err := range b.Voices(r.Ctx, casebook.Filter{}) {
				if err != nil {
					return nil, err
				}
				a, err := b.Article(r.Ctx, v.Page.Key)
				if err != nil {
					return nil, err
				}
				for _, u := range v.Utterances {
					r.Printf("%.12s  %s (%s, %s): %s\n", u.Key, v.Name, v.Page.Outlet, v.Page.When(), excerpt(a.Text, u.At))
				}
			}
			return nil, nil
		}
		v, u, err := b.FindStatement(r.Ctx, c.Statement)
		if err != nil {
			return nil, err
		}
		at, err := b.Anchor(r.Ctx, v.Page.Key, u.At...)
		if err != nil {
			return nil, err
		}
		var ref *recount.SpeakerRef
		if v.Speaker != nil {
			x, err := b.Ref(r.Ctx, v)
			if err != nil {
				return nil, err
			}
			ref = &x
		}
		answer := recount.Acceptance(recount.Accepted)
		if c.Reject {
			answer = recount.Rejected
		}
		drafts := one(recount.StatementBody{Answer: answer, At: at, Type: u.Type, Mode: u.Mode, Speaker: ref, Typed: u.Typed}, c.Reason)
		if ref == nil && len(c.Codes)+len(c.Not) > 0 {
			return nil, recount.WithHint(fmt.Errorf("%w: the text names no speaker of this statement", recount.ErrInvalid), "a code needs a person; accept the statement without codes, or type it in with its speaker")
		}
		for _, code := range c.Codes {
			drafts = append(drafts, casebook.Draft{Answer: recount.CodeBody{Code: code, At: at, Speaker: *ref, Answer: recount.Yes}, Reason: c.Reason})
		}
		for _, code := range c.Not {
			drafts = append(drafts, casebook.Draft{Answer: recount.CodeBody{Code: code, At: at, Speaker: *ref, Answer: recount.No}, Reason: c.Reason})
		}
		return drafts, nil
	})
}

// excerpt returns the first words of a statement, on one line.
func excerpt(text string, spans []recount.Span) string {
	var parts []string
	for _, s := range spans {
		parts = append(parts, s.In(text))
	}
	s := strings.Join(strings.Fields(strings.Join(parts, " ... ")), " ")
	const most = 100
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most]) + "..."
	}
	return s
}

type valueCmd struct {
	Speaker  string `arg:"" help:"Key of a speaker, or its first digits."`
	Variable string `arg:"" help:"Variable of study.yaml."`
	Value    string `arg:"" help:"Its value."`
	Words    string `help:"The words of the same article that state it." placeholder:"WORDS"`
	Reason   string `help:"Why." placeholder:"WORDS"`
}

func (c *valueCmd) Run(r *runner) error {
	return decide(r, func(b *casebook.Casebook) ([]casebook.Draft, error) {
		v, err := b.FindSpeaker(r.Ctx, c.Speaker)
		if err != nil {
			return nil, err
		}
		ref, err := b.Ref(r.Ctx, v)
		if err != nil {
			return nil, err
		}
		var evidence *recount.Anchor
		if c.Words != "" {
			a, err := b.Article(r.Ctx, v.Page.Key)
			if err != nil {
				return nil, err
			}
			at, err := anchorOf(r, b, a, c.Words, "the article does not say")
			if err != nil {
				return nil, err
			}
			evidence = &at
		}
		return one(recount.ValueBody{Speaker: ref, Variable: c.Variable, Value: c.Value, Evidence: evidence}, c.Reason), nil
	})
}

type dateCmd struct {
	Page      string `arg:"" optional:"" help:"Address or file name of a page, as the list shows it."`
	Published string `arg:"" optional:"" help:"Day of publication: 2014-05-14, 2014-05 or 2014."`
	Reason    string `help:"Why." placeholder:"WORDS"`
}

func (c *dateCmd) Run(r *runner) error {
	return decide(r, func(b *casebook.Casebook) ([]casebook.Draft, error) {
		if c.Page != "" {
			return one(recount.DateBody{Page: c.Page, Published: c.Published}, c.Reason), nil
		}
		for _, p := range b.Pages() {
			if p.DateFlag == "" && p.Published != "" {
				continue
			}
			flag := p.DateFlag
			if flag == "" {
				flag = "no date found"
			}
			r.Printf("%s  %s\n    %s\n", p.Page(), p.Published, flag)
		}
		return nil, nil
	})
}

type reprintCmd struct {
	Page   string `arg:"" optional:"" help:"Address or file name of a page, or the end of it."`
	Of     string `arg:"" optional:"" help:"The page that it reprints or does not."`
	Answer string `arg:"" optional:"" help:"yes or no." default:"yes"`
	Rule   string `help:"Switch the rule that counts reprints once on or off." enum:"on,off," default:"" placeholder:"on|off"`
	Reason string `help:"Why." placeholder:"WORDS"`
}

// standing switches a rule on or off, for what is there and what comes later.
func standing(rule recount.RuleName, on bool) recount.RuleBody {
	return recount.RuleBody{Rule: rule, On: on, Standing: true, Params: map[string]string{}, Covered: []string{}}
}

func (c *reprintCmd) Run(r *runner) error {
	return decide(r, func(b *casebook.Casebook) ([]casebook.Draft, error) {
		if c.Rule != "" {
			return one(standing(recount.FoldReprints, c.Rule == "on"), c.Reason), nil
		}
		if c.Page != "" {
			p, err := b.FindPage(c.Page)
			if err != nil {
				return nil, err
			}
			of, err := b.FindPage(c.Of)
			if err != nil {
				return nil, err
			}
			return one(recount.RelationBody{Page: p.Page(), Of: of.Page(), Answer: recount.YesNo(c.Answer)}, c.Reason), nil
		}
		for _, o := range b.Originals() {
			if len(o.Members) < 2 && !o.Spliced {
				continue
			}
			kind := console.Plural(len(o.Members), "page", "pages") + ", one original"
			if o.Spliced {
				kind = "put together from others"
			}
			r.Printf("%s: %s\n", kind, o.Reason)
			for _, m := range o.Members {
				mark := " "
				if m == o.First {
					mark = "*"
				}
				if p, ok := b.Page(m); ok {
					r.Printf("  %s %s  %s, %s\n", mark, p.Page(), p.Outlet, p.When())
				}
			}
		}
		return nil, nil
	})
}

type asideCmd struct {
	Page   string `arg:"" optional:"" help:"Address or file name of a page, or the end of it."`
	Words  string `arg:"" optional:"" help:"The exact words of the passage, or its first words."`
	Role   string `arg:"" optional:"" help:"body brings it back, off_topic sets it aside." default:"body"`
	Rule   string `help:"Switch the rule that sets passages of other stories aside on or off." enum:"on,off," default:"" placeholder:"on|off"`
	Reason string `help:"Why." placeholder:"WORDS"`
}

func (c *asideCmd) Run(r *runner) error {
	return decide(r, func(b *casebook.Casebook) ([]casebook.Draft, error) {
		switch {
		case c.Rule != "":
			return one(standing(recount.SetAside, c.Rule == "on"), c.Reason), nil
		case c.Page == "":
			n := 0
			for _, p := range b.Pages() {
				read, err := b.Reading(r.Ctx, p.Key)
				if err != nil {
					return nil, err
				}
				var a *recount.Article
				for _, s := range read.Sentences {
					if s.Role != recount.OffTopic {
						continue
					}
					if a == nil {
						if a, err = b.Article(r.Ctx, p.Key); err != nil {
							return nil, err
						}
					}
					n++
					r.Printf("%s\n    %s\n    (%s)\n", p.Page(), excerpt(a.Text, []recount.Span{s.Span}), s.Reason)
				}
			}
			r.Printf("%s set aside as other stories\n", console.Plural(n, "sentence", "sentences"))
			return nil, nil
		}
		p, err := b.FindPage(c.Page)
		if err != nil {
			return nil, err
		}
		a, err := b.Article(r.Ctx, p.Key)
		if err != nil {
			return nil, err
		}
		at, err := anchorOf(r, b, a, c.Words, "the page does not say")
		if err != nil {
			return nil, err
		}
		return one(recount.RoleBody{At: at, Role: recount.Role(c.Role)}, c.Reason), nil
	})
}
