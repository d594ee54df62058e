package web_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The second study, whose 34 pages are no two built alike, lies beside the
// checkout.
const mill = "../../../shared/study-mill"

// millTruth reads its truth in the form of the example's, with how many people
// each number of the report counts at least and at most.
func millTruth(t *testing.T) (*truth, map[string][2]int) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(mill, "truth.json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("NOT RUN: the study is not beside the checkout")
	}
	if err != nil {
		t.Fatal(err)
	}
	var m struct {
		Excluded []struct{ ID, Why string }
		Pages    []struct {
			ID, File, Outlet, Title, Published, Story string
			Body                                      []string
			Quotations                                []struct{ ID, Type, Speaker, Source, Content string }
			Speakers                                  []struct {
				Person, Kind string
				Names        []string
				Attributes   map[string]struct{ Value any }
			}
		}
		Persons []struct {
			ID, Gender, Country string
			IsCase              bool `json:"is_case"`
			Pages               []string
			Kinds               map[string]string
			Reasons             map[string][]string
			Retracted           []string
		}
		MustLink    []truePair `json:"must_link"`
		MustNotLink []truePair `json:"must_not_link"`
		Undecidable []truePair
		Totals      struct {
			Cases       [2]int
			Women       [2]int
			ByCountry   map[string]int    `json:"by_country"`
			ByReason    map[string][2]int `json:"by_reason"`
			BySubreason map[string][2]int `json:"by_subreason"`
		}
	}
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	out := &truth{Same: m.MustLink, Apart: m.MustNotLink, Open: m.Undecidable}
	out.Study.Excluded = m.Excluded
	out.Totals.Range = m.Totals.Cases
	values := map[string]map[string][]trueValue{}
	for _, p := range m.Pages {
		x := &truePage{ID: p.ID, File: p.File, Outlet: p.Outlet, Title: p.Title, Published: p.Published, Story: p.Story, Body: p.Body}
		for _, q := range p.Quotations {
			x.Quotations = append(x.Quotations, &trueQuotation{ID: q.ID, Type: q.Type, Speaker: q.Speaker, Source: q.Source, Content: []string{q.Content}})
		}
		for _, s := range p.Speakers {
			x.Speakers = append(x.Speakers, trueSpeaker{s.Person, s.Kind, s.Names})
			for name, a := range s.Attributes {
				if name == "home" {
					continue // the country is what is recorded
				}
				if name == "country" {
					name = "home"
				}
				if values[s.Person] == nil {
					values[s.Person] = map[string][]trueValue{}
				}
				values[s.Person][name] = append(values[s.Person][name], trueValue{p.ID, a.Value})
			}
		}
		out.Pages = append(out.Pages, x)
	}
	for _, p := range m.Persons {
		x := &truePerson{ID: p.ID, Gender: p.Gender, Country: p.Country, IsCase: p.IsCase, Pages: p.Pages, Kinds: p.Kinds, Attributes: values[p.ID]}
		for code, said := range p.Reasons {
			if slices.Contains(p.Retracted, code) {
				continue
			}
			r := trueReason{Code: code}
			for _, q := range said {
				page, _, _ := strings.Cut(q, ".")
				r.Evidence = append(r.Evidence, trueEvidence{page, q})
			}
			x.Reasons = append(x.Reasons, r)
		}
		slices.SortFunc(x.Reasons, func(a, b trueReason) int { return strings.Compare(a.Code, b.Code) })
		out.Persons = append(out.Persons, x)
	}
	want := map[string][2]int{"people": m.Totals.Cases, "women": m.Totals.Women}
	for country, n := range m.Totals.ByCountry {
		want["countries: "+country] = [2]int{n, n}
	}
	for code, n := range m.Totals.ByReason {
		want["subreasons: "+code] = n
	}
	for code, n := range m.Totals.BySubreason {
		want["subreasons: "+code] = n
	}
	return out, want
}

const millReport = `---
title: Leaving Larkfield
results:
  people:
    label: people who left and spoke to the press
    count: all
  women:
    label: women among them
    share: gender == "woman"
  countries:
    label: country
    by: country
  subreasons:
    label: reason for leaving
    by: code
---

# Leaving Larkfield

{{people}} people who left a Larkfield home spoke to the press, {{women}} of them women.

{{table countries}}

{{table subreasons}}
`

// TestMillFromAnEmptyFolder does the second study, which the workbench was not
// made on, by the keyboard alone, answering singly, and by the mouse alone. Its
// numbers are those of the truth. `make bars` reads all of it.
func TestMillFromAnEmptyFolder(t *testing.T) {
	for _, x := range []struct {
		name  string
		mouse bool
		most  float64 // key presses per person; 0: no bar
	}{{"keyboard, singly", false, 45}, {"mouse", true, 0}} {
		t.Run(x.name, func(t *testing.T) {
			if os.Getenv("RECOUNT_BARS") == "" {
				t.Skip("NOT RUN: make bars does it")
			}
			fromAnEmptyFolder(t, x.mouse, x.most)
		})
	}
}

func fromAnEmptyFolder(t *testing.T, mouse bool, most float64) {
	tr, want := millTruth(t)
	chromium(t)
	tools.Do(func() { toolsErr = build() })
	if toolsErr != nil {
		t.Fatal(toolsErr)
	}
	dir := t.TempDir()
	r := newReader(start(t, opened(t, dir)), tr)
	r.mouse = mouse
	report := filepath.Join(dir, "report.md")
	if err := os.WriteFile(report, []byte(millReport), 0o644); err != nil {
		t.Fatal(err)
	}
	countries := map[string]bool{}
	for _, p := range tr.Persons {
		if p.IsCase && p.Country != "" {
			countries[p.Country] = true
		}
	}
	list := slices.Sorted(maps.Keys(countries))
	r.plan = plan{dir: mill, title: "Leaving Larkfield", folder: "larkfield", from: "2021-01", to: "2023-12",
		question:   "Who are the people who gave up work in a Larkfield home and spoke about it to the press, and what do they say?",
		ask:        "Has this person left work in a Larkfield home of his or her own will?",
		speaks:     "Are his or her own words about it given to an outlet?",
		country:    "Which country does he or she come from?",
		countries:  strings.Join(append(list, "unknown"), ", "),
		codebook:   "Reasons for leaving Larkfield",
		definition: "Too few people, too many hours, or work given to people who were not trained for it.",
		report:     report}
	defer func() { r.measured(true, most) }()
	r.begin()
	r.setUp()
	r.collect()
	r.firstArticle()
	r.everything()
	r.pairs()
	r.left()
	for _, who := range tr.Persons {
		for _, x := range who.Reasons {
			if who.IsCase && !r.coded[who.ID][x.Code] {
				t.Logf("%s has not the code %s: %v", who.ID, x.Code, x.Evidence)
			}
		}
	}
	r.report()
	got := r.printed(filepath.Join(dir, "larkfield"))
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if n := got[name]; n.Range != want[name] {
			t.Errorf("%s: %v; want %v", name, n.Range, want[name])
		}
	}
	r.calm()
}
