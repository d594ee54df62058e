package study

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"recount/internal/count"
	"recount/internal/release"
)

// manyPeople is an edition of so many people in six groups, by two columns, in each of
// which some have the code and some have not.
func manyPeople(n int) *publicEdition {
	e := &publicEdition{Edition: &release.Edition{Rule: release.Strict, People: n}}
	gender := &release.Column{Name: "gender", Class: release.Quasi}
	country := &release.Column{Name: "country", Class: release.Quasi}
	code := &release.Column{Name: codePrefix + "hunger", Class: release.Sensitive}
	for i := range n {
		gender.Of = append(gender.Of, []string{"woman", "man"}[i%2])
		country.Of = append(country.Of, []string{"Orlund", "Karsova", "Maravos"}[i%3])
		code.Of = append(code.Of, flag(i/6%2 == 0))
		e.people = append(e.people, count.Person{ID: fmt.Sprintf("%012x", 1000+i)})
	}
	e.Columns = []*release.Column{gender, country, code}
	for _, c := range e.Columns {
		e.Results = append(e.Results, release.Result{Name: c.Name, Label: c.Name, Dims: []release.Dimension{{Column: c.Name}}})
	}
	return e
}

// TestRowsOfPeople makes the table with one row a person from 200 people on (R3), and
// refuses it where fewer than five share their values, where nobody knows a column, and
// where a group is alike (R4, R5).
func TestRowsOfPeople(t *testing.T) {
	tests := []struct {
		name    string
		people  int
		change  func(e *publicEdition)
		rows    bool
		refused string
	}{
		{"groups of forty", 240, func(*publicEdition) {}, true, ""},
		{"too few of all", 199, func(*publicEdition) {}, false, ""},
		{"one of a country of his own", 240, func(e *publicEdition) { e.Columns[1].Of[7] = "Pelagna" }, false, "share their values with fewer than 5"},
		{"four of a country", 240, func(e *publicEdition) {
			for _, i := range []int{7, 9, 11, 13} {
				e.Columns[1].Of[i] = "Pelagna"
			}
		}, false, "share their values with fewer than 5"},
		{"five men of a country", 240, func(e *publicEdition) {
			for _, i := range []int{1, 7, 9, 13, 15} {
				e.Columns[1].Of[i] = "Pelagna"
			}
		}, true, ""},
		{"a group that is alike", 240, func(e *publicEdition) {
			for i := range e.People {
				if i%6 == 0 {
					e.Columns[2].Of[i] = "1"
				}
			}
		}, false, "everybody of some group is alike"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := manyPeople(tt.people)
			tt.change(e)
			x := &draftEdition{shape: release.NewShape(nil)}
			if err := e.rowsOfPeople(x, nil); err != nil {
				t.Fatal(err)
			}
			if (x.people != nil) != tt.rows {
				t.Errorf("rows: %v, want %v; %v", x.people != nil, tt.rows, x.reasons)
			}
			if tt.refused == "" && len(x.reasons) > 0 || tt.refused != "" && (len(x.reasons) != 1 || !strings.Contains(x.reasons[0].Text, tt.refused)) {
				t.Errorf("reasons: %v, want %q", x.reasons, tt.refused)
			}
		})
	}
}

// TestIdsOfPeopleSayNothing looks whether the ids of an edition say anything of the
// people: their ids, their order, what they are, and those of another edition (R12).
func TestIdsOfPeopleSayNothing(t *testing.T) {
	e := manyPeople(240)
	x := &draftEdition{shape: release.NewShape(nil)}
	if err := e.rowsOfPeople(x, nil); err != nil || x.people == nil {
		t.Fatal(err, x.reasons)
	}
	rows := func(seed string) (ids []string, file string) {
		b, err := x.pseudonyms(e, seed)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(b)) {
			if id, _, _ := strings.Cut(line, ","); strings.HasPrefix(id, "p") {
				ids = append(ids, id)
			}
		}
		return ids, string(b)
	}
	one, file := rows(strings.Repeat("0a", 32))
	again, _ := rows(strings.Repeat("0a", 32))
	other, _ := rows(strings.Repeat("0b", 32))
	if len(one) != 240 || !slices.Equal(one, again) {
		t.Fatalf("%d ids, the same again: %v", len(one), slices.Equal(one, again))
	}
	if !slices.IsSorted(one) {
		t.Error("the rows are not in the order of their ids, so that their order says something")
	}
	for _, id := range one {
		if slices.Contains(other, id) {
			t.Errorf("%s stands in two editions", id)
		}
	}
	for i := range e.people {
		if strings.Contains(file, e.people[i].ID) {
			t.Errorf("the file holds the id of person %d", i)
		}
	}
	// The same people in another order get the same ids: the order of the study is not in
	// them. That of the ids has as many pairs the wrong way round as the right way, within
	// five deviations of chance.
	id := map[string]string{} // of each person
	for i := range e.people {
		alone := &draftEdition{people: &Table{Columns: x.people.Columns, numbers: x.people.numbers, Rows: x.people.Rows[i : i+1]}}
		b, err := alone.pseudonyms(&publicEdition{Edition: e.Edition, people: e.people[i : i+1]}, strings.Repeat("0a", 32))
		if err != nil {
			t.Fatal(err)
		}
		_, row, _ := strings.Cut(string(b), "\n")
		id[e.people[i].ID], _, _ = strings.Cut(row, ",")
	}
	wrong, n := 0, len(e.people)
	for i := range e.people {
		if !slices.Contains(one, id[e.people[i].ID]) {
			t.Fatalf("person %d has another id where the others are not there", i)
		}
		for j := range i {
			if id[e.people[j].ID] > id[e.people[i].ID] {
				wrong++
			}
		}
	}
	pairs := n * (n - 1) / 2
	// The variance of the number of pairs the wrong way round is n(n-1)(2n+5)/72 (Kendall 1938).
	if d := 2*wrong - pairs; d*d > 4*25*n*(n-1)*(2*n+5)/72 {
		t.Errorf("%d of %d pairs stand the other way round than in the study", wrong, pairs)
	}
	// And the first letters of ids are as often a woman's as a man's.
	women := 0
	for i := range e.people {
		if e.Columns[0].Of[i] == "woman" && id[e.people[i].ID] < one[n/2] {
			women++
		}
	}
	if d := women - n/4; d*d > 25*n/16 {
		t.Errorf("%d of %d ids in the lower half are women's", women, n/2)
	}
}
