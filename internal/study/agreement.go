package study

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"recount"
	"recount/internal/casebook"
	"recount/internal/coding"
)

// An Agreement says how far coders agree on one kind of question, before
// anybody settled what they differed on.
type Agreement struct {
	Kind         recount.Kind
	What         string   // one answer compared with another is about, in words
	Subject      string   // one code, criterion or variable; "" for all
	Coders       []string // who answered
	Questions    int      // that anybody answered
	Twice        int      // of them by two coders or more
	Differ       int      // of those, on how many the answers differ
	Coefficients []coding.Coefficient
	Disputed     []Disputed // questions that coders answered differently; of all subjects together

	units []coding.Unit
}

// Between returns the interval of a coefficient, by resampling the questions.
func (a *Agreement) Between(c coding.Coefficient) coding.Interval {
	return coding.Between(c, a.units)
}

// Disputed is a question that coders answered differently before anybody
// settled it.
type Disputed struct {
	Given   []casebook.Given // the answers, by coder; of a code that a coder did not give, none
	Answers []coding.Answer
	Settled string // how an adjudicator answered since; "" if none did
}

// compared are the kinds of question on which agreement is computed, with what
// is compared.
var compared = []struct {
	kind recount.Kind
	what string
}{
	{recount.KindScope, "whether a speaker counts: yes, no or unclear"},
	{recount.KindCriterion, "whether a speaker meets a criterion: yes, no or unclear"},
	{recount.KindStatement, "whether words are a statement of this speaker: accepted or rejected"},
	{recount.KindCode, "whether a code applies to a statement; a code that a coder did not give to a statement that he or she accepted or coded is a no"},
	{recount.KindPassage, "whether a code applies to a passage"},
	{recount.KindLink, "whether two speakers are one person: same, different or unsure"},
	{recount.KindValue, "the value of a variable of a speaker"},
	{recount.KindSpeaker, "name, kind and gender of a speaker, or that nobody is there"},
	{recount.KindScreen, "whether a page belongs to the study: yes, no or unclear"},
	{recount.KindRelation, "whether a page is a reprint of another: yes or no"},
	{recount.KindRole, "whether a passage belongs to the story: body or off_topic"},
	{recount.KindDate, "the day of a page"},
}

// Agreement compares what coders answered. kind is one of the kinds of
// decisions, or "" for all that two coders answered; round is one round of
// coding, or "" for all that are no calibration.
func (s *Study) Agreement(ctx context.Context, kind recount.Kind, round string) ([]Agreement, error) {
	known := []string{}
	for _, x := range compared {
		known = append(known, string(x.kind))
	}
	if kind != "" && !slices.Contains(known, string(kind)) {
		return nil, recount.WithHint(fmt.Errorf("agreement: %w: no kind of question named %q", recount.ErrInvalid, kind), "kinds are "+strings.Join(known, ", "))
	}
	book, err := s.loaded(ctx)
	if err != nil {
		return nil, err
	}
	if round != "" {
		rounds := map[string]bool{}
		for _, d := range book.Log().All() {
			rounds[d.Round] = true
		}
		if !rounds[round] {
			delete(rounds, "")
			hint := "no answer was given in a round yet: give --round NAME while coding"
			if len(rounds) > 0 {
				hint = "rounds are " + strings.Join(sorted(rounds), ", ")
			}
			return nil, recount.WithHint(fmt.Errorf("agreement: %w: no round named %q", recount.ErrNotFound, round), hint)
		}
	}
	var out []Agreement
	for _, x := range compared {
		if kind != "" && x.kind != kind {
			continue
		}
		kinds := []recount.Kind{x.kind}
		if x.kind == recount.KindCode {
			kinds = append(kinds, recount.KindStatement)
		}
		given, err := book.GivenBefore(ctx, round, kinds...)
		if err != nil {
			return nil, err
		}
		units := unitsOf(given)
		if x.kind == recount.KindCode {
			units = codedUnits(given)
		}
		all := agree(x.kind, x.what, "", flat(units), nil)
		if all.Disputed, err = disputed(ctx, book, flat(units), given); err != nil {
			return nil, err
		}
		if kind == "" && len(all.Coders) < 2 {
			continue
		}
		out = append(out, all)
		if x.kind == recount.KindCode || x.kind == recount.KindPassage || x.kind == recount.KindCriterion || x.kind == recount.KindValue {
			for _, subject := range sorted(units) {
				out = append(out, agree(x.kind, x.what, subject, units[subject], s.scaled(x.kind, subject)))
			}
		}
	}
	return out, nil
}

func sorted[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// unitsOf gathers answers by question, under the code, criterion or variable
// that the question names.
func unitsOf(given []casebook.Given) map[string][]coding.Unit {
	type unit struct{ subject, question string }
	by := map[unit]map[string][]string{}
	for _, g := range given {
		k := unit{g.Answer.Subject(), g.Question}
		if by[k] == nil {
			by[k] = map[string][]string{}
		}
		by[k][g.Actor] = append(by[k][g.Actor], g.Answer.Says())
	}
	out := map[string][]coding.Unit{}
	for k, answers := range by {
		u := coding.Unit{ID: k.question}
		for _, actor := range sorted(answers) {
			// Several values of one variable are one answer.
			said := slices.Compact(slices.Sorted(slices.Values(answers[actor])))
			u.Answers = append(u.Answers, coding.Answer{Actor: actor, Value: strings.Join(said, "; ")})
		}
		out[k.subject] = append(out[k.subject], u)
	}
	return out
}

// codedUnits gathers what coders said of each code and statement. Whoever
// accepted or coded a statement, and said nothing of a code that another gave
// it, said no.
func codedUnits(given []casebook.Given) map[string][]coding.Unit {
	type mark struct{ place, actor string }
	looked := map[mark]bool{}
	said := map[mark]map[string]string{}
	codes, places, actors := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, g := range given {
		k := mark{g.Place, g.Actor}
		switch b := g.Answer.(type) {
		case recount.StatementBody:
			if b.Answer == recount.Accepted {
				looked[k] = true
			}
		case recount.CodeBody:
			looked[k] = true
			if said[k] == nil {
				said[k] = map[string]string{}
			}
			said[k][b.Code] = string(b.Answer)
			codes[b.Code] = true
		}
		places[g.Place], actors[g.Actor] = true, true
	}
	out := map[string][]coding.Unit{}
	for _, code := range sorted(codes) {
		for _, place := range sorted(places) {
			u := coding.Unit{ID: place + "\x02" + code}
			for _, actor := range sorted(actors) {
				if k := (mark{place, actor}); looked[k] {
					u.Answers = append(u.Answers, coding.Answer{Actor: actor, Value: cmp.Or(said[k][code], recount.No)})
				}
			}
			if u.Answers != nil {
				out[code] = append(out[code], u)
			}
		}
	}
	return out
}

func flat(units map[string][]coding.Unit) (out []coding.Unit) {
	for _, k := range sorted(units) {
		out = append(out, units[k]...)
	}
	return out
}

// scaled returns the coefficient for a variable whose values study.yaml orders,
// or whose answers may be numbers; nil for other questions.
func (s *Study) scaled(kind recount.Kind, subject string) func([]coding.Unit) coding.Coefficient {
	if kind != recount.KindValue {
		return nil
	}
	for _, v := range s.config.Variables {
		switch {
		case v.Name != subject:
		case v.Ordered:
			return func(us []coding.Unit) coding.Coefficient { return coding.ScaledAlpha(us, coding.Ordinal, v.Values) }
		case len(v.Values) == 0:
			return func(us []coding.Unit) coding.Coefficient { return coding.ScaledAlpha(us, coding.Numbers, nil) }
		}
	}
	return nil
}

// agree computes the coefficients over units, and the one of a scale if there
// is any.
func agree(kind recount.Kind, what, subject string, units []coding.Unit, scaled func([]coding.Unit) coding.Coefficient) Agreement {
	a := Agreement{Kind: kind, What: what, Subject: subject, Questions: len(units), units: units}
	coders := map[string]bool{}
	for _, u := range units {
		differ := false
		for _, x := range u.Answers {
			coders[x.Actor] = true
			differ = differ || x.Value != u.Answers[0].Value
		}
		if len(u.Answers) > 1 {
			a.Twice++
			if differ {
				a.Differ++
			}
		}
	}
	a.Coders = sorted(coders)
	a.Coefficients = append(a.Coefficients, coding.Percent(units))
	for i, x := range a.Coders {
		for _, y := range a.Coders[i+1:] {
			a.Coefficients = append(a.Coefficients, coding.Kappa(units, x, y))
		}
	}
	a.Coefficients = append(a.Coefficients, coding.Alpha(units), coding.AC1(units))
	if scaled != nil {
		// A variable whose answers are no numbers has no such scale.
		if c := scaled(units); c.Units > 0 {
			a.Coefficients = append(a.Coefficients, c)
		}
	}
	return a
}

// disputed lists the questions that coders answered differently.
func disputed(ctx context.Context, book *casebook.Casebook, units []coding.Unit, given []casebook.Given) (out []Disputed, err error) {
	by := map[string][]casebook.Given{}
	for _, g := range given {
		id := g.Question
		if b, ok := g.Answer.(recount.CodeBody); ok {
			id = g.Place + "\x02" + b.Code
		}
		by[id] = append(by[id], g)
	}
	for _, u := range units {
		if !slices.ContainsFunc(u.Answers, func(a coding.Answer) bool { return a.Value != u.Answers[0].Value }) || by[u.ID] == nil {
			continue
		}
		d := Disputed{Given: by[u.ID], Answers: u.Answers}
		_, answers, err := book.Question(ctx, d.Given[0].Answer)
		if err != nil {
			return nil, err
		}
		for _, a := range answers {
			if book.Log().Adjudicator(a.Actor) {
				d.Settled = a.Answer.Says()
			}
		}
		out = append(out, d)
	}
	return out, nil
}
