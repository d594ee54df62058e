package casebook

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"recount"
	"recount/internal/cases"
)

// check refuses an answer that names what the study does not have.
func (c *View) check(a recount.Answer) error {
	switch b := a.(type) {
	case recount.CodeBody:
		return c.CheckCode(b.Code)
	case recount.PassageBody:
		return c.CheckCode(b.Code)
	case recount.ValueBody:
		return c.checkValue(b.Variable, b.Value)
	case recount.CriterionBody:
		if !slices.Contains(c.settings.Criteria, b.Criterion) {
			return unknown("criterion", b.Criterion, "criteria", c.settings.Criteria, "study.yaml names no criteria yet; write them under scope: (`recount help study.yaml`)")
		}
	case recount.DateBody:
		return c.checkPage(b.Page, "`recount date` lists the pages whose dates disagree")
	case recount.PageBody:
		return c.checkPage(b.Page, "`recount page` lists the pages")
	case recount.ScreenBody:
		return c.checkPage(b.Page, "`recount screen` lists the pages")
	case recount.ReadBody:
		return c.checkPage(b.Page, "`recount sample` lists the pages that were drawn")
	case recount.AssignBody:
		return c.checkPage(b.Page, "`recount page` lists the pages")
	case recount.RelationBody:
		for _, p := range []string{b.Page, b.Of} {
			if err := c.checkPage(p, "`recount reprint` lists the pages"); err != nil {
				return err
			}
		}
	case recount.OwnerBody:
		return c.checkOutlet(b.Outlet)
	case recount.WeightsBody:
		_, err := cases.NewWeights(b.Levels)
		return err
	case recount.MemoBody:
		return c.checkTopic(b.On)
	case recount.NoteBody:
		return c.checkTopic(b.On)
	case recount.CodebookBody:
		for _, to := range b.To {
			if err := c.CheckCode(to); err != nil {
				return err
			}
		}
		if b.Op != recount.SplitCode && c.Recoded(b.To[0]) == b.Code {
			return recount.WithHint(fmt.Errorf("%w: %q has become %q already", recount.ErrConflict, b.To[0], b.Code), "take that back first; `recount decisions list --kind codebook` shows it")
		}
	case recount.LinkBody:
		return nil
	case recount.RuleBody:
		if b.Rule != recount.FoldReprints && b.Rule != recount.SetAside {
			return unknown("rule", string(b.Rule), "rules", []string{recount.FoldReprints, recount.SetAside}, "")
		}
	}
	return nil
}

// CheckCode refuses a code that the codebook does not have.
func (c *View) CheckCode(code string) error {
	if slices.Contains(c.settings.Codes, code) {
		return nil
	}
	return unknown("code", code, "codes", c.settings.Codes, "the study has no codebook yet; `recount codes --template` writes one to start from")
}

func (c *View) checkValue(name, value string) error {
	allowed, ok := c.settings.Variables[name]
	if !ok {
		return unknown("variable", name, "variables", c.settings.Names, "study.yaml names no variables yet; write them under variables: (`recount help study.yaml`)")
	}
	if len(allowed) > 0 && !slices.Contains(allowed, value) && !slices.Contains(recount.Unstated, value) {
		return recount.WithHint(fmt.Errorf("%w: %q is no value of %s", recount.ErrInvalid, value, name), "values are "+strings.Join(allowed, ", ")+"; and "+strings.Join(recount.Unstated, ", "))
	}
	if len(allowed) == 0 {
		return recount.CheckDay(value)
	}
	return nil
}

func (c *View) checkPage(name, hint string) error {
	if len(c.byName[name]) > 0 {
		return nil
	}
	return recount.WithHint(fmt.Errorf("%w: no page %q in the study", recount.ErrNotFound, name), hint)
}

// unknown says that a name is none of those there are.
func unknown(what, name, plural string, known []string, none string) error {
	hint := plural + " are " + strings.Join(known, ", ")
	if len(known) == 0 {
		hint = none
	}
	return recount.WithHint(fmt.Errorf("%w: no %s named %q", recount.ErrNotFound, what, name), hint)
}

func (c *View) checkOutlet(name string) error {
	if _, known := slices.BinarySearch(c.Outlets(), name); known {
		return nil
	}
	return unknown("outlet", name, "outlets", c.Outlets(), "no page names its outlet yet")
}

func (c *View) checkTopic(t recount.Topic) error {
	if t.Code != "" {
		return c.CheckCode(t.Code)
	}
	if t.Page != "" {
		return c.checkPage(t.Page, "`recount page` lists the pages")
	}
	return nil
}

// unknowns lists the answers that hold and name what the study does not have: a
// code that the codebook lacks, a variable, a criterion, a page. They come in
// from others, or what they name was taken out since. Nothing of them is lost.
func (c *View) unknowns() []recount.Finding {
	var out []recount.Finding
	by, odd := map[string][]string{}, map[string][]string{} // what is missing, or not allowed -> decisions
	for _, p := range c.placed.all() {
		if c.calibration(p.Round) {
			continue // it holds nowhere
		}
		switch b := p.answer.(type) {
		case recount.CodeBody:
			if c.Recoded(b.Code) != b.Code {
				continue // it has become another
			}
		case recount.PassageBody:
			if c.Recoded(b.Code) != b.Code {
				continue
			}
		case recount.ValueBody, recount.CriterionBody, recount.DateBody, recount.PageBody, recount.ScreenBody, recount.ReadBody, recount.AssignBody, recount.RelationBody,
			recount.OwnerBody, recount.MemoBody, recount.NoteBody, recount.WeightsBody, recount.RuleBody:
		default:
			continue
		}
		err := c.check(p.answer)
		if errors.Is(err, recount.ErrNotFound) {
			by[err.Error()] = append(by[err.Error()], p.ID)
		} else if _, value := p.answer.(recount.ValueBody); value && errors.Is(err, recount.ErrInvalid) {
			odd[err.Error()] = append(odd[err.Error()], p.ID)
		} else if _, weights := p.answer.(recount.WeightsBody); weights && err != nil {
			out = append(out, recount.Finding{What: "unknown", Decisions: []string{p.ID}, Text: "weights that cannot be meant, so that those of the program hold: " + cause(err)})
		}
	}
	for what, ids := range by {
		slices.Sort(ids)
		what = strings.TrimPrefix(what, recount.ErrNotFound.Error()+": ")
		out = append(out, recount.Finding{What: "unknown", Decisions: ids, Text: "answers wait for what the study does not have: " + what})
	}
	for what, ids := range odd {
		slices.Sort(ids)
		what = strings.TrimPrefix(what, recount.ErrInvalid.Error()+": ")
		out = append(out, recount.Finding{What: "unknown", Decisions: ids, Text: "answers that study.yaml does not allow: " + what})
	}
	return out
}
