package study

import (
	"context"
	"slices"
	"time"

	"recount"
	"recount/internal/casebook"
)

// A Drift says how coding went from week to week: how far coders agreed on codes
// that week, and how often each gave each code.
type Drift struct {
	Weeks  []DriftWeek
	Coders []string
	Codes  []DriftCode
}

// A DriftWeek holds the questions whether a code applies that had two answers
// for the first time in that week.
type DriftWeek struct {
	Agreement
	Monday string // 2026-11-02
	Looked []int  // by coder: statements that he or she looked at in that week
}

// A DriftCode is how often each coder gave one code in each week.
type DriftCode struct {
	Code  string
	Given [][]int // by week, by coder
}

// Drift compares what coders answered week by week, in one round or with "" in
// all that are no calibration, from before anybody settled it.
func (s *Study) Drift(ctx context.Context, round string) (*Drift, error) {
	book, err := s.loaded(ctx)
	if err != nil {
		return nil, err
	}
	given, err := book.GivenBefore(ctx, round, recount.KindCode, recount.KindStatement)
	if err != nil {
		return nil, err
	}
	return driftOf(given), nil
}

// monday is the first day of the week of a moment, in UTC.
func monday(moment string) string {
	t, err := time.Parse(time.RFC3339, moment)
	if err != nil {
		return ""
	}
	t = t.UTC()
	return t.AddDate(0, 0, -(int(t.Weekday())+6)%7).Format(time.DateOnly)
}

func driftOf(given []casebook.Given) *Drift {
	type mark struct{ place, actor string }
	looked := map[mark]string{} // when a coder had looked at a statement first
	said := map[mark]map[string]casebook.Given{}
	for _, g := range given {
		k := mark{g.Place, g.Actor}
		note := func() {
			if was, ok := looked[k]; !ok || g.Time < was {
				looked[k] = g.Time
			}
		}
		switch b := g.Answer.(type) {
		case recount.StatementBody:
			if b.Answer == recount.Accepted {
				note()
			}
		case recount.CodeBody:
			note()
			if said[k] == nil {
				said[k] = map[string]casebook.Given{}
			}
			said[k][b.Code] = g
		}
	}
	coders, mondays, codes := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for k, at := range looked {
		coders[k.actor] = true
		mondays[monday(at)] = true
	}
	for _, by := range said {
		for code, g := range by {
			codes[code] = true
			mondays[monday(g.Time)] = true
		}
	}
	out := &Drift{Coders: sorted(coders)}
	weeks := map[string]int{}
	for i, m := range sorted(mondays) {
		weeks[m] = i
		out.Weeks = append(out.Weeks, DriftWeek{Monday: m, Looked: make([]int, len(coders))})
	}
	at := map[string]int{}
	for i, c := range out.Coders {
		at[c] = i
	}
	for k, when := range looked {
		out.Weeks[weeks[monday(when)]].Looked[at[k.actor]]++
	}
	units := codedUnits(given)
	for _, code := range sorted(codes) {
		x := DriftCode{Code: code}
		for range out.Weeks {
			x.Given = append(x.Given, make([]int, len(out.Coders)))
		}
		for k, by := range said {
			if g, ok := by[code]; ok && g.Answer.Says() == recount.Yes {
				x.Given[weeks[monday(g.Time)]][at[k.actor]]++
			}
		}
		out.Codes = append(out.Codes, x)
		for _, u := range units[code] {
			var times []string
			place := u.ID[:len(u.ID)-len("\x02"+code)]
			for _, a := range u.Answers {
				k := mark{place, a.Actor}
				if g, ok := said[k][code]; ok {
					times = append(times, g.Time)
				} else {
					times = append(times, looked[k])
				}
			}
			if len(times) > 1 {
				slices.Sort(times)
				w := &out.Weeks[weeks[monday(times[1])]]
				w.units = append(w.units, u)
			}
		}
	}
	for i := range out.Weeks {
		w := &out.Weeks[i]
		w.Agreement = agree(recount.KindCode, "", "", w.units, nil)
	}
	return out
}
