package count

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"recount"
)

// differ lets coders differ on what members have: values and genders, codes,
// and statements that were said, or not, as thought or speech, by one of two
// members of an article.
func differ(rng *rand.Rand, p *Problem, most int) *Problem {
	p.Members = slices.Clone(p.Members)
	pick := func(of ...string) string { return of[rng.IntN(len(of))] }
	ask := func(what, about string, answers []string, touched ...*recount.Member) recount.Key {
		d := recount.Dispute{Key: recount.KeyOf(what, about), What: what, Text: "what of " + about + "?", Answers: answers}
		for _, m := range touched {
			if !slices.ContainsFunc(m.Disputes, func(x recount.Dispute) bool { return x.Key == d.Key }) {
				m.Disputes = append(m.Disputes, d)
			}
		}
		return d.Key
	}
	perhaps := func(m *recount.Member, x recount.Perhaps, conditions ...string) {
		for i := 0; i < len(conditions); i += 2 {
			x.If = append(x.If, recount.Condition{Dispute: recount.Key(conditions[i]), Answer: conditions[i+1]})
		}
		m.Perhaps = append(m.Perhaps, x)
	}
	for n := range rng.IntN(most + 1) {
		i := rng.IntN(len(p.Members))
		m := &p.Members[i]
		about := fmt.Sprint(n, m.Key)
		other := &p.Members[(i+1)%len(p.Members)]
		value := func(v string) []recount.Value {
			return []recount.Value{{Variable: "country", Value: v, Article: m.Article, Day: m.Published(), Decision: "v" + v}}
		}
		said := []recount.AcceptedStatement{{Article: m.Article, At: []recount.Span{{Start: 20 + n, End: 40}}}}
		coding := []recount.Coding{{Code: pick("money", "money.theft", "fear"), Article: m.Article, At: []recount.Span{{Start: 20 + n, End: 40}}}}
		switch rng.IntN(10) {
		case 0:
			k := ask("value", about, []string{"", "Aland", "Bland"}, m)
			perhaps(m, recount.Perhaps{Values: value("Aland")}, string(k), "Aland")
			perhaps(m, recount.Perhaps{Values: value("Bland")}, string(k), "Bland")
		case 1:
			m.Speaker.Gender = recount.UnknownGender
			k := ask("gender", string(m.Key), []string{"", "woman", "man"}, m)
			if len(m.Perhaps) == 0 {
				perhaps(m, recount.Perhaps{Gender: recount.Woman}, string(k), "woman")
				perhaps(m, recount.Perhaps{Gender: recount.Man}, string(k), "man")
			}
		case 2:
			perhaps(m, recount.Perhaps{Codes: coding}, string(ask("code", about, []string{"no", "yes"}, m)), "yes")
		case 3: // said or not, and coded or not
			k := ask("statement", about, []string{"no", "yes"}, m)
			perhaps(m, recount.Perhaps{Statements: said}, string(k), "yes")
			perhaps(m, recount.Perhaps{Codes: coding}, string(k), "yes", string(ask("code", about, []string{"no", "yes"}, m)), "yes")
		case 4: // by one of two, with a code
			if other == m {
				continue
			}
			if rng.IntN(2) == 0 { // the first holds until it is settled
				k := ask("speaker", about, [][]string{{"a", "b"}, {"a", "b", ""}}[rng.IntN(2)], m, other)
				perhaps(m, recount.Perhaps{Gone: true, Statements: said, Codes: coding}, string(k), "")
				m.Statements, m.Codes = append(slices.Clone(m.Statements), said...), append(slices.Clone(m.Codes), coding...)
				perhaps(m, recount.Perhaps{Gone: true, Statements: said, Codes: coding}, string(k), "b")
				perhaps(other, recount.Perhaps{Statements: said, Codes: coding}, string(k), "b")
				continue
			}
			k := ask("speaker", about, []string{"", "a", "b"}, m, other)
			perhaps(m, recount.Perhaps{Statements: said, Codes: coding}, string(k), "a")
			perhaps(other, recount.Perhaps{Statements: said, Codes: coding}, string(k), "b")
		case 5: // by one of two, spoken or thought; of whom is the value
			if other == m {
				continue
			}
			k := ask("speaker", about, []string{"", "a", "b"}, m, other)
			mode := ask("mode", about, []string{"thought", "speech"}, m, other)
			perhaps(m, recount.Perhaps{Statements: said}, string(k), "a", string(mode), "speech")
			perhaps(other, recount.Perhaps{Statements: said}, string(k), "b", string(mode), "speech")
			perhaps(other, recount.Perhaps{Values: value("Aland")}, string(ask("subject", about, []string{"", "a", "b"}, other)), "b")
		case 6, 7: // who printed the article
			for j := range p.Members {
				if x := &p.Members[j]; x.Article == m.Article && !slices.ContainsFunc(x.Disputes, func(d recount.Dispute) bool { return d.Key == recount.KeyOf("outlet", string(m.Article)) }) {
					k := ask("outlet", string(m.Article), []string{x.Outlet, "Three"}, x)
					perhaps(x, recount.Perhaps{Prints: []recount.Print{{Article: m.Article, Outlet: "Three"}}}, string(k), "Three")
				}
			}
		case 9: // what kind of speaker it is
			if slices.ContainsFunc(m.Disputes, func(d recount.Dispute) bool { return d.What == "kind" }) {
				continue
			}
			answers := []string{string(m.Speaker.Kind)}
			for range 1 + rng.IntN(2) {
				if k := string(recount.SpeakerKinds[rng.IntN(len(recount.SpeakerKinds))]); !slices.Contains(answers, k) {
					answers = append(answers, k)
				}
			}
			k := ask("kind", string(m.Key), answers, m)
			for _, a := range answers[1:] {
				perhaps(m, recount.Perhaps{Kind: recount.SpeakerKind(a)}, string(k), a)
			}
		case 8: // how reprints count
			if slices.ContainsFunc(p.Members, func(x recount.Member) bool {
				return slices.ContainsFunc(x.Disputes, func(d recount.Dispute) bool { return d.What == "rule" })
			}) {
				continue
			}
			days := map[recount.Key][]string{}
			for j := range p.Members {
				x := &p.Members[j]
				if days[x.Article] == nil {
					days[x.Article] = [][]string{{"2014-11-03"}, {"2015-06-01"}, x.Dates, {"2014-12-30", "2015-01-02"}}[rng.IntN(4)]
				}
				d := days[x.Article]
				k := ask("rule", "fold", []string{"on", "off"}, x)
				perhaps(x, recount.Perhaps{Where: &recount.Where{Day: d[0], Dates: d}}, string(k), "off")
			}
		}
	}
	return p
}

// answeredSo lists the problems in which every dispute has one of its answers.
func answeredSo(p *Problem) (out []*Problem) {
	var all []recount.Dispute
	for _, m := range p.Members {
		for _, d := range m.Disputes {
			if !slices.ContainsFunc(all, func(x recount.Dispute) bool { return x.Key == d.Key }) {
				all = append(all, d)
			}
		}
	}
	answers := map[recount.Key]string{}
	var try func(i int)
	try = func(i int) {
		if i < len(all) {
			for _, a := range all[i].Answers {
				answers[all[i].Key] = a
				try(i + 1)
			}
			return
		}
		w := *p
		w.Members = slices.Clone(p.Members)
		for j := range w.Members {
			m := &w.Members[j]
			was := m.Perhaps
			m.Disputes, m.Perhaps = nil, nil
			for _, x := range was {
				if slices.ContainsFunc(x.If, func(c recount.Condition) bool { return answers[c.Dispute] != c.Answer }) {
					continue
				}
				if x.Gender != "" {
					m.Speaker.Gender = x.Gender
				}
				if x.Kind != "" {
					m.Speaker.Kind = x.Kind
				}
				for _, o := range x.Prints {
					if o.Article == m.Article {
						m.Outlet = o.Outlet
					}
				}
				if x.Gone {
					for _, c := range x.Codes {
						i := slices.IndexFunc(m.Codes, func(o recount.Coding) bool { return o.Code == c.Code && fmt.Sprint(o.At) == fmt.Sprint(c.At) })
						m.Codes = slices.Delete(slices.Clone(m.Codes), i, i+1)
					}
					for _, s := range x.Statements {
						i := slices.IndexFunc(m.Statements, func(o recount.AcceptedStatement) bool { return fmt.Sprint(o.At) == fmt.Sprint(s.At) })
						m.Statements = slices.Delete(slices.Clone(m.Statements), i, i+1)
					}
					continue
				}
				if x.Where != nil {
					m.Day, m.Dates = x.Where.Day, x.Where.Dates
				}
				m.Values, m.Codes, m.Statements = slices.Concat(m.Values, x.Values), slices.Concat(m.Codes, x.Codes), slices.Concat(m.Statements, x.Statements)
			}
		}
		for j := range w.Members { // a value is of the day of its article
			w.Members[j].Values = slices.Clone(w.Members[j].Values)
			for k := range w.Members[j].Values {
				if v := &w.Members[j].Values[k]; v.Article == w.Members[j].Article {
					v.Day = w.Members[j].Published()
				}
			}
		}
		out = append(out, &w)
	}
	try(0)
	return out
}

// worldsOf is at most how many worlds bruteForce walks.
func worldsOf(p *Problem) int {
	n := len(answeredSo(p))
	for _, l := range p.Links {
		if l.Answer == recount.Unsure {
			n *= 2
		}
	}
	dated := map[recount.Key]bool{}
	for _, m := range p.Members {
		if m.Scope == recount.Unclear {
			n *= 2
		}
		if !dated[m.Article] {
			dated[m.Article] = true
			n *= len(m.Dates)
		}
	}
	return n
}

var differQueries = append([]Query{
	{Where: `has("money")`}, {Share: true, Where: `has("fear")`, Of: `statements >= 1`}, {Where: `statements >= 2`},
	{Where: `country == "Aland" && has("money")`}, {Where: `value("country") == "unknown"`, Of: `gender == "man"`, Share: true},
	{By: "kind"}, {Where: `kind == "named"`}, {Share: true, Where: `kind != "pseudonym"`, Of: `gender != "man"`}, {By: "kind, gender"}, {Where: `kind == "anonymous" && has("money")`},
	{Where: `outlets == 1`}, {Share: true, Where: `first_outlet == "Three"`}, {Where: `reported_by("Three") && first_reported < "2015"`},
	{Where: `"fear" in codes || gender == "woman"`}, {Where: `len(codes) > 1 && statements > 0`},
}, randomQueries...)

// Where coders differ a range is that of every way to settle what they differ
// on, and what is accepted lies in it.
func TestRangeEqualsBruteForceWhereCodersDiffer(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	compared, wide := 0, 0
	tried := tries(300, 900)
	for i := range tried {
		p := differ(rng, randomProblem(rng), 3)
		if worldsOf(p) > 400 {
			continue // too many to walk
		}
		p.Codes = recount.Codebook{Codes: []recount.Code{{Code: "money"}, {Code: "money.theft", Parent: "money"}, {Code: "fear"}}}
		graded(p)
		all := slices.Concat(differQueries, gradeQueries[1:2], gradeQueries[4:])
		q := all[i%len(all)]
		tight := i%5 == 0
		if tight {
			p.Rules.NodeBudget = 1 + rng.IntN(200)
		}
		if i%3 == 0 {
			tear(rng, p)
		}
		r := result(t, p, q)
		var n, of, shares [][2]int
		for _, w := range answeredSo(p) {
			w.Rules.NodeBudget = 0
			a, b, c := bruteForce(t, w, q)
			n, of, shares = append(n, a...), append(of, b...), append(shares, c...)
		}
		compared++
		describe := func() string { b, _ := json.Marshal(p); return string(b) }
		lo, hi := ends(n)
		if r.Range.Exact && (r.Range.Low != lo[0] || r.Range.High != hi[0]) || r.Range.Low > lo[0] || r.Range.High < hi[0] || !tight && !r.Range.Exact {
			t.Fatalf("problem %d, %+v: N %+v, brute force %d to %d\n%s", i, q, r.Range, lo[0], hi[0], describe())
		}
		if r.N < r.Range.Low || r.N > r.Range.High {
			t.Fatalf("problem %d, %+v: %d accepted, range %+v\n%s", i, q, r.N, r.Range, describe())
		}
		if lo != hi {
			wide++
		}
		if q.Share {
			lo, hi = ends(of)
			if r.OfRange.Exact && (r.OfRange.Low != lo[0] || r.OfRange.High != hi[0]) || r.OfRange.Low > lo[0] || r.OfRange.High < hi[0] {
				t.Fatalf("problem %d, %+v: Of %+v, brute force %d to %d\n%s", i, q, r.OfRange, lo[0], hi[0], describe())
			}
			if len(shares) > 0 && r.ShareRange.Exact {
				lo, hi = ends(shares)
				if got := r.ShareRange; got.LowN*lo[1] != lo[0]*got.LowOf || got.HighN*hi[1] != hi[0]*got.HighOf {
					t.Fatalf("problem %d, %+v: share %+v, brute force %v to %v\n%s", i, q, got, lo, hi, describe())
				}
			}
		}
		if (r.Range.High > r.Range.Low || r.OfRange.High > r.OfRange.Low) && len(r.Questions) == 0 {
			t.Fatalf("problem %d, %+v: a range %+v without a question", i, q, r)
		}
	}
	if compared < tried/3 || wide < tried/9 {
		t.Errorf("only %d problems compared, %d with a range", compared, wide)
	}
}

// Two coders who differ on forty codes of one person: counts that look at no
// code have no range, and those that do are still exact.
func TestManyDisputesAboutOnePerson(t *testing.T) {
	m := person("a", "2014-11-03", "One", recount.Woman)
	for i := range 40 {
		code := []string{"money", "fear"}[i%2]
		d := recount.Dispute{Key: recount.KeyOf("code", fmt.Sprint(i)), What: "code", Answers: []string{"no", "yes"}}
		m.Disputes = append(m.Disputes, d)
		m.Perhaps = append(m.Perhaps, recount.Perhaps{If: []recount.Condition{{Dispute: d.Key, Answer: "yes"}}, Codes: []recount.Coding{{Code: code}}})
	}
	p := &Problem{Members: []recount.Member{m}, Codes: recount.Codebook{Codes: []recount.Code{{Code: "money"}, {Code: "fear"}}}}
	tests := []struct {
		q    Query
		want recount.IntRange
	}{
		{Query{}, recount.IntRange{Low: 1, High: 1, Exact: true}},
		{Query{Where: `gender == "woman"`}, recount.IntRange{Low: 1, High: 1, Exact: true}},
		{Query{Where: `has("money")`}, recount.IntRange{High: 1, Exact: true}},
		{Query{Where: `has("money") && has("fear")`}, recount.IntRange{High: 1, Exact: true}},
		{Query{Where: `len(codes) == 1`}, recount.IntRange{High: 1, Exact: true}},
	}
	for _, tt := range tests {
		if r := result(t, p, tt.q); r.Range != tt.want {
			t.Errorf("%+v: %+v, want %+v", tt.q, r.Range, tt.want)
		}
	}
}

// A value on which people differ may stand in an article whose day is open: an
// answer to the day moves it as it moves a value on which they agree.
func TestDayOfADisputedValue(t *testing.T) {
	early, late := "2014-01-01", "2015-01-01"
	for _, tt := range []struct {
		rule, published string
		disputed        bool
		want            []string // what the questions that move the count ask
	}{
		{"earliest", early, true, []string{"date", "value"}},
		{"earliest", late, true, []string{"date", "value"}},
		{"latest", early, true, []string{"date", "value"}},
		{"latest", late, true, []string{"date", "value"}},
		{"earliest", early, false, []string{"date"}},
		{"latest", late, false, []string{"date"}},
		{"conflict", early, true, nil}, // two values are none, whatever their days
	} {
		x, y := person("x", "2014-06-01", "One", recount.Woman), person("y", early, "Two", recount.Man)
		y.Dates, y.Day = []string{early, late}, tt.published
		x.Values = []recount.Value{{Variable: "country", Value: "Aland", Article: x.Article, Day: "2014-06-01", Decision: "a"}}
		there := recount.Value{Variable: "country", Value: "Bland", Article: y.Article, Day: tt.published, Decision: "b"}
		if tt.disputed {
			d := recount.Dispute{Key: "dispute", What: "value", Answers: []string{"", "Bland"}}
			x.Disputes = []recount.Dispute{d}
			x.Perhaps = []recount.Perhaps{{If: []recount.Condition{{Dispute: d.Key, Answer: "Bland"}}, Values: []recount.Value{there}}}
		} else {
			x.Values = append(x.Values, there)
		}
		p := &Problem{Members: []recount.Member{x, y}, Variables: []string{"country"}, Rules: Rules{Conflict: tt.rule}}
		var got []string
		for _, q := range result(t, p, Query{Where: `country == "Bland"`}).Questions {
			got = append(got, q.What)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s, published %s, disputed %v: questions about %q move the count, want %q", tt.rule, tt.published, tt.disputed, got, tt.want)
		}
	}
}
