package cli

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"recount"
	"recount/internal/cli/console"
	"recount/internal/study"
)

// desk opens the study and a desk over it, calls f and saves.
func desk(r *runner, f func(*study.Desk) error) error {
	s, err := r.Open()
	if err != nil {
		return err
	}
	defer s.Close()
	d, err := s.Desk(r.Ctx)
	if err != nil {
		return err
	}
	if err := f(d); err != nil {
		return err
	}
	n, err := s.Save(r.Ctx, d)
	if err == nil && n > 0 {
		r.Printf("%s saved\n", console.Plural(n, "decision", "decisions"))
	}
	return err
}

type scopeCmd struct {
	Speaker string `arg:"" optional:"" help:"Key of a speaker, or its first digits."`
	Answer  string `arg:"" optional:"" help:"yes, no or unclear."`
	Reason  string `help:"Why." placeholder:"WORDS"`
}

func (c *scopeCmd) Run(r *runner) error {
	return desk(r, func(d *study.Desk) error {
		if c.Speaker == "" {
			for _, v := range d.Voices() {
				answer := v.Answer
				if answer == "" {
					answer = "-"
				}
				r.Printf("%.12s  %-7s  %-10s  %s (%s, %s), %s\n", v.Key(), answer, v.Article.When(), v.Name, v.Kind, v.Article.Outlet, console.Plural(len(v.Statements), "statement", "statements"))
			}
			return nil
		}
		ref, err := refOf(d, c.Speaker)
		if err != nil {
			return err
		}
		return d.Scope(ref, c.Answer, nil, c.Reason)
	})
}

// anchorOf names the first place of an article that holds words; missing says
// what is wrong if there is none.
func anchorOf(d *study.Desk, a *recount.Article, words, missing string) (recount.Anchor, error) {
	i := strings.Index(a.Text, words)
	if i < 0 || words == "" {
		return recount.Anchor{}, recount.WithHint(fmt.Errorf("%w: %s %q", recount.ErrNotFound, missing, words), "copy the words from the article exactly")
	}
	return d.Anchor(a.Key, recount.Span{Start: i, End: i + len(words)})
}

func refOf(d *study.Desk, key string) (recount.SpeakerRef, error) {
	sp, err := d.Speaker(key)
	if err != nil {
		return recount.SpeakerRef{}, err
	}
	return d.Ref(sp)
}

type linkCmd struct {
	A      string `arg:"" optional:"" help:"Key of a speaker, or its first digits."`
	B      string `arg:"" optional:"" help:"Key of another."`
	Answer string `arg:"" optional:"" help:"same, different or unsure."`
	Reason string `help:"Why." placeholder:"WORDS"`
}

func (c *linkCmd) Run(r *runner) error {
	return desk(r, func(d *study.Desk) error {
		pairs, err := d.Pairs()
		if err != nil {
			return err
		}
		if c.A == "" {
			for _, p := range pairs {
				answer := p.Answer
				if answer == "" {
					answer = "-"
				}
				r.Printf("%.12s %.12s  %-9s  %s  %s (%s, %s) / %s (%s, %s)\n", p.Suggestion.A, p.Suggestion.B, answer, percent(p.Probability),
					p.A.Name, p.A.Article.Outlet, p.A.Article.When(), p.B.Name, p.B.Article.Outlet, p.B.Article.When())
				for _, b := range p.Bars {
					r.Printf("    %-20s %6s bits  %s\n", b.Field, hundredths(b.Bits), values(b))
				}
			}
			return nil
		}
		if c.Answer == "" {
			return recount.WithHint(fmt.Errorf("%w: a link needs two speakers and an answer", recount.ErrInvalid), "answer same, different or unsure: recount link KEY KEY ANSWER")
		}
		a, err := refOf(d, c.A)
		if err != nil {
			return err
		}
		b, err := refOf(d, c.B)
		if err != nil {
			return err
		}
		var bars []recount.Bar
		for _, p := range pairs {
			if strings.HasPrefix(string(p.Suggestion.A), c.A) && strings.HasPrefix(string(p.Suggestion.B), c.B) ||
				strings.HasPrefix(string(p.Suggestion.A), c.B) && strings.HasPrefix(string(p.Suggestion.B), c.A) {
				bars = p.Bars
			}
		}
		return d.Link(a, b, c.Answer, bars, c.Reason)
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
	return desk(r, func(d *study.Desk) error {
		if c.Statement == "" {
			for _, v := range d.Voices() {
				for _, st := range v.Statements {
					r.Printf("%.12s  %s (%s, %s): %s\n", st.Key, v.Name, v.Article.Outlet, v.Article.When(), excerpt(v.Article.Text, st.Content))
				}
			}
			return nil
		}
		st, err := d.Said(c.Statement)
		if err != nil {
			return err
		}
		at, err := d.Anchor(st.Article, st.Content...)
		if err != nil {
			return err
		}
		var ref *recount.SpeakerRef
		for _, sp := range d.Reading(st.Article).Speakers {
			if sp.ID == st.Speaker {
				x, err := d.Ref(&sp)
				if err != nil {
					return err
				}
				ref = &x
			}
		}
		answer := recount.Accepted
		if c.Reject {
			answer = recount.Rejected
		}
		if err := d.Statement(at, st.Type, ref, answer, false, c.Reason); err != nil {
			return err
		}
		if ref == nil && len(c.Codes)+len(c.Not) > 0 {
			return recount.WithHint(fmt.Errorf("%w: the text names no speaker of this statement", recount.ErrInvalid), "a code needs a person; accept the statement without one")
		}
		for _, code := range c.Codes {
			if err := d.Code(at, *ref, code, recount.Yes, c.Reason); err != nil {
				return err
			}
		}
		for _, code := range c.Not {
			if err := d.Code(at, *ref, code, recount.No, c.Reason); err != nil {
				return err
			}
		}
		return nil
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
	return desk(r, func(d *study.Desk) error {
		sp, err := d.Speaker(c.Speaker)
		if err != nil {
			return err
		}
		ref, err := d.Ref(sp)
		if err != nil {
			return err
		}
		var evidence *recount.Anchor
		if c.Words != "" {
			for _, a := range d.Articles() {
				if a.Key != sp.Article {
					continue
				}
				at, err := anchorOf(d, a, c.Words, "the article does not say")
				if err != nil {
					return err
				}
				evidence = &at
			}
		}
		return d.Value(ref, c.Variable, c.Value, evidence, c.Reason)
	})
}

type dateCmd struct {
	Page      string `arg:"" optional:"" help:"Address or file name of a page, as the list shows it."`
	Published string `arg:"" optional:"" help:"Day of publication: 2014-05-14, 2014-05 or 2014."`
	Reason    string `help:"Why." placeholder:"WORDS"`
}

func (c *dateCmd) Run(r *runner) error {
	return desk(r, func(d *study.Desk) error {
		if c.Page != "" {
			return d.Date(c.Page, c.Published, c.Reason)
		}
		for _, a := range d.Articles() {
			if a.DateFlag == "" && a.Published != "" {
				continue
			}
			flag := a.DateFlag
			if flag == "" {
				flag = "no date found"
			}
			r.Printf("%s  %s\n    %s\n", a.Page(), a.Published, flag)
		}
		return nil
	})
}

type reprintCmd struct {
	Page   string `arg:"" optional:"" help:"Address or file name of a page, or the end of it."`
	Of     string `arg:"" optional:"" help:"The page that it reprints or does not."`
	Answer string `arg:"" optional:"" help:"yes or no." default:"yes"`
	Rule   string `help:"Switch the rule that counts reprints once on or off." enum:"on,off," default:"" placeholder:"on|off"`
	Reason string `help:"Why." placeholder:"WORDS"`
}

func (c *reprintCmd) Run(r *runner) error {
	return desk(r, func(d *study.Desk) error {
		if c.Rule != "" {
			return d.Rule("fold_reprints", c.Rule == "on", c.Reason)
		}
		if c.Page != "" {
			a, err := d.Page(c.Page)
			if err != nil {
				return err
			}
			b, err := d.Page(c.Of)
			if err != nil {
				return err
			}
			return d.Reprint(a, b, c.Answer, c.Reason)
		}
		byKey := map[recount.Key]*recount.Article{}
		for _, a := range d.Articles() {
			byKey[a.Key] = a
		}
		for _, o := range d.Originals() {
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
				r.Printf("  %s %s  %s, %s\n", mark, byKey[m].Page(), byKey[m].Outlet, byKey[m].When())
			}
		}
		return nil
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
	return desk(r, func(d *study.Desk) error {
		switch {
		case c.Rule != "":
			return d.Rule("set_aside_other_stories", c.Rule == "on", c.Reason)
		case c.Page == "":
			n := 0
			for _, a := range d.Articles() {
				read := d.Reading(a.Key)
				if read == nil {
					continue
				}
				for _, s := range read.Sentences {
					if s.Role == recount.OffTopic {
						n++
						r.Printf("%s\n    %s\n    (%s)\n", a.Page(), excerpt(a.Text, []recount.Span{s.Span}), s.Reason)
					}
				}
			}
			r.Printf("%s set aside as other stories\n", console.Plural(n, "sentence", "sentences"))
			return nil
		}
		a, err := d.Page(c.Page)
		if err != nil {
			return err
		}
		at, err := anchorOf(d, a, c.Words, "the page does not say")
		if err != nil {
			return err
		}
		return d.Role(at, recount.Role(c.Role), c.Reason)
	})
}
