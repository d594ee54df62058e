package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

type tierCmd struct {
	Person string `arg:"" optional:"" help:"Id of a person, or its first digits; with --circumstance also the key of a source."`
	Tier   string `arg:"" optional:"" help:"open, press, protected or withdrawn."`
	Spoke  string `name:"circumstance" help:"The person spoke in custody, watched, as a minor or under threat: custody, watched, minor or threat." placeholder:"NAME"`
	Not    bool   `help:"The person did not speak under that circumstance."`
	Words  string `help:"The words of the article that show the circumstance." placeholder:"WORDS"`
	Nth    int    `help:"Which of several places where the words stand." placeholder:"N"`
	Held   bool   `help:"List only people who are held back until somebody decides."`
	Reason string `help:"Why." placeholder:"WORDS"`
}

func (c *tierCmd) Run(r *runner) error {
	return decideIn(r, func(s *study.Study, b *casebook.Casebook) (bool, []casebook.Draft, error) {
		if c.Spoke != "" {
			drafts, err := c.spoken(r, s, b)
			return false, drafts, err
		}
		people, err := s.Shown(r.Ctx, c.Person)
		if c.Tier != "" && errors.Is(err, recount.ErrNotFound) {
			v, failed := b.FindSpeaker(r.Ctx, c.Person)
			if failed != nil {
				return false, nil, err
			}
			if people, err = c.heard(r, s, b, v); err != nil {
				return false, nil, err
			}
		}
		if err != nil {
			return false, nil, err
		}
		if c.Tier == "" {
			for i := range people {
				if !c.Held || people[i].Held() && !people[i].Outside {
					showTier(r, &people[i], c.Person != "")
				}
			}
			return false, nil, nil
		}
		if len(people) != 1 {
			return false, nil, recount.WithHint(fmt.Errorf("person %s: %w: nobody who counts or may count", c.Person, recount.ErrNotFound), "`recount tier` lists the people")
		}
		// One answer for each source, so that a source that is linked later brings
		// its own tier, and the strictest of them holds.
		var drafts []casebook.Draft
		for _, x := range people[0].Sources {
			body := recount.TierBody{Speaker: x.Speaker, Tier: recount.Tier(c.Tier)}
			for _, y := range x.Spoken {
				body.Knowing = append(body.Knowing, y.Circumstance)
			}
			drafts = append(drafts, casebook.Draft{Answer: body, Reason: c.Reason})
		}
		return len(drafts) > 1, drafts, nil
	})
}

// heard is the person whom a speaker is, who may not count: whoever speaks on a page
// may need to be kept out of what leaves.
func (c *tierCmd) heard(r *runner, s *study.Study, b *casebook.Casebook, v *casebook.Voice) ([]study.Shown, error) {
	all, err := s.Shown(r.Ctx, "")
	if err != nil {
		return nil, err
	}
	for i := range all {
		if slices.ContainsFunc(all[i].Sources, func(x study.Source) bool { return x.Key == v.Key }) {
			return all[i : i+1], nil
		}
	}
	ref, err := b.Ref(r.Ctx, v)
	if err != nil {
		return nil, err
	}
	return []study.Shown{{Sources: []study.Source{{Member: recount.Member{Key: v.Key, Speaker: ref}}}}}, nil
}

// spoken records a circumstance of one source, with its sentence.
func (c *tierCmd) spoken(r *runner, s *study.Study, b *casebook.Casebook) ([]casebook.Draft, error) {
	x, err := c.source(r, s, b)
	if err != nil {
		return nil, err
	}
	body := recount.SpokenBody{Speaker: x.Speaker, Circumstance: recount.Circumstance(c.Spoke), Answer: recount.Yes}
	if c.Not {
		body.Answer = recount.No
	}
	if c.Words != "" {
		p, err := openPage(r, b, x.Page)
		if err != nil {
			return nil, err
		}
		at, err := p.anchor(r, b, shown, c.Words, c.Nth)
		if err != nil {
			return nil, err
		}
		body.Evidence = &at
	}
	return one(body, c.Reason), nil
}

// source finds the one source that is meant: of a person with several it must
// be named by its key.
func (c *tierCmd) source(r *runner, s *study.Study, b *casebook.Casebook) (*study.Source, error) {
	everybody, err := s.Shown(r.Ctx, "")
	if err != nil {
		return nil, err
	}
	var hits []*study.Source
	for i := range everybody {
		for j := range everybody[i].Sources {
			if x := &everybody[i].Sources[j]; len(c.Person) >= 4 && strings.HasPrefix(string(x.Key), c.Person) {
				hits = append(hits, x)
			}
		}
	}
	if len(hits) == 0 { // lists of speakers print an id of their own
		if v, err := b.FindSpeaker(r.Ctx, c.Person); err == nil {
			for i := range everybody {
				for j := range everybody[i].Sources {
					if x := &everybody[i].Sources[j]; x.Key == v.Key {
						hits = append(hits, x)
					}
				}
			}
			if len(hits) == 0 {
				return nil, recount.WithHint(fmt.Errorf("speaker %s: %w: nobody said that it counts", c.Person, recount.ErrInvalid), "say so first: recount scope "+c.Person+" yes; or give it a tier: recount tier "+c.Person+" protected")
			}
		}
	}
	if len(hits) == 1 {
		return hits[0], nil
	}
	people, err := s.Shown(r.Ctx, c.Person)
	switch {
	case err != nil:
		return nil, err
	case c.Person == "" || len(people) != 1:
		return nil, recount.WithHint(fmt.Errorf("%w: a circumstance is one of a source", recount.ErrInvalid), "name the person, or the source by its key: recount tier PERSON lists them")
	case len(people[0].Sources) > 1:
		return nil, recount.WithHint(fmt.Errorf("%w: the person speaks in %d sources", recount.ErrInvalid, len(people[0].Sources)), "name the source by its key; `recount tier "+c.Person+"` lists them")
	}
	return &people[0].Sources[0], nil
}

// showTier prints how far a person may be shown, with the sources if asked.
func showTier(r *runner, p *study.Shown, sources bool) {
	counted := p.Counting()
	aside := ""
	if len(counted.Members) == 0 {
		aside = "  not counted"
	} else if p.Outside {
		aside = "  outside the period"
	}
	r.Printf("%.12s  %-9s  %s%s%s\n", p.ID, p.Tier(), Cell(p.Name()), aside, circumstances(p.Circumstances(), p.Held()))
	if !sources {
		return
	}
	for i := range p.Sources {
		x := &p.Sources[i]
		var spoken []recount.Circumstance
		for _, y := range x.Spoken {
			spoken = append(spoken, y.Circumstance)
		}
		joined := ""
		if len(counted.Members) > 0 && !casebook.Counts(&x.Member) {
			joined = ", joined by an answer"
			if x.Scope != recount.Joined {
				joined += ", not counted"
			}
		}
		r.Printf("  %.12s  %-9s  %s (%s), %s, %s%s%s\n", x.Key, x.Member.Tier, Cell(x.Speaker.Name), x.Speaker.Kind, Cell(x.Page.Outlet), x.Page.When(), joined, circumstances(spoken, x.Held))
	}
	for i := range p.Doubtful {
		x := &p.Doubtful[i]
		r.Printf("  %.12s  %-9s  %s (%s): people disagree whether it is the person\n", x.Key, x.Tier, Cell(x.Speaker.Name), x.Speaker.Kind)
	}
}

func circumstances(spoken []recount.Circumstance, held bool) string {
	var names []string
	for _, x := range spoken {
		names = append(names, string(x))
	}
	out := ""
	if len(names) > 0 {
		out = "  [" + strings.Join(names, ", ") + "]"
	}
	if held {
		out += "  held back until somebody decides"
	}
	return out
}
