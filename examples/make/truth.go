package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
)

// A truth is what a careful reader finds in the pages of a study, in the one
// form that the analyst works from.
type truth struct {
	Pages     []page
	People    []person
	Same      []pair // of places that the truth joins
	Different []pair // that must stay apart
	Open      []pair // that nobody can decide from the text

	Quantities []quantity
}

type page struct {
	ID, File  string
	Outlet    string
	Title     string // this, byline and language are "" where the form does not give them
	Byline    string
	Language  string
	Published string // as exact as the page allows; "" if it has no date
	Story     string // id of the original
	Spliced   bool   // put together from others; reports nothing
	Body      []string
	Aside     []string // paragraphs that belong to other stories
	Said      []quotation
	Speakers  []speaker
	Figures   []figure
}

// A figure is a number as one page prints it.
type figure struct {
	ID, Text         string
	In               string   // the paragraph, or the title, that holds it
	Value, Low, High *float64 // as the words allow; nil if they allow none
	Fits             []int    // the whole numbers that a share of a known whole can stand for
	Qualifier, Unit  string   // how exactly it is meant, and what is counted, in the words of the truth
	Of               string   // id of the figure that it is part of; "" if none
	Whole            int      // what it is part of, where no figure of the truth is; 0 if nothing
}

// partOf finds the whole in a note: "6 of 31 fits best".
var partOf = regexp.MustCompile(`^\d+ of (\d+)`)

// A quantity is what several figures speak of.
type quantity struct {
	About     string
	Relations map[string]string // id of a figure -> its relation to the reference
}

// A quotation is what one person says in one go, in the exact words of the
// page.
type quotation struct {
	IDs     []string // of the entries of the truth that it stands for
	Pieces  []string
	In      string // the paragraph that holds the first piece
	Source  string // the words of the page for the speaker; "" if it has none
	Type    string
	Speaker string
	Aside   bool // it stands in a paragraph of another story
}

// A speaker is a person, body or document on one page.
type speaker struct {
	Person string
	Kind   string
	Names  []string
}

type person struct {
	ID, Gender string
	Counts     bool   // whoever is first reported outside the period among them
	Why        string // an excluded person does not count
	Left       bool   // an excluded person left, and failed another criterion
	Pages      []string
	Facts      []fact
	Reasons    []reason
	Withdrawn  []reason
}

// A fact is the value of a variable as one page states it.
type fact struct {
	Page, Variable, Value string
	Words                 string // of the page; "" if it follows from the context
}

// A reason is a code with the quotations that support it.
type reason struct {
	Code     string
	Evidence [][2]string // page, quotation
}

// A pair names two people on their pages.
type pair struct {
	A, B [2]string // page, person
	Why  string
}

// readTruth reads truth.json of dir in either of its forms.
func readTruth(dir string) (*truth, error) {
	data, err := os.ReadFile(filepath.Join(dir, "truth.json"))
	if err != nil {
		return nil, err
	}
	var form struct {
		Schema string `json:"schema"`
	}
	if err := json.Unmarshal(data, &form); err != nil {
		return nil, fmt.Errorf("truth.json: %w", err)
	}
	var t *truth
	switch form.Schema {
	case "":
		t, err = orderTruth(data)
	case "news-study/1":
		t, err = newsTruth(data)
	default:
		err = fmt.Errorf("no reader for the form %q", form.Schema)
	}
	if err != nil {
		return nil, fmt.Errorf("truth.json: %w", err)
	}
	return t, nil
}

// person returns the person with an id, or nil.
func (t *truth) person(id string) *person {
	for i := range t.People {
		if t.People[i].ID == id {
			return &t.People[i]
		}
	}
	return nil
}

// speaker returns a person on a page, or nil.
func (p *page) speaker(id string) *speaker {
	for i := range p.Speakers {
		if p.Speakers[i].Person == id {
			return &p.Speakers[i]
		}
	}
	return nil
}

// What both forms share.
type written struct {
	MustLink    []pair `json:"must_link"`
	MustNotLink []pair `json:"must_not_link"`
	Undecidable []pair `json:"undecidable"`
}

func (w *written) into(t *truth) {
	t.Same, t.Different, t.Open = w.MustLink, w.MustNotLink, w.Undecidable
}

// orderTruth reads the form of the Harrow Order study.
func orderTruth(data []byte) (*truth, error) {
	var in struct {
		written
		Study struct {
			Spliced  []string                   `json:"spliced_pages"`
			Excluded []struct{ ID, Why string } `json:"excluded"`
		} `json:"study"`
		Pages []struct {
			ID, File, Outlet, Published, Precision, Story string
			Body                                          []string
			OffTopic                                      []struct{ Text string } `json:"off_topic"`
			Quotations                                    []struct {
				ID            string
				Content       []string
				At            [][]any // [part, paragraph, start, end]
				Source        string
				Type, Speaker string
				Flags         []string
			}
			Speakers []struct {
				ID, Kind string
				Names    []string
			}
		}
		Persons []struct {
			ID, Gender, Country string
			IsCase              bool `json:"is_case"`
			Pages               []string
			Attributes          map[string][]struct {
				Page  string
				Value any
			}
			Reasons []struct {
				Code     string
				Evidence []struct{ Page, Quotation string }
			}
		}
	}
	if err := json.Unmarshal(data, &in); err != nil {
		return nil, err
	}
	t := &truth{}
	in.into(t)
	for _, x := range in.Pages {
		p := page{ID: x.ID, File: x.File, Outlet: x.Outlet, Story: x.Story, Body: x.Body, Spliced: slices.Contains(in.Study.Spliced, x.ID),
			Published: x.Published[:min(10, len(x.Published))]}
		for _, o := range x.OffTopic {
			p.Aside = append(p.Aside, o.Text)
		}
		for _, q := range x.Quotations {
			out := quotation{IDs: []string{q.ID}, Pieces: q.Content, Source: q.Source, Type: q.Type, Speaker: q.Speaker, Aside: slices.Contains(q.Flags, "offtopic")}
			if len(q.At) > 0 && len(q.At[0]) > 1 {
				among := p.Body
				if out.Aside {
					among = p.Aside
				}
				if n, ok := q.At[0][1].(float64); ok && int(n) < len(among) {
					out.In = among[int(n)]
				}
			}
			p.Said = append(p.Said, out)
		}
		for _, s := range x.Speakers {
			p.Speakers = append(p.Speakers, speaker{s.ID, s.Kind, s.Names})
		}
		t.Pages = append(t.Pages, p)
	}
	for _, x := range in.Persons {
		p := person{ID: x.ID, Gender: x.Gender, Counts: x.IsCase, Pages: x.Pages}
		for _, e := range in.Study.Excluded {
			if e.ID == x.ID && !x.IsCase {
				p.Why, p.Left = e.Why, true
			}
		}
		for _, variable := range slices.Sorted(maps.Keys(x.Attributes)) {
			for _, a := range x.Attributes[variable] {
				if a.Value == nil {
					continue
				}
				f := fact{Page: a.Page, Variable: variable, Value: fmt.Sprint(a.Value), Words: fmt.Sprint(a.Value)}
				switch variable {
				case "home": // the country follows from the home
					if x.Country == "" || x.Country == "unknown" {
						continue
					}
					f.Variable, f.Value = "country", x.Country
				case "left":
					f.Words = "" // the page says it in other words
				}
				p.Facts = append(p.Facts, f)
			}
		}
		for _, r := range x.Reasons {
			out := reason{Code: r.Code}
			for _, e := range r.Evidence {
				out.Evidence = append(out.Evidence, [2]string{e.Page, e.Quotation})
			}
			p.Reasons = append(p.Reasons, out)
		}
		t.People = append(t.People, p)
	}
	return t, nil
}

// newsTruth reads the form news-study/1. Its quotations are segments; those of
// one utterance are one quotation here.
func newsTruth(data []byte) (*truth, error) {
	var in struct {
		written
		Spliced  []string                   `json:"spliced_pages"`
		Excluded []struct{ ID, Why string } `json:"excluded"`
		Pages    []struct {
			ID, File, Outlet, Published, Story string
			Title, Byline, Language            string
			Body                               []string
			OffTopic                           []int `json:"off_topic"`
			Figures                            []struct {
				ID, Text         string
				Paragraph        any // its number, or "title"
				Value, Low, High *float64
				Fits             []int  `json:"fits_integers"`
				Of               string `json:"subset_of"`
				Qualifier, Unit  string
				Note             string
			}
			Quotations []struct {
				ID, Utterance, Content, Source, Type, Speaker string
				Paragraph                                     int
				Codes                                         []string
			}
			Speakers []struct {
				Person, Kind string
				Names        []string
				Attributes   map[string]struct {
					Value    any
					Evidence string
				}
			}
		}
		Persons []struct {
			ID, Gender, Country string
			IsCase              bool `json:"is_case"`
			Pages               []string
			Reasons             map[string][]string
			Retracted           []string
		}
		Quantities []quantity `json:"figure_groups"`
	}
	if err := json.Unmarshal(data, &in); err != nil {
		return nil, err
	}
	t := &truth{Quantities: in.Quantities}
	in.into(t)
	at := map[string][2]string{} // quotation -> page, quotation
	facts := map[string][]fact{}
	withdrawn := map[string][]reason{}
	coded := func(person, code string) (out reason) {
		out.Code = code
		for _, x := range in.Pages {
			for _, q := range x.Quotations {
				if q.Speaker == person && slices.Contains(q.Codes, code) {
					out.Evidence = append(out.Evidence, [2]string{x.ID, q.ID})
				}
			}
		}
		return out
	}
	country := map[string]string{}
	for _, x := range in.Persons {
		country[x.ID] = x.Country
		for _, code := range x.Retracted {
			withdrawn[x.ID] = append(withdrawn[x.ID], coded(x.ID, code))
		}
	}
	for _, x := range in.Pages {
		p := page{ID: x.ID, File: x.File, Outlet: x.Outlet, Story: x.Story, Body: x.Body, Published: x.Published[:min(10, len(x.Published))],
			Spliced: slices.Contains(in.Spliced, x.ID), Title: x.Title, Byline: x.Byline, Language: x.Language}
		for _, f := range x.Figures {
			out := figure{ID: f.ID, Text: f.Text, In: x.Title, Value: f.Value, Low: f.Low, High: f.High, Fits: f.Fits, Qualifier: f.Qualifier, Unit: f.Unit, Of: f.Of}
			if whole := partOf.FindStringSubmatch(f.Note); whole != nil && f.Of == "" && len(f.Fits) > 0 {
				out.Whole, _ = strconv.Atoi(whole[1])
			}
			if n, ok := f.Paragraph.(float64); ok {
				out.In = x.Body[int(n)]
			}
			p.Figures = append(p.Figures, out)
		}
		for _, i := range x.OffTopic {
			p.Aside = append(p.Aside, x.Body[i])
		}
		of := map[string]int{}
		for _, q := range x.Quotations {
			at[q.ID] = [2]string{x.ID, q.ID}
			i, ok := of[q.Utterance]
			if !ok {
				i = len(p.Said)
				of[q.Utterance] = i
				p.Said = append(p.Said, quotation{In: x.Body[q.Paragraph], Type: q.Type, Speaker: q.Speaker, Aside: slices.Contains(x.OffTopic, q.Paragraph)})
			}
			u := &p.Said[i]
			u.IDs, u.Pieces = append(u.IDs, q.ID), append(u.Pieces, q.Content)
			if u.Source == "" {
				u.Source = q.Source
			}
			if u.Type != q.Type {
				u.Type = "mixed"
			}
		}
		for _, s := range x.Speakers {
			p.Speakers = append(p.Speakers, speaker{s.Person, s.Kind, s.Names})
			for _, variable := range slices.Sorted(maps.Keys(s.Attributes)) {
				a := s.Attributes[variable]
				if a.Value == nil || variable == "country" && country[s.Person] == "" {
					continue // the truth leaves it open over all pages
				}
				facts[s.Person] = append(facts[s.Person], fact{x.ID, variable, fmt.Sprint(a.Value), a.Evidence})
			}
		}
		t.Pages = append(t.Pages, p)
	}
	for _, x := range in.Persons {
		p := person{ID: x.ID, Gender: x.Gender, Counts: x.IsCase, Pages: x.Pages, Facts: facts[x.ID], Withdrawn: withdrawn[x.ID]}
		for _, e := range in.Excluded {
			if e.ID == x.ID {
				p.Why, p.Left = e.Why, len(e.Why) > 5 && e.Why[:5] == "left,"
			}
		}
		for _, code := range slices.Sorted(maps.Keys(x.Reasons)) {
			r := reason{Code: code}
			for _, id := range x.Reasons[code] {
				r.Evidence = append(r.Evidence, at[id])
			}
			p.Reasons = append(p.Reasons, r)
		}
		t.People = append(t.People, p)
	}
	return t, nil
}
