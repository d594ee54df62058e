package study

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

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

	// Changed is how many answers their own coders gave otherwise or took back after
	// another coder had answered, of all subjects together, and First how far the
	// coders agreed before that; nil if there were none.
	Changed int
	First   *Agreement

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

type comparison struct {
	kind recount.Kind
	what string
}

// compared are the kinds of question on which agreement is computed, with what
// is compared.
var compared = []comparison{
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
		given, first, changed, err := book.GivenFirst(ctx, round, kinds...)
		if err != nil {
			return nil, err
		}
		of := unitsOf
		if x.kind == recount.KindCode {
			of = codedUnits
		}
		units := of(given)
		all := agree(x.kind, x.what, "", flat(units), nil)
		if all.Changed = changed; changed > 0 {
			a := agree(x.kind, x.what, "", flat(of(first)), nil)
			all.First = &a
		}
		if all.Disputed, err = disputed(ctx, book, flat(units), given); err != nil {
			return nil, err
		}
		var cuts *cuts
		if x.kind == recount.KindPassage {
			if cuts, err = s.cuts(ctx, book, round); err != nil {
				return nil, err
			}
			all.Coefficients = append(all.Coefficients, cuts.agreement("")...)
		}
		if kind == "" && len(all.Coders) < 2 {
			continue
		}
		out = append(out, all)
		if x.kind == recount.KindCode || x.kind == recount.KindPassage || x.kind == recount.KindCriterion || x.kind == recount.KindValue {
			for _, subject := range sorted(units) {
				a := agree(x.kind, x.what, subject, units[subject], s.scaled(x.kind, subject))
				if cuts != nil {
					a.Coefficients = append(a.Coefficients, cuts.agreement(subject)...)
				}
				out = append(out, a)
			}
		}
	}
	return out, nil
}

// Judges lists the adjudicators who answered what coders are compared on in a
// round, or in any with "": Agreement leaves their answers out.
func (s *Study) Judges(ctx context.Context, round string) ([]string, error) {
	book, err := s.loaded(ctx)
	if err != nil {
		return nil, err
	}
	l := book.Log()
	found := map[string]bool{}
	for _, d := range l.All() {
		kind := slices.ContainsFunc(compared, func(x comparison) bool { return x.kind == d.Kind })
		if kind && l.Live(d.ID) && l.Adjudicator(d.Actor) && (round == "" || d.Round == round) {
			found[d.Actor] = true
		}
	}
	return sorted(found), nil
}

// cuts are the passages that coders marked in the articles that they read.
type cuts struct {
	letters map[recount.Key]int                                  // of each article
	read    map[string]map[recount.Key]bool                      // by coder
	marks   map[string]map[recount.Key]map[string][]recount.Span // by coder, article and code
}

// cuts gathers what coders marked. A coder is taken to have read an article in
// which he or she coded or answered for a passage or a statement.
func (s *Study) cuts(ctx context.Context, book *casebook.Casebook, round string) (*cuts, error) {
	given, err := book.GivenBefore(ctx, round, recount.KindPassage, recount.KindCode, recount.KindStatement)
	if err != nil {
		return nil, err
	}
	c := &cuts{map[recount.Key]int{}, map[string]map[recount.Key]bool{}, map[string]map[recount.Key]map[string][]recount.Span{}}
	points := map[recount.Key]*recount.CodePoints{}
	for _, g := range given {
		if g.Article == "" || len(g.Spans) == 0 {
			continue
		}
		if c.read[g.Actor] == nil {
			c.read[g.Actor], c.marks[g.Actor] = map[recount.Key]bool{}, map[recount.Key]map[string][]recount.Span{}
		}
		c.read[g.Actor][g.Article] = true
		b, ok := g.Answer.(recount.PassageBody)
		if !ok || b.Answer != recount.YesNo(recount.Yes) {
			continue
		}
		if points[g.Article] == nil {
			a, err := s.store.Article(ctx, g.Article)
			if err != nil {
				return nil, err
			}
			points[g.Article] = recount.NewCodePoints(a.Text)
			c.letters[g.Article] = utf8.RuneCountInString(a.Text)
		}
		if c.marks[g.Actor][g.Article] == nil {
			c.marks[g.Actor][g.Article] = map[string][]recount.Span{}
		}
		for _, sp := range g.Spans {
			at := points[g.Article].Points(sp)
			c.marks[g.Actor][g.Article][b.Code] = append(c.marks[g.Actor][g.Article][b.Code], recount.Span{Start: at[0], End: at[1]})
		}
	}
	for _, articles := range c.read {
		for k := range articles {
			if _, known := c.letters[k]; known {
				continue
			}
			a, err := s.store.Article(ctx, k)
			if err != nil {
				return nil, err
			}
			c.letters[k] = utf8.RuneCountInString(a.Text)
		}
	}
	return c, nil
}

// agreement says of each pair of coders how far they cut the articles that both
// read into the same passages: of one code, or of all, where what counts is the
// code of each stretch, and then also how far they agree on the code where both
// marked something.
func (c *cuts) agreement(code string) (out []coding.Coefficient) {
	coders := slices.DeleteFunc(sorted(c.read), func(a string) bool { return len(c.marks[a]) == 0 }) // who marks passages
	for i, a := range coders {
		for _, b := range coders[i+1:] {
			length := 0
			marks := map[string][]coding.Marked{a: nil, b: nil}
			for _, k := range sorted(c.read[a]) {
				if !c.read[b][k] {
					continue
				}
				for actor := range marks {
					byCode := c.marks[actor][k]
					for _, name := range sorted(byCode) {
						if code != "" && name != code {
							continue
						}
						for _, sp := range byCode[name] {
							marks[actor] = append(marks[actor], coding.Marked{Span: recount.Span{Start: length + sp.Start, End: length + sp.End}, Value: name})
						}
					}
				}
				length += c.letters[k]
			}
			if len(marks[a])+len(marks[b]) == 0 {
				continue
			}
			out = append(out, coding.UAlpha(length, marks))
			if code == "" {
				out = append(out, coding.CUAlpha(length, a, b, marks))
			}
		}
	}
	return out
}

func sorted[K ~string, V any](m map[K]V) []K {
	out := make([]K, 0, len(m))
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
