package count

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"

	"recount"
)

// Setting groups at once, on one core and on two, gives what setting one after
// the other gives, byte for byte.
func TestFillEqualsSet(t *testing.T) {
	rng := rand.New(rand.NewPCG(17, 4))
	compare := func(p *Problem, queries ...Query) {
		t.Helper()
		groups := Split(p.Members, p.Links)
		want, err := NewTallies(p, queries...)
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range groups {
			want.Set(g.Key, g)
		}
		for _, cores := range []int{1, 2} {
			before := runtime.GOMAXPROCS(cores)
			for _, atOnce := range []int{7, filledAtOnce} {
				got, err := NewTallies(p, queries...)
				if err != nil {
					t.Fatal(err)
				}
				got.fill(groups, atOnce)
				for i, q := range queries {
					x, err := want[i].Result()
					y, err2 := got[i].Result()
					if d := cmp.Diff(x, y); d != "" || fmt.Sprint(err) != fmt.Sprint(err2) {
						t.Fatalf("%d members, %d cores, %d at once, %+v: %v, want %v (-want +got):\n%.3000s", len(p.Members), cores, atOnce, q, err2, err, d)
					}
				}
			}
			runtime.GOMAXPROCS(before)
		}
	}
	for range tries(6, 100) {
		p := wide(rng, 1+rng.IntN(12))
		if rng.IntN(3) == 0 {
			p.Rules.NodeBudget = 1 + rng.IntN(300)
		}
		var some []Query
		for _, q := range wideQueries {
			if rng.IntN(6) == 0 {
				some = append(some, q)
			}
		}
		compare(p, some...)
	}
	many := grown(200)
	many.Rules.NodeBudget = 20_000
	compare(many, headline...)
}

// What filters say of one case is never taken for what they say of another that
// differs from it in something that they ask.
func TestFiltersAskWhatTheySee(t *testing.T) {
	p := &Problem{Variables: []string{"country", "outlet name"},
		Codes: recount.Codebook{Codes: []recount.Code{{Code: "fear"}, {Code: "money"}}},
		Rules: Rules{Grades: []Grade{{Name: "strong", Originals: 2, Owners: 2}, {Name: "weak", Originals: 1}}}}
	tests := []struct {
		filter string
		change func(*view)
	}{
		{`country == "Orlund"`, func(v *view) { v.vars = map[string]string{"country": "Orlund"} }},
		{`value("outlet name") == "x"`, func(v *view) { v.vars = map[string]string{"outlet name": "x"} }},
		{`first_reported >= "2015"`, func(v *view) { v.first = "2016-01-01" }},
		{`within(first_reported, "2015", "2017")`, func(v *view) { v.first = "2016-01-01" }},
		{`last_reported >= "2015"`, func(v *view) { v.last = "2016-01-01" }},
		{`first_outlet == "A"`, func(v *view) { v.firstOutlet = "A" }},
		{`gender == "woman"`, func(v *view) { v.gender = "woman" }},
		{`kind == "named"`, func(v *view) { v.kind = "named" }},
		{`"fear" in codes`, func(v *view) { v.codes = []string{"fear"} }},
		{`has("fear")`, func(v *view) { v.codes = []string{"fear"} }},
		{`len(codes) > 0`, func(v *view) { v.codes = []string{"fear"} }},
		{`reported_by("A")`, func(v *view) { v.outlets = []string{"A"} }},
		{`outlets >= 1`, func(v *view) { v.outlets = []string{"A"} }},
		{`originals >= 2`, func(v *view) { v.originals = 2 }},
		{`owners >= 2`, func(v *view) { v.owners = 2 }},
		{`articles >= 2`, func(v *view) { v.articles = 2 }},
		{`statements >= 2`, func(v *view) { v.statements = 2 }},
		{`grade == "strong"`, func(v *view) { v.grade, v.originals, v.owners = "strong", 2, 2 }},
		{`grade_of_code("fear") == "strong"`, func(v *view) { v.codes, v.codeGrades = []string{"fear"}, []string{"strong"} }},
		{`grade_of_value("country") == "strong"`, func(v *view) { v.valueGrades = []string{"strong", ""} }},
	}
	asked := map[string]bool{}
	for _, tt := range tests {
		b := newBook(p)
		f, err := b.compile(tt.filter)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range f.sees.variables {
			asked[n] = true
		}
		plain := func() *view {
			return &view{vars: map[string]string{}, first: unknown, last: unknown, codeGrades: []string{}, valueGrades: []string{"", ""}}
		}
		if ok, err := b.passes(f, plain()); ok || err != nil {
			t.Errorf("%s: passes one who does not meet it (%v)", tt.filter, err)
		}
		v := plain()
		tt.change(v)
		if ok, err := b.passes(f, v); !ok || err != nil {
			t.Errorf("%s: does not pass one who meets it, after one who does not (%v)", tt.filter, err)
		}
	}
	for _, name := range newBook(p).names() {
		if !asked[name] && name != "outlet name" {
			t.Errorf("no filter here asks for %s", name)
		}
	}
	for _, name := range functions {
		if !asked[name] {
			t.Errorf("no filter here calls %s", name)
		}
	}
}
