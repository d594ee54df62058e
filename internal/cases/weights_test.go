package cases

import (
	"errors"
	"slices"
	"testing"

	"recount"
)

// scored is a suggestion with these bars, by the weights that ship.
func scored(bars ...recount.Bar) recount.Suggestion {
	s := recount.Suggestion{A: "a", B: "b", Bars: append([]recount.Bar{{Field: "prior", Bits: prior}}, bars...)}
	for _, b := range s.Bars {
		s.Weight += b.Bits
	}
	s.Probability = probability(s.Weight)
	return s
}

func bar(field string, bits int) recount.Bar { return recount.Bar{Field: field, Bits: bits} }

// answers is n pairs with these bars, of which same were answered the same.
func answers(n, same int, bars ...recount.Bar) (out []Answered) {
	for i := range n {
		out = append(out, Answered{scored(bars...), i < same})
	}
	return out
}

func parameter(t *testing.T, ps []Parameter, level string) Parameter {
	t.Helper()
	i := slices.IndexFunc(ps, func(p Parameter) bool { return p.Level == level })
	if i < 0 {
		t.Fatalf("no level named %q", level)
	}
	return ps[i]
}

// Where answers say the same of an outcome as what ships, its weight stays near;
// where they say otherwise it moves their way, and the further the more they are.
func TestEstimate(t *testing.T) {
	name := bar("name", nameFull)
	t.Run("no answers move nothing", func(t *testing.T) {
		for _, p := range Estimate(nil) {
			if p.Bits != p.Shipped || p.High-p.Low != 784 {
				t.Errorf("%q: %d became %d (%d to %d)", p.Level, p.Shipped, p.Bits, p.Low, p.High)
			}
		}
	})
	t.Run("names that many bear here", func(t *testing.T) {
		last := 1 << 20
		for _, n := range []int{20, 100, 400} {
			p := parameter(t, Estimate(answers(n, n/2, name)), "name: all parts")
			if p.Bits >= last || p.Bits > p.Shipped || p.Same != n/2 || p.Different != n-n/2 || p.Low > p.Bits || p.High < p.Bits {
				t.Errorf("%d pairs, half of them of one: %+v after %d", n, p, last)
			}
			last = p.Bits
		}
	})
	t.Run("the probability becomes the share of the answers", func(t *testing.T) {
		// 300 of 1000 pairs that have nothing but a full name
		w := 0
		for _, p := range Estimate(answers(1000, 300, name)) {
			if p.Level == "name: all parts" || p.Level == "prior" {
				w += p.Bits
			}
		}
		if p := probability(w); p < 290 || p > 310 {
			t.Errorf("P = %d of 1000, want about 300", p)
		}
	})
	t.Run("what was asked of the likely ones alone does not weigh names down", func(t *testing.T) {
		// 1/(1+2^-4) of those with a full name are one person: 94%
		ps := Estimate(answers(300, 282, name))
		if p := parameter(t, ps, "name: all parts"); p.Bits < p.Shipped-20 || p.Bits > p.Shipped+20 {
			t.Errorf("as likely as shipped, and %+v", p)
		}
	})
	t.Run("an outcome that says more here than elsewhere", func(t *testing.T) {
		ps := Estimate(slices.Concat(answers(200, 100, name), answers(200, 195, name, bar("home", samePlace/2))))
		if p := parameter(t, ps, "home: of two with names"); p.Bits < p.Shipped+100 {
			t.Errorf("%+v", p)
		}
	})
	t.Run("agreement never speaks against a pair", func(t *testing.T) {
		ps := Estimate(slices.Concat(answers(300, 290, name), answers(300, 3, name, bar("country", sameNation))))
		if p := parameter(t, ps, "country"); p.Bits != 0 {
			t.Errorf("%+v, want 0", p)
		}
	})
	t.Run("contradiction never speaks for one", func(t *testing.T) {
		ps := Estimate(slices.Concat(answers(300, 10, name), answers(300, 299, name, bar("age", otherBirth))))
		if p := parameter(t, ps, "age: years apart"); p.Bits != 0 {
			t.Errorf("%+v, want 0", p)
		}
	})
	t.Run("less agreement never weighs more", func(t *testing.T) {
		ps := Estimate(slices.Concat(answers(300, 30, bar("shared quotation", quotedLong)), answers(300, 295, bar("shared quotation", quotedShort))))
		long, short := parameter(t, ps, "shared quotation: twelve words and more"), parameter(t, ps, "shared quotation: six words and more")
		if short.Bits > long.Bits {
			t.Errorf("%+v outweighs %+v", short, long)
		}
	})
	t.Run("a common pseudonym never weighs more than it does", func(t *testing.T) {
		if p := parameter(t, Estimate(answers(300, 300, bar("pseudonym", nameKunya))), "pseudonym"); p.Bits > nameKunya {
			t.Errorf("%+v", p)
		}
	})
	t.Run("pairs of one page are no evidence", func(t *testing.T) {
		var inside []Answered
		for range 300 {
			inside = append(inside, Answered{recount.Suggestion{Bars: []recount.Bar{bar("name", nameFull), {Field: "one article", Bits: priorWithin}}}, false})
		}
		for _, p := range Estimate(inside) {
			if p.Bits != p.Shipped {
				t.Errorf("%+v", p)
			}
		}
	})
	t.Run("whatever is answered, the weights can be taken", func(t *testing.T) {
		bars := []recount.Bar{name, bar("surname", nameSurname+nameCommon), bar("gender", otherGender), bar("gender", doubtGender), bar("age", sameBirth), bar("age", farBirth),
			bar("occupation", sameJob), bar("occupation", sameOffice/2), bar("name", nameConflict), bar("junior or senior", mayYounger), bar("name", 1150), bar("first name", 0)}
		for seed := range 6 {
			var all []Answered
			for i := range bars {
				for k := range bars {
					if n := (seed*31 + i*17 + k*7) % 11; i != k && bars[i].Field != bars[k].Field {
						all = append(all, answers(n, n*((seed+i*k)%5)/4, bars[i], bars[k])...)
					}
				}
			}
			ps := Estimate(all)
			var given []recount.LevelWeight
			for _, p := range ps {
				given = append(given, recount.LevelWeight{Level: p.Level, Bits: p.Bits})
			}
			if _, err := NewWeights(given); err != nil {
				t.Errorf("%d: %v", seed, err)
			}
			slices.Reverse(all)
			if !slices.Equal(ps, Estimate(all)) {
				t.Errorf("%d: the order of the answers makes other weights", seed)
			}
		}
	})
}

// Every weight that compare gives is one of the levels, and no two fit one bar.
func TestEveryBarHasItsLevel(t *testing.T) {
	p := places()
	for i, l := range p.all {
		if got := levelOf(&recount.Bar{Field: l.field, Bits: l.bits}); got != i {
			t.Errorf("%q is level %d, want %d", l.name, got, i)
		}
	}
	tests := []struct {
		field string
		bits  int
		want  string
	}{
		{"name", nameFull - 150, "name: as far as it goes"},
		{"name", nameOnly + 3*nameCommon + nameOrdinary, "name: as far as it goes"},
		{"surname", nameSurname + nameOrdinary, "name: last part alone"},
		{"first name", nameSurname - 400 + 3*nameCommon + nameOrdinary, "name: first part alone"},
		{"further name", nameFull, "further name"},
		{"name", 0, ""},
		{"age", 0, ""},
		{"one article", priorWithin, ""},
	}
	for _, tt := range tests {
		got := ""
		if i := levelOf(&recount.Bar{Field: tt.field, Bits: tt.bits}); i >= 0 {
			got = p.all[i].name
		}
		if got != tt.want {
			t.Errorf("levelOf(%s %d) = %q, want %q", tt.field, tt.bits, got, tt.want)
		}
	}
}

func TestNewWeights(t *testing.T) {
	tests := []struct {
		name   string
		levels []recount.LevelWeight
		want   error
	}{
		{"nothing", nil, nil},
		{"one", []recount.LevelWeight{{Level: "home", Bits: 500}}, nil},
		{"one that is none", []recount.LevelWeight{{Level: "shoe size", Bits: 500}}, recount.ErrNotFound},
		{"agreement that speaks against", []recount.LevelWeight{{Level: "country", Bits: -1}}, recount.ErrInvalid},
		{"contradiction that speaks for", []recount.LevelWeight{{Level: "name: another", Bits: 1}}, recount.ErrInvalid},
		{"less agreement that weighs more", []recount.LevelWeight{{Level: "name: last part alone", Bits: 1200}}, recount.ErrInvalid},
		{"a pseudonym that weighs more", []recount.LevelWeight{{Level: "pseudonym", Bits: 201}}, recount.ErrInvalid},
		{"far too much", []recount.LevelWeight{{Level: "further name", Bits: 2001}}, recount.ErrInvalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := NewWeights(tt.levels); !errors.Is(err, tt.want) {
				t.Errorf("NewWeights(%v) = %v, want %v", tt.levels, err, tt.want)
			}
		})
	}
}

func TestWeigh(t *testing.T) {
	w, err := NewWeights([]recount.LevelWeight{{Level: "name: last part alone", Bits: 700}, {Level: "prior", Bits: -1000}})
	if err != nil {
		t.Fatal(err)
	}
	s := scored(bar("surname", nameSurname+2*nameCommon), bar("home", samePlace))
	got := w.Weigh(s)
	if got.Weight != s.Weight-250-100 || got.Bars[1].Bits != 500 || got.Bars[0].Bits != -1000 || got.Bars[2].Bits != samePlace || got.Probability != probability(got.Weight) {
		t.Errorf("Weigh(%+v) = %+v", s, got)
	}
	if s.Bars[1].Bits != nameSurname+2*nameCommon {
		t.Errorf("what was weighed is another now: %+v", s)
	}
	inside := recount.Suggestion{Weight: 5, Bars: []recount.Bar{bar("name", 605), {Field: "one article", Bits: priorWithin}}}
	if got := w.Weigh(inside); got.Weight != 5 {
		t.Errorf("a pair of one page weighs %d", got.Weight)
	}
	var none *Weights
	if got := none.Weigh(s); got.Weight != s.Weight || !none.Equal(&Weights{bits: shippedBits()}) || none.Equal(w) {
		t.Errorf("those that ship weigh %d", got.Weight)
	}
	all := w.WeighAll([]recount.Suggestion{s, scored(bar("name", nameFull))})
	if all[0].Weight < all[1].Weight {
		t.Errorf("the heaviest is not first: %v", all)
	}
}

func shippedBits() (out []int) {
	for _, l := range places().all {
		out = append(out, l.bits)
	}
	return out
}
