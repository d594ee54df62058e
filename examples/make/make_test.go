package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"recount"
	"recount/examples"
	"recount/internal/study"
)

// The example's recorded decisions are what this program makes out of its
// truth: a change that makes the readers better shows here first.
func TestTheShippedDecisionsAreMade(t *testing.T) {
	tally, got, err := Make(context.Background(), "../order", examples.OrderID)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("../order/decisions.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("\n%s", tally)
	if !bytes.Equal(got, want) {
		t.Errorf("examples/order/decisions.jsonl is not what the program makes any more (%d bytes; now %d): a reader changed what it suggests, or the truth or the maker changed. "+
			"Refresh it with `make update` (or `go generate ./examples`), look at what moved in the tally above and in the reports, and commit it with the change", len(want), len(got))
	}
}

// A sharedStudy copies a study of the measuring data beside the checkout into
// a folder, with the study files of testdata, and returns the folder.
func sharedStudy(t *testing.T, name, files string) string {
	t.Helper()
	from := filepath.Join("../../../shared", "study-"+name)
	if _, err := os.Stat(filepath.Join(from, "truth.json")); err != nil {
		t.Skipf("NOT MEASURED: the study %s is not beside the checkout (%v)", name, err)
	}
	dir := filepath.Join(t.TempDir(), name)
	if err := os.MkdirAll(filepath.Join(dir, "pages"), 0o755); err != nil {
		t.Fatal(err)
	}
	copyFile := func(from, to string, change func([]byte) []byte) {
		t.Helper()
		b, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		if change != nil {
			b = change(b)
		}
		if err := os.WriteFile(to, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	pages, err := filepath.Glob(filepath.Join(from, "pages", "*"))
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages in %s: %v", from, err)
	}
	for _, p := range pages {
		copyFile(p, filepath.Join(dir, "pages", filepath.Base(p)), nil)
	}
	copyFile(filepath.Join(from, "truth.json"), filepath.Join(dir, "truth.json"), nil)
	copyFile(filepath.Join(from, "codebook.yaml"), filepath.Join(dir, "codebook.yaml"), ourFields)
	for _, f := range []string{"study.yaml", "report.md"} {
		copyFile(filepath.Join(files, f), filepath.Join(dir, f), nil)
	}
	return dir
}

// ourFields puts the names that docs/format.md has for the fields of a
// codebook in place of those of the news studies.
func ourFields(b []byte) []byte {
	for from, to := range map[string]string{"sub": "subcodes", "full": "definition", "not_when": "do_not_use_when"} {
		b = regexp.MustCompile(`(?m)^( +)`+from+`:`).ReplaceAll(b, []byte("${1}"+to+":"))
	}
	return bytes.Replace(b, []byte("unit: person"), []byte("unit: case"), 1)
}

// entered makes a study of the measuring data and enters everything.
func entered(t *testing.T, name, files string) *analyst {
	t.Helper()
	w, err := begin(context.Background(), sharedStudy(t, name, files), filepath.Join(t.TempDir(), "study"), "the-"+name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.study.Close() })
	if err := w.work(); err != nil {
		t.Fatal(err)
	}
	t.Logf("\n%s", w.tally)
	return w
}

// results are the numbers of the report, each row under its result's name.
func (w *analyst) results(t *testing.T) map[string]recount.Result {
	t.Helper()
	produced, err := w.study.Report(w.ctx, study.Edition{})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]recount.Result{}
	for _, r := range produced.Results {
		out[r.Name] = r
		for _, row := range r.Rows {
			out[r.Name+": "+row.Name] = row
		}
	}
	return out
}

// wantRange compares the range of a number with the truth's.
func wantRange(t *testing.T, got map[string]recount.Result, name string, lo, hi int) {
	t.Helper()
	r, ok := got[name]
	if !ok && hi == 0 {
		return // a row that nobody is in is not printed
	}
	if r.Range.Low != lo || r.Range.High != hi || !r.Range.Exact {
		t.Errorf("%s: range %d to %d (exact %v); want %d to %d", name, r.Range.Low, r.Range.High, r.Range.Exact, lo, hi)
	}
}

func readJSON(t *testing.T, path string, v any) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(b, v)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// The Larkfield study, entered completely: the people, women, men, countries,
// months, outlets and codes of its truth, each with its range.
func TestTheMillStudyEqualsItsTruth(t *testing.T) {
	w := entered(t, "mill", "testdata/mill")
	var truth struct {
		Totals struct {
			Cases, Women, Men [2]int
			ByCountry         map[string]int    `json:"by_country"`
			NotStated         [2]int            `json:"country_not_stated"`
			ByMonthLeft       map[string]int    `json:"by_month_left"`
			MonthConflict     map[string]any    `json:"month_conflict"`
			ByReason          map[string][2]int `json:"by_reason"`
			BySubreason       map[string][2]int `json:"by_subreason"`
			ByMonth           map[string]int    `json:"by_month_first_reported"`
			ByOutlet          map[string]int    `json:"by_first_outlet"`
		}
	}
	readJSON(t, "../../../shared/study-mill/truth.json", &truth)
	want, got := truth.Totals, w.results(t)
	wantRange(t, got, "people", want.Cases[0], want.Cases[1])
	wantRange(t, got, "women", want.Women[0], want.Women[1])
	wantRange(t, got, "men", want.Men[0], want.Men[1])
	for name, n := range want.ByCountry {
		wantRange(t, got, "countries: "+name, n, n)
	}
	wantRange(t, got, "countries: unknown", want.NotStated[0], want.NotStated[1])
	for name, n := range want.ByMonthLeft {
		wantRange(t, got, "months_left: "+name, n, n)
	}
	for codes, rows := range map[string]map[string][2]int{"reasons": want.ByReason, "subreasons": want.BySubreason} {
		for code, n := range rows {
			wantRange(t, got, codes+": "+code, n[0], n[1])
		}
	}
	// The truth gives these for the undecided kept apart.
	for month, n := range want.ByMonth {
		if r := got["months: "+month]; r.N != n {
			t.Errorf("first reported in %s: %d; want %d", month, r.N, n)
		}
	}
	for outlet, n := range want.ByOutlet {
		if r := got["outlets: "+outlet]; r.N != n {
			t.Errorf("first reported by %s: %d; want %d", outlet, r.N, n)
		}
	}
	w.wantEverybody(t)
	w.wantLinks(t)
}

// The Harrow Order study, entered completely.
func TestTheOrderStudyEqualsItsTruth(t *testing.T) {
	w := entered(t, "order", "../order")
	type tally struct {
		Cases, Women, Men int
		ByCountry         map[string]int `json:"by_country"`
		ByReason          map[string]int `json:"by_reason"`
		BySubreason       map[string]int `json:"by_subreason"`
		ByMonth           map[string]int `json:"by_month_first_reported"`
	}
	var truth struct {
		Totals struct {
			Range  [2]int `json:"cases_range"`
			Apart  tally  `json:"undecided_kept_apart"`
			Merged tally  `json:"undecided_merged"`
		}
	}
	readJSON(t, "../../../shared/study-order/truth.json", &truth)
	apart, merged, got := truth.Totals.Apart, truth.Totals.Merged, w.results(t)
	wantRange(t, got, "people", truth.Totals.Range[0], truth.Totals.Range[1])
	wantRange(t, got, "women", merged.Women, apart.Women)
	for _, x := range []struct {
		name          string
		apart, merged map[string]int
	}{{"countries", apart.ByCountry, merged.ByCountry}, {"reasons", apart.ByReason, merged.ByReason}, {"subreasons", apart.BySubreason, merged.BySubreason}} {
		for row, n := range x.apart {
			wantRange(t, got, x.name+": "+row, min(n, x.merged[row]), max(n, x.merged[row]))
		}
	}
	for month, n := range apart.ByMonth {
		if r := got["months: "+month]; r.N != n {
			t.Errorf("first reported in %s: %d; want %d", month, r.N, n)
		}
	}
	w.wantEverybody(t)
	w.wantLinks(t)
}

// wantEverybody checks that everybody of the truth is in the study: as a
// member if he or she counts, else answered no, and no body or document as a
// person; that every code of a person who counts holds; and that nothing was
// left for anybody to look at.
func (w *analyst) wantEverybody(t *testing.T) {
	t.Helper()
	for _, l := range w.tally.lost {
		t.Errorf("not entered: %s", l)
	}
	codes := map[string]map[string]bool{}
	for i := range w.truth.People {
		who := &w.truth.People[i]
		found := 0
		for _, page := range who.Pages {
			m := w.met[[2]string{page, who.ID}]
			if m == nil {
				continue
			}
			v, err := w.book.SpeakerAt(w.ctx, m.ref.At)
			if err != nil || v == nil {
				t.Errorf("%s on %s: no speaker where he or she was entered (%v)", who.ID, page, err)
				continue
			}
			found++
			if (v.Member != nil) != who.Counts {
				t.Errorf("%s on %s counts: %v; want %v (answer %q)", who.ID, page, v.Member != nil, who.Counts, v.Scope)
			}
			if v.Kind != m.ref.Kind || v.Gender != m.ref.Gender || v.Name != m.ref.Name {
				t.Errorf("%s on %s is shown as %s (%s, %s); entered was %s (%s, %s)", who.ID, page, v.Name, v.Kind, v.Gender, m.ref.Name, m.ref.Kind, m.ref.Gender)
			}
			if v.Member == nil {
				continue
			}
			if codes[who.ID] == nil {
				codes[who.ID] = map[string]bool{}
			}
			for _, c := range v.Member.Codes {
				codes[who.ID][c.Code] = true
			}
		}
		if found == 0 {
			t.Errorf("%s was entered nowhere", who.ID)
		}
		if !who.Counts {
			continue
		}
		for _, r := range who.Reasons {
			if !codes[who.ID][r.Code] {
				t.Errorf("%s lacks the code %s", who.ID, r.Code)
			}
			delete(codes[who.ID], r.Code)
		}
		for code := range codes[who.ID] {
			t.Errorf("%s has the code %s, which the truth has not", who.ID, code)
		}
	}
	if n, _ := w.book.Undecided(); n != 0 {
		t.Errorf("%d people were read and nobody answered for them", n)
	}
	for _, f := range w.book.Findings() {
		t.Errorf("finding: %s: %s %.12s", f.What, f.Text, f.Decisions)
	}
}

// wantLinks checks that each person who counts is one, that nobody is joined
// with somebody else, and that what the truth leaves open is an open question.
func (w *analyst) wantLinks(t *testing.T) {
	t.Helper()
	parent := map[recount.Key]recount.Key{}
	var root func(k recount.Key) recount.Key
	root = func(k recount.Key) recount.Key {
		if p, ok := parent[k]; ok && p != k {
			return root(p)
		}
		return k
	}
	open := map[[2]recount.Key]bool{}
	for _, l := range w.book.Links() {
		switch l.Answer {
		case recount.Same:
			parent[root(l.A)] = root(l.B)
		case recount.Unsure:
			open[between(l.A, l.B)] = true
		}
	}
	of := map[recount.Key]string{}
	for _, p := range w.inOrder() {
		for _, s := range p.Speakers {
			m := w.met[[2]string{p.ID, s.Person}]
			if m == nil || !w.truth.person(s.Person).Counts {
				continue
			}
			k := root(w.keyOf(m))
			if who, ok := of[k]; ok && who != s.Person {
				t.Errorf("%s and %s are joined", who, s.Person)
			}
			of[k] = s.Person
		}
	}
	clusters := map[string]int{}
	for _, who := range of {
		clusters[who]++
	}
	for who, n := range clusters {
		if n != 1 {
			t.Errorf("%s is %d people", who, n)
		}
	}
	asked, wanted := map[[2]string]bool{}, map[[2]string]bool{}
	for k := range open {
		asked[people(of[root(k[0])], of[root(k[1])])] = true
	}
	for _, x := range w.truth.Open {
		if w.truth.person(x.A[1]).Counts && w.truth.person(x.B[1]).Counts {
			wanted[people(x.A[1], x.B[1])] = true
		}
	}
	for pair := range wanted {
		if !asked[pair] {
			t.Errorf("%s and %s are no open question", pair[0], pair[1])
		}
	}
	for pair := range asked {
		if pair[0] != pair[1] && !wanted[pair] { // one person's places are joined by other answers
			t.Errorf("%s and %s are an open question, which the truth settles", pair[0], pair[1])
		}
	}
	for _, x := range w.truth.Different {
		a, b := w.met[x.A], w.met[x.B]
		if a != nil && b != nil && root(w.keyOf(a)) == root(w.keyOf(b)) {
			t.Errorf("%s on %s and %s on %s are joined, which the truth keeps apart", x.A[1], x.A[0], x.B[1], x.B[0])
		}
	}
}
