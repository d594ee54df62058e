package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

type valueCmd struct {
	Speaker   string `arg:"" optional:"" help:"Key of a speaker, or its first digits."`
	Variable  string `arg:"" optional:"" help:"Variable of study.yaml."`
	Value     string `arg:"" optional:"" help:"Its value; unknown, not applicable and not stated are three."`
	Words     string `help:"The words of the same article that state it." placeholder:"WORDS"`
	Nth       int    `help:"Which of several places where the words stand." placeholder:"N"`
	Of        string `help:"List only values of this variable." placeholder:"VARIABLE"`
	Page      string `help:"List only what this page states." placeholder:"PAGE"`
	Name      string `help:"List only people whose name holds these letters." placeholder:"LETTERS"`
	Least     int    `help:"List only values at least this sure." placeholder:"PERCENT"`
	Counted   bool   `help:"List only people who count."`
	All       bool   `help:"List also what is answered already."`
	Conflicts bool   `help:"List where the articles about one person differ, side by side."`
	Accept    bool   `help:"Accept what is listed; with a speaker and a variable, that one."`
	Save      bool   `help:"Save what --accept lists."`
	Reason    string `help:"Why." placeholder:"WORDS"`
}

func (c *valueCmd) Run(r *runner) error {
	if err := percentage("--least", c.Least); err != nil {
		return err
	}
	if c.Value != "" {
		return decide(r, func(b *casebook.Casebook) ([]casebook.Draft, error) { return c.give(r, b) })
	}
	if c.Speaker != "" && !c.Accept {
		return recount.WithHint(fmt.Errorf("%w: a value needs a speaker, a variable and the value", recount.ErrInvalid),
			"say recount value KEY VARIABLE VALUE, or --accept for the value that the article states")
	}
	s, err := r.Open()
	if err != nil {
		return err
	}
	b, err := s.Casebook(r.Ctx)
	if err != nil {
		return err
	}
	found, err := c.proposals(r, s, b)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		if err := nothingRead(r, s, b); err != nil {
			return err
		}
	}
	switch {
	case c.Conflicts:
		for _, x := range study.Conflicts(found) {
			r.Printf("%s of %s:\n", x.Variable, x.Of[0].Voice.Name)
			for i := range x.Of {
				stated(r, &x.Of[i], "  ")
			}
		}
		return nil
	case !c.Accept:
		for i := range found {
			if c.All || found[i].Given == "" {
				stated(r, &found[i], "")
			}
		}
		return nil
	}
	drafts, err := c.accept(r, b, found)
	if err != nil {
		return err
	}
	one := c.Speaker != ""
	if len(drafts) == 0 || !one && !c.Save {
		if one {
			return recount.WithHint(fmt.Errorf("%w: the article states no such value of this speaker", recount.ErrNotFound), "give it: recount value KEY VARIABLE VALUE --words WORDS")
		}
		r.Printf("%s would be accepted; nothing is saved. Look at the list, then say --save\n", Plural(len(drafts), "value", "values"))
		return nil
	}
	return save(r, s, !one, drafts)
}

// give records a value that a person typed.
func (c *valueCmd) give(r *runner, b *casebook.Casebook) ([]casebook.Draft, error) {
	vs, err := accounts(r, b, c.Speaker)
	if err != nil {
		return nil, err
	}
	v := vs[0]
	var evidence *recount.Anchor
	if c.Words != "" { // of a person they stand in one of the accounts
		for i, x := range vs {
			p, err := openPage(r, b, x.Page)
			if err != nil {
				return nil, err
			}
			at, err := p.anchor(r, b, shown, c.Words, c.Nth)
			if err == nil {
				v, evidence = x, &at
				break
			}
			if i == len(vs)-1 {
				return nil, err
			}
		}
	}
	ref, err := b.Ref(r.Ctx, v)
	if err != nil {
		return nil, err
	}
	return one(recount.ValueBody{Speaker: ref, Variable: c.Variable, Value: c.Value, Evidence: evidence}, c.Reason), nil
}

// proposals lists what the flags choose.
func (c *valueCmd) proposals(r *runner, s *study.Study, b *casebook.Casebook) ([]study.Proposal, error) {
	var f casebook.Filter
	var of recount.Key
	if c.Page != "" {
		p, err := b.FindPage(c.Page)
		if err != nil {
			return nil, err
		}
		f.Page = p.Key
	}
	if c.Speaker != "" {
		v, err := whom(r, b, c.Speaker)
		if err != nil {
			return nil, err
		}
		f, of = casebook.Filter{Page: v.Page.Key, All: true}, v.ID
	}
	if v := cmp.Or(c.Of, c.Variable); v != "" && !slices.Contains(s.Config().Names(), v) {
		return nil, recount.WithHint(fmt.Errorf("%w: no variable named %q", recount.ErrNotFound, v), "variables are "+strings.Join(s.Config().Names(), ", "))
	}
	all, err := s.Proposals(r.Ctx, f)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(p study.Proposal) bool {
		return of != "" && p.Voice.ID != of || c.Of != "" && p.Variable != c.Of || c.Variable != "" && p.Variable != c.Variable || int(p.Probability) < 10*c.Least ||
			c.Counted && !p.Voice.Counts() || c.Name != "" && !strings.Contains(strings.ToLower(p.Voice.Name), strings.ToLower(c.Name))
	}), nil
}

// percentage refuses a share that is none.
func percentage(flag string, n int) error {
	if n < 0 || n > 100 {
		return recount.WithHint(fmt.Errorf("%w: %s %d is no share of a hundred", recount.ErrInvalid, flag, n), "give a whole number from 0 to 100")
	}
	return nil
}

// stated prints a value that an article states.
func stated(r *runner, p *study.Proposal, indent string) {
	given := ""
	switch {
	case p.Given != "" && strings.EqualFold(p.Given, p.Value):
		given = "  accepted"
	case p.Given != "":
		given = "  given: " + p.Given
	}
	r.Printf("%s%.12s  %s = %s  %s  %s (%s)%s\n%s    %s\n", indent, p.Voice.ID, p.Variable, p.Value, strings.TrimSpace(percent(p.Probability)), p.Voice.Name, p.Voice.Page.Masthead(), given, indent, clip(p.Sentence))
}

// accept turns what is listed and open into answers. Where an article states
// two values of one variable of a person, neither is taken in a group.
func (c *valueCmd) accept(r *runner, b *casebook.Casebook, found []study.Proposal) ([]casebook.Draft, error) {
	type about struct {
		speaker  recount.Key
		variable string
	}
	n := map[about]int{}
	for _, p := range found {
		n[about{p.Voice.ID, p.Variable}]++
	}
	var drafts []casebook.Draft
	for i := range found {
		p := &found[i]
		if p.Given != "" {
			continue
		}
		if n[about{p.Voice.ID, p.Variable}] > 1 {
			if c.Speaker != "" {
				return nil, recount.WithHint(fmt.Errorf("%w: the article states several values", recount.ErrInvalid), "give the one that you accept: recount value KEY VARIABLE VALUE")
			}
			stated(r, p, "left out, the article states another too: ")
			continue
		}
		stated(r, p, "")
		ref, err := b.Ref(r.Ctx, p.Voice)
		if err != nil {
			return nil, err
		}
		d, err := acceptedValue(r, b, p, ref)
		if err != nil {
			return nil, err
		}
		drafts = append(drafts, casebook.Draft{Answer: d, Reason: c.Reason})
	}
	return drafts, nil
}

func acceptedValue(r *runner, b *casebook.Casebook, p *study.Proposal, ref recount.SpeakerRef) (recount.ValueBody, error) {
	at, err := b.Anchor(r.Ctx, p.Voice.Page.Key, p.At)
	return recount.ValueBody{Speaker: ref, Variable: p.Variable, Value: p.Value, Evidence: &at}, err
}
