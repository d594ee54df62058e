package workbench

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"recount/internal/study"
)

// codings counts statements and passages by the code that they carry.
func codings(b *tab) map[string]int {
	out := map[string]int{}
	for _, x := range ask[codeList](b, "GET", "/codes", nil).Items {
		if x.Accepted > 0 {
			out[x.ID] = x.Accepted
		}
	}
	return out
}

func total(m map[string]int) (n int) {
	for _, x := range m {
		n += x
	}
	return n
}

// TestChangesOfTheCodebook makes every change, one after the other: none loses
// a coding or moves a number of the report, each is shown before it is made,
// and undone one by one they leave the files and the codings as they were.
func TestChangesOfTheCodebook(t *testing.T) {
	dir := folder(t, "decided")
	b := newTab(t, serve(t, dir), "ada", "1")
	numbers := func() map[string]string {
		out := map[string]string{}
		for _, r := range ask[resultList](b, "GET", "/results", nil).Items {
			out[r.Name] = r.Text
		}
		return out
	}
	type before struct {
		file, report string
		codings      map[string]int
		numbers      map[string]string
	}
	now := func() before {
		file, _ := os.ReadFile(filepath.Join(dir, "codebook.yaml"))
		report, _ := os.ReadFile(filepath.Join(dir, "report.md"))
		return before{string(file), string(report), codings(b), numbers()}
	}
	var past []before
	first := ""
	start := now()
	sum := total(start.codings)
	if sum < 20 {
		t.Fatalf("the example has %d codings", sum)
	}
	for _, x := range []struct {
		what codesRequest
		code string
	}{
		{codesRequest{Op: "rename", Code: "brutality", To: "cruelty"}, "cruelty"},
		{codesRequest{Op: "move", Code: "cruelty.captives", To: "infighting"}, "infighting.captives"},
		{codesRequest{Op: "move", Code: "infighting.spy_hunt"}, "spy_hunt"},
		{codesRequest{Op: "new", Code: "pay.late", Parent: "cruelty", Short: "Paid late"}, "pay.late"},
		{codesRequest{Op: "edit", Code: "cruelty", Short: "Cruelty", Define: "Another definition: of cruelty."}, "cruelty"},
		{codesRequest{Op: "merge", Code: "spy_hunt", To: "infighting.rival_groups"}, "infighting.rival_groups"},
		{codesRequest{Op: "split", Code: "infighting.rival_groups", Into: []string{"brigades", "villages"}}, "infighting.rival_groups"},
		{codesRequest{Op: "rename", Code: "cruelty", To: "brutal"}, "brutal"},
	} {
		was := now()
		past = append(past, was)
		x.what.Preview = true
		would := ask[codesReply](b, "POST", "/codes", x.what)
		if got := now(); !reflect.DeepEqual(got, was) {
			t.Fatalf("%s: a preview changed something", x.what.Op)
		}
		if would.Rewritten {
			t.Errorf("%s writes the file anew", x.what.Op)
		}
		x.what.Preview, x.what.Version = false, b.session().Version
		did := ask[codesReply](b, "POST", "/codes", x.what)
		if did.Code != x.code || did.Codings != would.Codings || did.Undo == "" {
			t.Errorf("%s: %s with %d codings, shown %d; want %s", x.what.Op, did.Code, did.Codings, would.Codings, x.code)
		}
		if first == "" {
			first = did.Undo
		}
		got := now()
		if n := total(got.codings); n != sum && x.what.Op != "merge" { // a statement that carried both carries one
			t.Errorf("%s: %d codings, want %d: %v", x.what.Op, n, sum, got.codings)
		} else if x.what.Op == "merge" {
			sum = n
		}
		for name, v := range got.numbers {
			if v != was.numbers[name] && x.what.Op != "move" && x.what.Op != "merge" {
				t.Errorf("%s: %s is %q, was %q", x.what.Op, name, v, was.numbers[name])
			}
		}
	}
	if v := ask[codebookVersions](b, "GET", "/codes/versions", nil); len(v.Items) != 9 || !v.Items[0].InUse || v.Items[8].Codings == 0 {
		t.Errorf("%d versions, want 9: %+v", len(v.Items), v.Items)
	}
	// The name of a code that became another one means nothing else.
	if p := refused(b, 409, "POST", "/codes", codesRequest{Op: "new", Code: "spy_hunt"}); !strings.Contains(p.Error, "has become") {
		t.Errorf("an old name: %s", p.Error)
	}
	// A change under later ones is not undone without them.
	refused(b, 409, "POST", "/undo", undoRequest{Token: first})
	for i := len(past) - 1; i >= 0; i-- {
		ask[decisionsReply](b, "POST", "/undo", undoRequest{})
		if got := now(); !reflect.DeepEqual(got, past[i]) {
			t.Fatalf("undone to change %d it is not as it was:\n%v\n%v", i, got.codings, past[i].codings)
		}
	}
	ask[decisionsReply](b, "POST", "/redo", undoRequest{})
	if got := now(); !strings.Contains(got.file, "code: cruelty\n") {
		t.Error("done again, the code has its old name")
	}
	if p := refused(b, 409, "POST", "/codes", codesRequest{Op: "rename", Code: "cruelty", To: "x", Version: 1}); !strings.Contains(p.Error, "meanwhile") {
		t.Errorf("an old version: %s", p.Error)
	}
}

// TestReviewOfAChangedDefinition changes what a code means: its codings are to
// be looked at again, count until then, and one that is given again is done.
func TestReviewOfAChangedDefinition(t *testing.T) {
	b := newTab(t, serve(t, folder(t, "decided")), "analyst", "1")
	const code = "infighting.spy_hunt"
	item := func() codeItem {
		for _, x := range ask[codeList](b, "GET", "/codes", nil).Items {
			if x.ID == code {
				return x
			}
		}
		t.Fatal("no such code")
		return codeItem{}
	}
	was := item()
	if was.Review != 0 || was.Accepted == 0 {
		t.Fatalf("before: %+v", was)
	}
	// A word of the brief definition or the example changes no meaning.
	ask[codesReply](b, "POST", "/codes", codesRequest{Op: "edit", Code: code, Short: "Spies.", Define: was.Definition, UseWhen: was.UseWhen, DoNotUse: was.DoNotUse, Example: was.Example})
	if x := item(); x.Review != 0 || x.Accepted != was.Accepted {
		t.Errorf("another brief definition: %+v", x)
	}
	ask[codesReply](b, "POST", "/codes", codesRequest{Op: "edit", Code: code, Short: "Spies.", Define: "Only denunciations.", UseWhen: was.UseWhen, DoNotUse: was.DoNotUse, Example: was.Example})
	x := item()
	if x.Review == 0 || x.Accepted != was.Accepted {
		t.Errorf("another definition: %+v", x)
	}
	list := ask[codedList](b, "GET", "/codes/"+code+"/statements", nil)
	for _, s := range list.Items {
		if s.Review && s.Key != "" && s.By == "analyst" {
			b.decide(b.session().Version, draft{Do: "code", Statement: s.Key, Code: code, Answer: "yes"})
			break
		}
	}
	if y := item(); y.Review != x.Review-1 || y.Accepted != x.Accepted {
		t.Errorf("after one still holds: %d to review of %d, %d codings of %d", y.Review, x.Review, y.Accepted, x.Accepted)
	}
	if v := ask[codebookVersions](b, "GET", "/codes/versions", nil).Items; v[0].Version != v[2].Version+1 || !reflect.DeepEqual(v[0].Changes, []string{code + ": definition"}) {
		t.Errorf("versions: %+v", v)
	}
}

// What the pages show after a change of the codebook, after it is undone and
// after it is done again is what a workbench shows that opens the study then.
func TestWhatIsKeptFollowsTheCodebook(t *testing.T) {
	pages := func(b *tab) map[string]string {
		out := map[string]string{}
		paths := []string{"/codes", "/articles", "/people", "/speakers", "/codes/infighting.rival_groups/statements"}
		for _, r := range ask[articleList](b, "GET", "/articles?limit=4", nil).Items {
			paths = append(paths, "/articles/"+r.Key)
		}
		for _, p := range paths {
			out[p] = b.send("GET", p, nil).Body.String()
		}
		return out
	}
	for _, tt := range []struct {
		name string
		what codesRequest
	}{
		{"a new code", codesRequest{Op: "new", Code: "weather", Parent: "brutality", Short: "Rain, snow and wind"}},
		{"another name", codesRequest{Op: "rename", Code: "brutality", To: "cruelty"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := folder(t, "decided")
			b := newTab(t, serve(t, dir), "analyst", "1")
			start := pages(b)
			same := func(when string) {
				t.Helper()
				kept := pages(b)
				for p, fresh := range pages(newTab(t, serve(t, dir), "analyst", "2")) {
					if kept[p] != fresh {
						t.Errorf("%s: %s shows\n%.1500s\nopened then it shows\n%.1500s", when, p, differs(kept[p], fresh), differs(fresh, kept[p]))
					}
				}
			}
			ask[codesReply](b, "POST", "/codes", tt.what)
			changed := pages(b)
			ask[decisionsReply](b, "POST", "/undo", undoRequest{})
			same("undone")
			ask[decisionsReply](b, "POST", "/redo", undoRequest{})
			same("done again")
			if reflect.DeepEqual(changed, start) {
				t.Error("the change shows on no page")
			}
		})
	}
}

// differs gives what follows where two texts part.
func differs(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	return a[max(0, i-60):]
}

// However a change of the codebook is taken back, the file in the folder is the
// one that holds then.
func TestCodebookFileFollows(t *testing.T) {
	dir := folder(t, "fresh")
	s := serve(t, dir)
	b := newTab(t, s, "ada", "1")
	file := func() string {
		text, err := os.ReadFile(filepath.Join(dir, "codebook.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	start := file()
	for _, tt := range []struct {
		name string
		back func(did codesReply) error
	}{
		{"undone in the window", func(codesReply) error {
			ask[decisionsReply](b, "POST", "/undo", undoRequest{})
			return nil
		}},
		{"by the ids of its answers", func(did codesReply) error {
			ask[decisionsReply](b, "POST", "/retract", retractRequest{IDs: did.Saved, Reason: "wrong"})
			return nil
		}},
		{"by its group, in another program", func(did codesReply) error {
			o := options(dir).Study
			o.Actor = "ada"
			other, err := study.Open(t.Context(), dir, o)
			if err != nil {
				return err
			}
			_, _, err = other.RetractGroup(t.Context(), did.Undo, "wrong")
			return errors.Join(err, other.Close())
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			did := ask[codesReply](b, "POST", "/codes", codesRequest{Op: "rename", Code: "brutality", To: "cruelty"})
			if file() == start {
				t.Fatal("the change wrote no file")
			}
			if err := tt.back(did); err != nil {
				t.Fatal(err)
			}
			if file() != start {
				t.Error("codebook.yaml is still the changed one")
			}
			if ids := ask[codeList](b, "GET", "/codes", nil).Items; !slices.ContainsFunc(ids, func(x codeItem) bool { return x.ID == "brutality" }) {
				t.Error("the list of codes is still the changed one")
			}
		})
	}
}
