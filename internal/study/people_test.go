package study_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

func TestSafe(t *testing.T) {
	tests := []struct{ cell, want string }{
		{"Maria Holt", "Maria Holt"},
		{"", ""},
		{"=1+1", "'=1+1"},
		{"+49 30", "'+49 30"},
		{"-2", "'-2"},
		{"@SUM(A1)", "'@SUM(A1)"},
		{"\t=1", "'\t=1"},
		{"\r=1", "\uFFFD=1"}, // no formula any more
		{"\x1b]0;pwn\x07", "\uFFFD]0;pwn\uFFFD"},
		{"a\u202eb\u2066c", "a\uFFFDb\uFFFDc"},
		{"\u009b31m", "\uFFFD31m"},
		{"a\nb\tc", "a\nb\tc"},
		{"\u200f\u0645\u0627\u0631\u064a\u0627", "\u200f\u0645\u0627\u0631\u064a\u0627"},
		{"  =1", "'  =1"},
		{"\u00a0=1", "'\u00a0=1"},
		{"\uff1d1", "'\uff1d1"},
		{"|cmd", "'|cmd"},
		{"a=1", "a=1"},
		{"1-2", "1-2"},
		{"'=1", "'=1"},
	}
	for _, tt := range tests {
		if got := study.Safe(tt.cell); got != tt.want {
			t.Errorf("Safe(%q) = %q, want %q", tt.cell, got, tt.want)
		}
	}
}

// The dataset holds each person once, as counts see them, and both files hold
// the same cells.
func TestPeopleEqualTheCount(t *testing.T) {
	ctx := context.Background()
	s, _ := demo(t)
	b, err := s.Casebook(ctx)
	if err != nil {
		t.Fatal(err)
	}
	hostile := "=HYPERLINK(\"http://x.example\",\"a\nb\")"
	for v, err := range b.Voices(ctx, casebook.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		person, counts := b.CaseOf(v.Key)
		if counts && v.Kind == recount.Named && person.Head().Key == v.Key { // by whose name the person goes
			ref, err := b.Ref(ctx, v)
			if err != nil {
				t.Fatal(err)
			}
			ref.Name = hostile
			if _, err := s.Decide(ctx, study.By{NoNames: true}, casebook.Draft{Answer: recount.SpeakerBody{Answer: recount.Accepted, Speaker: ref}}); err != nil {
				t.Fatal(err)
			}
			break
		}
	}
	table, err := s.People(ctx)
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range table.Columns {
		if _, twice := column[name]; twice {
			t.Errorf("two columns are called %s", name)
		}
		column[name] = i
	}
	sum := func(name, value string) (n int) {
		for _, row := range table.Rows {
			if row[column["counted"]] == "1" && row[column[name]] == value {
				n++
			}
		}
		return n
	}
	for _, q := range []struct {
		where, column, value string
	}{
		{"", "counted", "1"},
		{`gender == "woman"`, "gender", "woman"},
		{`country == "Orlund"`, "country", "Orlund"},
		{`has("brutality")`, "code:brutality", "1"},
		{`has("brutality.civilians")`, "code:brutality.civilians", "1"},
		{`statements == 3`, "statements", "3"},
		{`outlets == 2`, "outlets", "2"},
		{`first_outlet == "Korrin Gazette"`, "first_outlet", "Korrin Gazette"},
	} {
		r, _, err := s.Count(ctx, study.Query{Where: q.where})
		if err != nil {
			t.Fatal(err)
		}
		if got := sum(q.column, q.value); got != r.N || got == 0 && q.where == "" {
			t.Errorf("%d rows have %s %s; a count says %d", got, q.column, q.value, r.N)
		}
	}
	var plain, book, again bytes.Buffer
	if err := table.CSV(&plain); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(plain.Bytes())).ReadAll()
	if err != nil || len(rows) != len(table.Rows)+1 {
		t.Fatalf("the CSV has %d rows: %v", len(rows), err)
	}
	if !strings.Contains(plain.String(), `"'=HYPERLINK(`) {
		t.Error("a cell of the CSV that begins like a formula is not made safe")
	}
	if err := table.XLSX(&book); err != nil {
		t.Fatal(err)
	}
	if err := table.XLSX(&again); err != nil || !bytes.Equal(book.Bytes(), again.Bytes()) {
		t.Error("the same table gives two workbooks")
	}
	f, err := excelize.OpenReader(&book)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	found := false
	for r, row := range table.Rows {
		for i, want := range row {
			at, _ := excelize.CoordinatesToCellName(i+1, r+2)
			got, err := f.GetCellValue("people", at)
			if err != nil || got != want {
				t.Fatalf("cell %s holds %q, want %q (%v)", at, got, want, err)
			}
			if formula, _ := f.GetCellFormula("people", at); formula != "" {
				t.Errorf("cell %s is a formula", at)
			}
			kind, _ := f.GetCellType("people", at)
			if _, err := strconv.Atoi(want); err == nil && table.Columns[i] == "counted" && kind == excelize.CellTypeSharedString {
				t.Errorf("cell %s is text", at)
			}
			found = found || got == strings.ReplaceAll(hostile, "\n", " ") // a name is one line
		}
	}
	if !found {
		t.Error("the corrected name is not in the workbook")
	}
}
