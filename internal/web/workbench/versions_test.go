package workbench

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"recount/internal/study"
)

// job begins a step and waits until it is done.
func (b *tab) job(r jobRequest) job {
	b.t.Helper()
	id := ask[job](b, "POST", "/jobs", r).ID
	var j job
	for end := time.Now().Add(4 * time.Minute); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		all := ask[jobList](b, "GET", "/jobs", nil).Items
		if i := slices.IndexFunc(all, func(j job) bool { return j.ID == id && j.State != "waiting" && j.State != "running" }); i >= 0 {
			j = all[i]
			break
		}
	}
	if j.State != "done" {
		b.t.Fatalf("%+v: %s %s", r, j.State, j.Error)
	}
	return j
}

// The report is kept under a name, somebody decides, everything is checked, and
// what changed since is said in sentences.
func TestChecksAndVersions(t *testing.T) {
	b := newTab(t, serve(t, folder(t, "decided")), "ada", "1")
	b.job(jobRequest{Step: "report", Name: "first"})
	if list := ask[versionList](b, "GET", "/versions", nil); len(list.Items) != 1 || list.Items[0].Name != "first" || list.Items[0].AsOf == "" {
		t.Fatalf("versions that are kept: %+v", list)
	}
	if j := b.job(jobRequest{Step: "diff", From: "first"}); len(j.Lines) == 0 || j.Lines[0].Text != "Nothing that is counted changed between the two." {
		t.Errorf("nothing was decided since: %+v", j.Lines)
	}
	p := ask[personList](b, "GET", "/people", nil).Items[0]
	key := ""
	for _, a := range ask[personPage](b, "GET", "/people/"+p.ID, nil).Articles {
		for _, s := range ask[article](b, "GET", "/articles/"+a.Key, nil).Speakers {
			if s.Person != nil && s.Person.ID == p.ID {
				key = s.Key
			}
		}
	}
	saved := ask[decisionsReply](b, "POST", "/decisions", decisionsRequest{Version: b.session().Version, Drafts: []draft{{Do: "scope", Speaker: key, Answer: "no", Reason: "a test"}}})
	j := b.job(jobRequest{Step: "diff", From: "first", To: "now"})
	if len(j.Lines) == 0 || !strings.Contains(strings.Join(texts(j.Lines), " "), "ada") {
		t.Errorf("one person was taken out (%v): %+v", saved.Moved, j.Lines)
	}
	j = b.job(jobRequest{Step: "recheck"})
	if j.Lines[0].Text != "Everything that this study holds fits together." || !strings.Contains(strings.Join(texts(j.Lines), " "), "Reports counted and written again: 2") {
		t.Errorf("recheck says: %+v", j.Lines)
	}
	for _, l := range j.Lines {
		if strings.Contains(l.Text+l.Hint, "`recount ") {
			t.Errorf("a command stands on the page: %+v", l)
		}
	}
	refused(b, 400, "POST", "/jobs", jobRequest{Step: "diff"})
}

func texts(lines []jobLine) (out []string) {
	for _, l := range lines {
		out = append(out, l.Text)
	}
	return out
}

// A study that was changed by hand does not fit, and the page says what to do
// without naming a command.
func TestRecheckSaysWhatDoesNotFit(t *testing.T) {
	dir := folder(t, "decided")
	b := newTab(t, serve(t, dir), "ada", "1")
	b.job(jobRequest{Step: "report"})
	name := filepath.Join(dir, "out", "report", "index.html")
	if err := os.WriteFile(name, []byte("no report"), 0o600); err != nil {
		t.Fatal(err)
	}
	j := b.job(jobRequest{Step: "recheck"})
	if j.Lines[0].Kind != "wrong" || j.Lines[1].Hint == "" || strings.Contains(j.Lines[1].Hint, "recount ") {
		t.Errorf("recheck says: %+v", j.Lines[:2])
	}
}

// What was not compared does not pass as something that fits.
func TestRecheckSaysWhatWasNotCompared(t *testing.T) {
	not := study.Problem{What: "derived", Name: "derived.db", Text: "nothing of it was compared", Hint: "make it anew"}
	wrong := study.Problem{What: "report", Name: "out/report", Text: "it was changed", Hint: "produce it again"}
	for _, tt := range []struct {
		name       string
		x          study.Rechecked
		kind, says string
		wrong      int
	}{
		{"everything fits", study.Rechecked{}, "said", "Everything that this study holds", 0},
		{"something was not compared", study.Rechecked{Unlooked: []study.Problem{not}}, "wrong", "What was compared fits", 2},
		{"something does not fit", study.Rechecked{Problems: []study.Problem{wrong}}, "wrong", "Does not fit: 1.", 2},
		{"both", study.Rechecked{Unlooked: []study.Problem{not}, Problems: []study.Problem{wrong}}, "wrong", "Does not fit: 1.", 3},
	} {
		lines := rechecked(&tt.x)
		n := 0
		for _, l := range lines {
			if l.Kind == "wrong" {
				n++
			}
		}
		if lines[0].Kind != tt.kind || !strings.HasPrefix(lines[0].Text, tt.says) || n != tt.wrong {
			t.Errorf("%s: %+v", tt.name, lines)
		}
	}
}

// Every command that a hint names has a page of the workbench.
func TestEveryCommandHasAButton(t *testing.T) {
	seen := 0
	for _, dir := range []string{"study", "casebook", "store", "capture", "coding", "count", "report", "cases", "figures", "text"} {
		files, err := filepath.Glob(filepath.Join("..", "..", dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range regexp.MustCompile("`(?:recount) ([a-z]+)[^`\n]*`").FindAllStringSubmatch(string(text), -1) {
				seen++
				if buttons[m[1]] == "" {
					t.Errorf("%s: %s names no page of the workbench", name, m[0])
				}
			}
		}
	}
	if seen < 30 {
		t.Errorf("only %d commands were found", seen)
	}
}

// Outlets that are one get one name by one decision, which is undone as one;
// owners are decided and shown.
func TestOutletsAreOne(t *testing.T) {
	b := newTab(t, serve(t, folder(t, "decided")), "ada", "1")
	list := ask[outletList](b, "GET", "/outlets", nil)
	if len(list.Items) < 3 {
		t.Fatalf("outlets: %+v", list)
	}
	from, to := list.Items[1], list.Items[0]
	ask[decisionsReply](b, "POST", "/decisions", decisionsRequest{Version: b.session().Version, Group: "x", Drafts: []draft{{Do: "outlet", Outlet: from.Name, To: to.Name}}})
	find := func(name string) (x outletRow) {
		for _, o := range ask[outletList](b, "GET", "/outlets", nil).Items {
			if o.Name == name {
				x = o
			}
		}
		return x
	}
	if o := find(to.Name); o.Articles != from.Articles+to.Articles || !slices.Contains(o.Also, from.Name) || find(from.Name).Articles != 0 {
		t.Errorf("%+v and %+v became %+v", from, to, o)
	}
	ask[decisionsReply](b, "POST", "/undo", undoRequest{})
	if o := find(from.Name); o.Articles != from.Articles {
		t.Errorf("undone: %+v, want %+v", o, from)
	}
	ask[decisionsReply](b, "POST", "/decisions", decisionsRequest{Version: b.session().Version, Drafts: []draft{{Do: "owner", Outlet: to.Name, Owner: "Harbour Press"}}})
	if o := find(to.Name); o.Owner != "Harbour Press" {
		t.Errorf("owner: %+v", o)
	}
	for _, d := range []draft{{Do: "outlet", Outlet: "No such paper", To: to.Name}, {Do: "outlet", Outlet: to.Name, To: to.Name}, {Do: "outlet", To: to.Name}, {Do: "outlet", Outlet: to.Name}} {
		refused(b, 400, "POST", "/decisions", decisionsRequest{Version: b.session().Version, Drafts: []draft{d}})
	}
}

// How far a person may be shown is decided for each source.
func TestTierInTheWorkbench(t *testing.T) {
	b := newTab(t, serve(t, folder(t, "decided")), "ada", "1")
	id := ask[personList](b, "GET", "/people", nil).Items[0].ID
	for _, tier := range []string{"protected", "open"} {
		ask[decisionsReply](b, "POST", "/decisions", decisionsRequest{Version: b.session().Version, Group: "x", Drafts: []draft{{Do: "tier", On: &topic{Person: id}, Value: tier}}})
		if p := ask[personPage](b, "GET", "/people/"+id, nil); p.Tier != tier {
			t.Errorf("tier %q, want %q", p.Tier, tier)
		}
	}
	for _, d := range []draft{{Do: "tier", Value: "open"}, {Do: "tier", On: &topic{Person: id}, Value: "secret"}, {Do: "tier", On: &topic{Person: "ffffffffffff"}, Value: "open"}} {
		if r := b.send("POST", "/decisions", decisionsRequest{Version: b.session().Version, Drafts: []draft{d}}); r.Code != 400 && r.Code != 404 {
			t.Errorf("%+v answered %d", d, r.Code)
		}
	}
}

// The line of the first number ends where the headline stands, moves with each
// decision, and History is in the order in which people decided.
func TestHistoryLine(t *testing.T) {
	b := newTab(t, serve(t, folder(t, "decided")), "ada", "1")
	line := func() historyLine {
		for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
			if x := ask[historyLine](b, "GET", "/history/line", nil); !x.Counting {
				return x
			}
		}
		t.Fatal("the line is never counted")
		return historyLine{}
	}
	x := line()
	head := b.session().Headline[0]
	last := x.Points[len(x.Points)-1]
	if last.Value != head.Value || last.Low != head.Low || last.High != head.High || len(x.Points) < 10 {
		t.Errorf("the line ends at %+v of %d points, the headline is %+v", last, len(x.Points), head)
	}
	list := ask[historyList](b, "GET", "/history?limit=1000", nil).Items
	for i := range list[1:] {
		if list[i].Time < list[i+1].Time {
			t.Fatalf("%s stands before %s", list[i].Time, list[i+1].Time)
		}
	}
	// What each moved adds up.
	sum := 0
	seen := map[string]bool{}
	for _, h := range list {
		if m, ok := x.Moved[h.ID]; ok && (h.Group == "" || !seen[h.Group]) {
			seen[h.Group] = h.Group != ""
			sum += m.After - m.Before
		}
	}
	if sum != head.Value {
		t.Errorf("decisions move the number by %d, it is %d", sum, head.Value)
	}
	key := ask[triage](b, "GET", "/speakers?scope=yes&limit=1", nil).Items[0].Key
	r := ask[decisionsReply](b, "POST", "/decisions", decisionsRequest{Version: b.session().Version, Drafts: []draft{{Do: "scope", Speaker: key, Answer: "no"}}})
	x = line()
	if last := x.Points[len(x.Points)-1]; last.Value != r.Headline[0].Value {
		t.Errorf("after an answer the line ends at %+v, the headline is %+v", last, r.Headline[0])
	}
}
