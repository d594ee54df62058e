package study

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/pattern"
)

var roundName = pattern.New(`^[\p{L}\p{N}][\p{L}\p{N}_-]{0,59}$`)

func checkRounds(rounds []Round) error {
	bad := func(hint, format string, a ...any) error {
		return recount.WithHint(fmt.Errorf("study.yaml: %w: rounds: %s", recount.ErrInvalid, fmt.Sprintf(format, a...)), hint)
	}
	names, busy := map[string]bool{}, map[string]string{}
	for _, r := range rounds {
		switch {
		case !roundName.MatchString(r.Name):
			return bad("a name holds letters, digits, _ and -, as in coding-1; one that begins with calibration is for practice", "%q is no name", r.Name)
		case names[r.Name]:
			return bad("give the second another name", "%q stands twice", r.Name)
		case len(r.Coders) == 0:
			return bad("name its coders: coders: [ada, ben]", "%q has no coders", r.Name)
		}
		names[r.Name] = true
		for i, c := range r.Coders {
			if err := recount.CheckCoder(c); err != nil {
				return recount.WithHint(fmt.Errorf("study.yaml: rounds: %s: %w", r.Name, err), "give names by which colleagues know them")
			}
			if slices.Contains(r.Coders[:i], c) {
				return bad("name each coder once", "%q names %s twice", r.Name, c)
			}
			if r.Open && busy[c] != "" {
				return bad("close one of the two: open: false", "%s codes in %q and in %q at once", c, busy[c], r.Name)
			}
			if r.Open {
				busy[c] = r.Name
			}
		}
		if r.Lead != "" {
			if err := recount.CheckCoder(r.Lead); err != nil {
				return recount.WithHint(fmt.Errorf("study.yaml: rounds: %s: lead: %w", r.Name, err), "give a name by which colleagues know who leads it")
			}
		}
	}
	return nil
}

// RoundOf returns the open round in which somebody codes, or nil.
func (c *Config) RoundOf(actor string) *Round {
	for i := range c.Rounds {
		if c.Rounds[i].Open && slices.Contains(c.Rounds[i].Coders, actor) {
			return &c.Rounds[i]
		}
	}
	return nil
}

// Leads reports whether somebody leads a round that is open.
func (c *Config) Leads(actor string) bool {
	return slices.ContainsFunc(c.Rounds, func(r Round) bool { return r.Open && r.Lead != "" && r.Lead == actor })
}

// BlindNow reports whether a round is open in which coders are blind.
func (c *Config) BlindNow() bool {
	return slices.ContainsFunc(c.Rounds, func(r Round) bool { return r.Open && r.Blind })
}

// A Plan says who codes which pages in a round.
type Plan struct {
	Round  Round
	Pages  []recount.Key // articles
	Double int           // per cent of the pages that several code
	By     int           // how many coders those pages have
}

// A Share is what one coder has to code.
type Share struct {
	Coder  string
	Pages  []recount.Key
	Shared int // of them with others
}

// Shares hands pages to coders: so many per cent of them to several, each of
// the others to one. Which ones follows from the name of the round and the
// pages alone, in no order that anybody chose; the shares differ by one page at
// most.
func (p Plan) Shares(name func(recount.Key) string) ([]Share, error) {
	n := len(p.Round.Coders)
	switch {
	case p.Double < 0 || p.Double > 100:
		return nil, recount.WithHint(fmt.Errorf("%w: %d per cent of the pages", recount.ErrInvalid, p.Double), "give a whole number from 0 to 100")
	case p.Double > 0 && (p.By < 2 || p.By > n):
		return nil, recount.WithHint(fmt.Errorf("%w: %d coders of a page, of %d coders", recount.ErrInvalid, p.By, n), "give a number from 2 to the number of coders")
	case len(p.Pages) == 0:
		return nil, recount.WithHint(fmt.Errorf("%w: no page is to be coded", recount.ErrInvalid), "choose other articles")
	}
	order := map[recount.Key]string{}
	for _, k := range p.Pages {
		order[k] = fmt.Sprintf("%x", sha256.Sum256([]byte(p.Round.Name+"\x00"+name(k))))
	}
	pages := slices.Clone(p.Pages)
	slices.SortFunc(pages, func(a, b recount.Key) int { return strings.Compare(order[a], order[b]) })
	pages = slices.Compact(pages)
	double := (len(pages)*p.Double + 99) / 100
	out := make([]Share, n)
	for i, c := range p.Round.Coders {
		out[i].Coder = c
	}
	at := 0
	for i, k := range pages {
		by := 1
		if i < double {
			by = p.By
		}
		for range by {
			out[at%n].Pages = append(out[at%n].Pages, k)
			if by > 1 {
				out[at%n].Shared++
			}
			at++
		}
	}
	return out, nil
}

var topLevel = pattern.New(`^[A-Za-z_][\w-]*:`)

// withRounds writes the rounds into the text of study.yaml; every other line
// stays.
func withRounds(text string, rounds []Round) (string, error) {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	var own []string
	if len(rounds) > 0 {
		own = append(own, "rounds:")
	}
	for _, r := range rounds {
		var coders []string
		for _, c := range r.Coders {
			coders = append(coders, strconv.Quote(c))
		}
		own = append(own, "  - name: "+strconv.Quote(r.Name), "    coders: ["+strings.Join(coders, ", ")+"]")
		if r.Lead != "" {
			own = append(own, "    lead: "+strconv.Quote(r.Lead))
		}
		own = append(own, fmt.Sprintf("    blind: %v", r.Blind), fmt.Sprintf("    open: %v", r.Open))
	}
	from := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "rounds:") })
	if from < 0 {
		if len(own) > 0 {
			own = append([]string{"", "# Rounds of coding, written by the page Codes."}, own...)
		}
		lines = append(lines, own...)
	} else {
		to := from + 1
		for end := to; end < len(lines) && !topLevel.MatchString(lines[end]); end++ {
			if l := strings.TrimSpace(lines[end]); l != "" && !strings.HasPrefix(l, "#") {
				to = end + 1
			}
		}
		lines = slices.Replace(lines, from, to, own...)
	}
	out := strings.Join(lines, "\n") + "\n"
	c, err := parseConfig([]byte(out))
	if err != nil {
		return "", err
	}
	if !slices.EqualFunc(c.Rounds, rounds, func(a, b Round) bool {
		return a.Name == b.Name && a.Lead == b.Lead && a.Blind == b.Blind && a.Open == b.Open && slices.Equal(a.Coders, b.Coders)
	}) {
		return "", recount.WithHint(fmt.Errorf("study.yaml: %w: its rounds are written in a form that cannot be changed here", recount.ErrInvalid), "write them into study.yaml in Set-up")
	}
	return out, nil
}

// SetRound makes a round or changes one of the same name, and gives out its
// pages if there is a plan: one decision, which is undone as one. Who makes a
// round leads it, and goes on doing so when others change it.
func (s *Study) SetRound(ctx context.Context, by By, p Plan) (shares []Share, saved []recount.Decision, err error) {
	err = s.change(ctx, func() error {
		book, err := s.casebook(ctx, needs{})
		if err != nil {
			return err
		}
		if by.Group == "" {
			if by.Group, err = s.NewGroup(); err != nil {
				return err
			}
		}
		by.Actor = cmp.Or(by.Actor, s.opts.Actor)
		rounds := slices.Clone(s.config.Rounds)
		if i := slices.IndexFunc(rounds, func(r Round) bool { return r.Name == p.Round.Name }); i >= 0 {
			p.Round.Lead = cmp.Or(p.Round.Lead, rounds[i].Lead)
			rounds[i] = p.Round
		} else {
			p.Round.Lead = cmp.Or(p.Round.Lead, by.Actor)
			rounds = append(rounds, p.Round)
		}
		if err := checkRounds(rounds); err != nil {
			return err
		}
		var drafts []casebook.Draft
		if p.Pages != nil {
			if shares, drafts, err = s.assign(book, p); err != nil {
				return err
			}
		}
		was, err := os.ReadFile(filepath.Join(s.Dir, studyFile))
		if err != nil {
			return err
		}
		text, err := withRounds(string(was), rounds)
		if err != nil {
			return err
		}
		if text != string(was) {
			d, err := s.useFile(studyFile, []byte(text), by, "round "+p.Round.Name)
			if err != nil {
				return err
			}
			saved = append(saved, d)
			if err := book.Save(ctx, d); err != nil {
				return err
			}
			if book, err = s.casebook(ctx, needs{}); err != nil {
				return err
			}
		}
		more, err := book.Decide(ctx, by, s.seal, drafts...)
		saved = append(saved, more...)
		return err
	})
	return shares, saved, err
}

// TryRound says how a plan would give pages out. Nothing is saved.
func (s *Study) TryRound(ctx context.Context, p Plan) ([]Share, error) {
	book, err := s.casebook(ctx, needs{})
	if err != nil {
		return nil, err
	}
	if err := checkRounds([]Round{p.Round}); err != nil {
		return nil, err
	}
	shares, _, err := s.assign(book, p)
	return shares, err
}

func (s *Study) assign(book *casebook.Casebook, p Plan) ([]Share, []casebook.Draft, error) {
	named := map[recount.Key][2]string{}
	for _, k := range p.Pages {
		pg, ok := book.Page(k)
		if !ok {
			return nil, nil, fmt.Errorf("article %.12s: %w", k, recount.ErrNotFound)
		}
		named[k] = [2]string{pg.Page(), pg.Part}
	}
	shares, err := p.Shares(func(k recount.Key) string { return named[k][0] + "\x00" + named[k][1] })
	if err != nil {
		return nil, nil, err
	}
	now := map[recount.AssignBody]bool{}
	for _, x := range shares {
		for _, k := range x.Pages {
			now[recount.AssignBody{Page: named[k][0], Part: named[k][1], Coder: x.Coder, Answer: recount.Yes}] = true
		}
	}
	var drafts []casebook.Draft
	for _, b := range casebook.Settled[recount.AssignBody](book.View, recount.KindAssign) {
		switch {
		case b.Answer != recount.Yes:
		case now[b]:
			delete(now, b) // it is assigned already
		case slices.Contains(p.Round.Coders, b.Coder):
			b.Answer = recount.No
			drafts = append(drafts, casebook.Draft{Answer: b})
		}
	}
	for _, x := range shares {
		for _, k := range x.Pages {
			if b := (recount.AssignBody{Page: named[k][0], Part: named[k][1], Coder: x.Coder, Answer: recount.Yes}); now[b] {
				drafts = append(drafts, casebook.Draft{Answer: b})
			}
		}
	}
	return shares, drafts, nil
}
