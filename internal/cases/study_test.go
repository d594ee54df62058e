package cases

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"recount"
)

// TestStudyGold proposes links in a study with a known answer. Who speaks
// where, and which statements share words, is taken from the truth, so that
// the scores are those of linking alone.
func TestStudyGold(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(shared, "..", "study-order", "truth.json"))
	if err != nil {
		t.Skip("the study with a known answer (../shared/study-order beside the repository) is absent")
	}
	type pair struct{ A, B [2]string }
	var truth struct {
		Pages []struct {
			ID, Outlet, Published string
			Body                  []string
			Speakers              []struct {
				Person, ID string
				Kind       recount.SpeakerKind
				Names      []string
			}
			Quotations []struct {
				Speaker string
				Content []string
			}
		}
		Persons []struct {
			ID     string
			Gender recount.Gender
		}
		MustLink    []pair `json:"must_link"`
		MustNotLink []pair `json:"must_not_link"`
	}
	if err := json.Unmarshal(data, &truth); err != nil {
		t.Fatal(err)
	}
	gender := map[string]recount.Gender{}
	for _, p := range truth.Persons {
		gender[p.ID] = p.Gender
	}
	var records []Record
	who := map[recount.Key][2]string{}
	for _, p := range truth.Pages {
		a := &recount.Article{Key: recount.Key(p.ID), Outlet: p.Outlet, Published: p.Published, Text: strings.Join(p.Body, "\n")}
		for _, s := range p.Speakers {
			id := s.Person + s.ID
			if !s.Kind.Person() {
				continue
			}
			r := Record{Article: a, Speaker: recount.Speaker{Article: a.Key, ID: id, Kind: s.Kind, Gender: gender[id]}}
			for _, n := range s.Names {
				if len(n) > len(r.Speaker.Name) {
					r.Speaker.Name = n
				}
				for at := strings.Index(a.Text, n); at >= 0; at = -1 {
					r.Speaker.Mentions = append(r.Speaker.Mentions, recount.Span{Start: at, End: at + len(n)})
				}
			}
			for _, q := range p.Quotations {
				if q.Speaker != id {
					continue
				}
				for _, c := range q.Content {
					if at := strings.Index(a.Text, c); at >= 0 {
						r.Contents = append(r.Contents, recount.Span{Start: at, End: at + len(c)})
					}
				}
			}
			r.Speaker.Mention = recount.Span{Start: len(records), End: len(records) + 1}
			if len(r.Speaker.Mentions) > 0 {
				r.Speaker.Mention = r.Speaker.Mentions[0]
			}
			who[r.Speaker.Key()] = [2]string{p.ID, id}
			records = append(records, r)
		}
	}
	// the longest run of words that two statements share stands for what
	// alignment finds
	var relations []recount.Relation
	for i := range records {
		for j := i + 1; j < len(records); j++ {
			x, y := &records[i], &records[j]
			for _, a := range x.Contents {
				for _, b := range y.Contents {
					if s, u, n := longestRun(x.Article.Text, a, y.Article.Text, b); n >= 6 && x.Article.Key != y.Article.Key {
						relations = append(relations, recount.Relation{A: x.Article.Key, B: y.Article.Key, Spans: []recount.Alignment{{A: s, B: u}}})
					}
				}
			}
		}
	}
	scores := map[[2][2]string]recount.Suggestion{}
	for _, s := range Propose(records, relations) {
		scores[[2][2]string{who[s.A], who[s.B]}] = s
		scores[[2][2]string{who[s.B], who[s.A]}] = s
	}
	person := map[[2]string]bool{}
	for _, w := range who {
		person[w] = true
	}
	likely := func(list []pair) (n, all int, missed []string) {
		for _, p := range list {
			if !person[p.A] || !person[p.B] {
				continue
			}
			all++
			if s, ok := scores[[2][2]string{p.A, p.B}]; ok && s.Probability >= 500 {
				n++
			} else {
				missed = append(missed, p.A[0]+"-"+p.B[0]+" "+p.A[1])
			}
		}
		return n, all, missed
	}
	linked, trueLinks, missed := likely(truth.MustLink)
	wrong, falseLinks, _ := likely(truth.MustNotLink)
	t.Logf("%d of %d true links are likely; %d of %d false ones are", linked, trueLinks, wrong, falseLinks)
	t.Logf("missed: %v", missed)
	for _, p := range truth.MustNotLink {
		if s, ok := scores[[2][2]string{p.A, p.B}]; ok && s.Probability >= 500 {
			t.Logf("wrong: %v %v %v", p, s.Weight, s.Bars)
		}
	}
	if 100*linked < 80*trueLinks || 100*wrong > 5*falseLinks {
		t.Errorf("%d true and %d false links are likely, want at least 80%% and at most 5%%", linked, wrong)
	}
}

// longestRun returns the longest run of words that two spans share.
func longestRun(x string, a recount.Span, y string, b recount.Span) (s, u recount.Span, n int) {
	words := func(text string, in recount.Span) (out []recount.Span) {
		at := in.Start
		for _, w := range strings.Fields(in.In(text)) {
			k := at + strings.Index(text[at:], w)
			at = k + len(w)
			out = append(out, recount.Span{Start: k, End: at})
		}
		return out
	}
	same := func(v, w string) bool {
		cut := func(s string) string { return strings.Trim(strings.ToLower(s), ".,;:!?\"'“”‘’") }
		return cut(v) == cut(w)
	}
	ws, vs := words(x, a), words(y, b)
	for i := range ws {
		for j := range vs {
			k := 0
			for i+k < len(ws) && j+k < len(vs) && same(ws[i+k].In(x), vs[j+k].In(y)) {
				k++
			}
			if k > n {
				n, s, u = k, recount.Span{Start: ws[i].Start, End: ws[i+k-1].End}, recount.Span{Start: vs[j].Start, End: vs[j+k-1].End}
			}
		}
	}
	return s, u, n
}
