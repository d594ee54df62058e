package study_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/xuri/excelize/v2"

	"recount"
	"recount/internal/casebook"
	"recount/internal/study"
)

// readTable reads a table of a folder by its columns.
func readTable(t *testing.T, dir, name string) (columns []string, rows []map[string]string) {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, name+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range all[1:] {
		row := map[string]string{}
		for i, c := range all[0] {
			row[c] = r[i]
		}
		rows = append(rows, row)
	}
	return all[0], rows
}

func exported(t *testing.T, s *study.Study) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "tables")
	if _, err := s.ExportTables(context.Background(), dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestTablesEqualTheCount computes what the report counts from the tables, by
// the scripts of the manual and here.
func TestTablesEqualTheCount(t *testing.T) {
	s, _ := demo(t)
	dir := exported(t, s)
	ctx := context.Background()
	women, _, err := s.Count(ctx, study.Query{Where: `gender == "woman"`, Share: true})
	if err != nil {
		t.Fatal(err)
	}
	codes, _, err := s.Count(ctx, study.Query{By: "code.top"})
	if err != nil {
		t.Fatal(err)
	}
	people, _, err := s.Count(ctx, study.Query{})
	if err != nil {
		t.Fatal(err)
	}
	var want strings.Builder
	fmt.Fprintf(&want, "people %d\nwomen %d of %d\n", people.N, women.N, women.Of)
	for _, r := range codes.Rows {
		fmt.Fprintf(&want, "%s %d of %d\n", r.Name, r.N, people.N)
	}
	fmt.Fprintf(&want, "range %d to %d\n", people.Range.Low, people.Range.High)
	for _, tt := range []struct{ program, script string }{{"python3", "../../docs/tables.py"}, {"Rscript", "../../docs/tables.R"}} {
		t.Run(tt.program, func(t *testing.T) {
			path, err := exec.LookPath(tt.program)
			if err != nil {
				t.Skipf("SKIPPED, NOT CHECKED: %s is not installed, so %s did not run", tt.program, tt.script)
			}
			var errs bytes.Buffer
			cmd := exec.Command(path, tt.script, dir)
			cmd.Stderr = &errs
			got, err := cmd.Output()
			if err != nil {
				t.Fatalf("%v: %s", err, errs.String())
			}
			if s := strings.ReplaceAll(string(got), "\r\n", "\n"); s != want.String() {
				t.Errorf("%s prints\n%swant\n%s", tt.script, s, want.String())
			}
		})
	}

	// The scenarios: what is left after an answer lies within the range, and its
	// assignments make as many people as it says.
	_, scenarios := readTable(t, dir, "scenarios")
	_, assignments := readTable(t, dir, "assignments")
	base := map[string]string{}
	for _, a := range assignments {
		if a["scenario"] == "counted" {
			base[a["speaker"]] = a["person"]
		}
	}
	_, rows := readTable(t, dir, "people")
	counts := map[string]bool{} // whom the period lets count
	for _, p := range rows {
		counts[p["person"]] = p["counted"] == "1"
	}
	low, high := 1<<30, 0
	for _, sc := range scenarios {
		person := map[string]string{}
		for k, v := range base {
			person[k] = v
		}
		for _, a := range assignments {
			if a["scenario"] == sc["scenario"] {
				person[a["speaker"]] = a["person"]
			}
		}
		distinct := map[string]bool{}
		for _, p := range person {
			if p != "" && counts[p] {
				distinct[p] = true
			}
		}
		if n := fmt.Sprint(len(distinct)); n != sc["people"] {
			t.Errorf("scenario %s says %s people, its assignments make %s", sc["scenario"], sc["people"], n)
		}
		var l, h int
		fmt.Sscan(sc["low"], &l)
		fmt.Sscan(sc["high"], &h)
		low, high = min(low, l), max(high, h)
	}
	if low != people.Range.Low || high != people.Range.High || len(scenarios) < 5 {
		t.Errorf("%d scenarios span %d to %d, the range is %d to %d", len(scenarios), low, high, people.Range.Low, people.Range.High)
	}
}

// TestTablesAreWhole holds the tables to their codebook: every column of every
// table is described, a value is missing for a reason or there, every person of
// a statement is one of the people, and the workbook holds the same cells.
func TestTablesAreWhole(t *testing.T) {
	s, _ := demo(t)
	dir := exported(t, s)
	names := []string{"people", "statements", "links", "lists", "scenarios", "assignments", "codings", "variables"}
	described := map[string]bool{}
	_, variables := readTable(t, dir, "variables")
	for _, v := range variables {
		if v["label"] == "" || v["type"] == "" {
			t.Errorf("%s.%s has no label or type", v["table"], v["variable"])
		}
		described[v["table"]+"."+v["variable"]] = true
	}
	book, err := excelize.OpenFile(filepath.Join(dir, "tables.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for _, name := range names {
		columns, rows := readTable(t, dir, name)
		for _, c := range columns {
			if !described[name+"."+c] {
				t.Errorf("no line of variables.csv is about %s.%s", name, c)
			}
			delete(described, name+"."+c)
		}
		sheet, err := book.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		if len(sheet) != len(rows)+1 {
			t.Errorf("sheet %s has %d rows, the CSV %d", name, len(sheet), len(rows)+1)
		}
		for i, r := range rows {
			for j, c := range columns {
				cell := ""
				if j < len(sheet[i+1]) {
					cell = sheet[i+1][j]
				}
				if cell != r[c] && study.Safe(cell) != r[c] {
					t.Fatalf("%s row %d, %s: %q in the workbook, %q in CSV", name, i, c, cell, r[c])
				}
			}
		}
	}
	for d := range described {
		t.Errorf("variables.csv describes %s, which is not there", d)
	}
	columns, people := readTable(t, dir, "people")
	known := map[string]bool{}
	for _, p := range people {
		known[p["person"]] = true
		for _, c := range columns {
			if value, ok := strings.CutSuffix(c, "_missing"); ok && (p[value] == "") != (p[c] != "0") {
				t.Errorf("%s of %s is %q, and why it is missing %q", value, p["person"], p[value], p[c])
			}
		}
	}
	// The combinations of lists are of everybody who counts, each of as many owners
	// as the table of people says.
	columns, lists := readTable(t, dir, "lists")
	want, got := map[int]int{}, map[int]int{}
	for _, p := range people {
		if p["counted"] == "1" {
			n, err := strconv.Atoi(p["owners"])
			if err != nil {
				t.Fatal(err)
			}
			want[n]++
		}
	}
	for _, l := range lists {
		owners := 0
		for _, c := range columns[1:] {
			owners += len(l[c]) - len(strings.ReplaceAll(l[c], "1", ""))
		}
		n, err := strconv.Atoi(l["people"])
		if err != nil || n == 0 {
			t.Errorf("%q people in a row of lists: %v", l["people"], err)
		}
		got[owners] += n
	}
	if !maps.Equal(got, want) || len(want) < 2 {
		t.Errorf("people by how many owners: %v in lists, %v in people", got, want)
	}
	_, statements := readTable(t, dir, "statements")
	seen := map[string]bool{}
	for _, st := range statements {
		if !known[st["person"]] {
			t.Errorf("statement %s is of nobody in people", st["statement"])
		}
		if k := st["statement"] + st["speaker"]; seen[k] {
			t.Errorf("statement %s stands twice", st["statement"])
		} else {
			seen[k] = true
		}
		if st["words"] == "" || st["characters"] == "0" {
			t.Errorf("statement %s has no words", st["statement"])
		}
	}
}

// TestParquetHoldsTheTables reads the Parquet tables again: the same columns in
// the same order, the same cells, null where there is nothing, and of each
// column its label; and writing them twice gives the same bytes.
func TestParquetHoldsTheTables(t *testing.T) {
	s, _ := demo(t)
	dir, again := exported(t, s), exported(t, s)
	_, variables := readTable(t, dir, "variables")
	kind, label := map[string]string{}, map[string]string{}
	for _, v := range variables {
		kind[v["table"]+"."+v["variable"]], label[v["table"]+"."+v["variable"]] = v["type"], v["label"]
	}
	for _, name := range []string{"people", "statements", "links", "lists", "scenarios", "assignments", "codings", "variables"} {
		data, err := os.ReadFile(filepath.Join(dir, name+".parquet"))
		if err != nil {
			t.Fatal(err)
		}
		if b, err := os.ReadFile(filepath.Join(again, name+".parquet")); err != nil || !bytes.Equal(data, b) {
			t.Errorf("%s.parquet has other bytes when it is written again (%v)", name, err)
		}
		f, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		columns, rows := readTable(t, dir, name)
		var got []string
		for _, x := range f.Schema().Fields() {
			got = append(got, x.Name())
			of := kind[name+"."+x.Name()]
			if number := of == "whole number" || of == "0 or 1"; x.Type().Kind() == parquet.Int64 != number || !x.Optional() {
				t.Errorf("%s.%s is %s, and its column %v", name, x.Name(), of, x.Type())
			}
			if l, ok := f.Lookup(x.Name() + ".label"); !ok || l != label[name+"."+x.Name()] {
				t.Errorf("%s.%s is labelled %q, want %q", name, x.Name(), l, label[name+"."+x.Name()])
			}
		}
		if !slices.Equal(got, columns) {
			t.Fatalf("%s has the columns %v, the CSV %v", name, got, columns)
		}
		r := parquet.NewReader(bytes.NewReader(data))
		for i := 0; ; i++ {
			row := make([]parquet.Row, 1)
			n, err := r.ReadRows(row)
			if n == 0 {
				if i != len(rows) || err != io.EOF {
					t.Errorf("%s has %d rows (%v), the CSV %d", name, i, err, len(rows))
				}
				break
			}
			for j, v := range row[0] {
				cell := ""
				if !v.IsNull() {
					cell = v.String()
				}
				if want := rows[i][columns[j]]; cell != want && study.Safe(cell) != want || v.IsNull() != (want == "") {
					t.Fatalf("%s row %d, %s: %q in Parquet, %q in CSV", name, i, columns[j], cell, want)
				}
			}
		}
		r.Close()
	}
}

// TestWhyMissing tells apart why a value is missing, of every kind of answer.
func TestWhyMissing(t *testing.T) {
	s, _ := demo(t)
	ctx := context.Background()
	file, err := s.File("study.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.PutFile(ctx, "study.yaml", strings.Replace(file, "variables:\n", "variables:\n  - name: trade\n    ask: \"What was his or her trade?\"\n", 1)); err != nil {
		t.Fatal(err)
	}
	var members []recount.Member
	persons, _, err := s.Persons(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range persons {
		if p.Counted && len(p.Members) == 1 {
			members = append(members, p.Members[0])
		}
	}
	// What several people answered stands one behind the other.
	answers := []string{"unknown", "not stated", "not applicable", "baker", "", "baker, cook", "baker, unknown", "cook, cook", "not stated, unknown"}
	want := []string{"1", "2", "3", "0", "4", "6", "6", "0", "6"}
	if len(members) < len(answers) {
		t.Fatalf("%d people have one speaker, the test needs %d", len(members), len(answers))
	}
	for i, a := range answers {
		if a == "" {
			continue
		}
		for j, one := range strings.Split(a, ", ") {
			if _, err := s.Decide(ctx, study.By{Actor: []string{"ada", "ben"}[j]}, casebook.Draft{Answer: recount.ValueBody{Speaker: members[i].Speaker, Variable: "trade", Value: one}}); err != nil {
				t.Fatal(err)
			}
		}
	}
	_, people := readTable(t, exported(t, s), "people")
	for i := range answers {
		j := slices.IndexFunc(people, func(p map[string]string) bool { return strings.HasPrefix(members[i].Decision, p["person"]) })
		if j < 0 {
			t.Fatalf("person %s is not in people", members[i].Decision)
		}
		if got := people[j]["trade_missing"]; got != want[i] {
			t.Errorf("a trade answered %q is missing as %s, want %s", answers[i], got, want[i])
		}
	}
}

// TestResultTablesAreWhole: every row of each table of a folder for review has a cell
// for each column, whatever kind the result is of, and a cell stands under its name.
func TestResultTablesAreWhole(t *testing.T) {
	s, _ := demo(t)
	for _, name := range []string{"people", "women", "in_2015", "summer", "orlund", "pace", "surge", "countries", "months", "reasons", "reasons_by_gender", "named"} {
		dir := filepath.Join(t.TempDir(), name)
		if _, err := s.ExportResult(context.Background(), name, dir); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, table := range []string{"people", "sentences", "decisions", "disagreements", "otherwise", "number"} {
			_, rows := readTable(t, dir, table) // whose reader takes rows of one length only
			for _, r := range rows {
				if c, ok := r["counted"]; ok && c != "yes" && c != "no" {
					t.Errorf("%s: %s: counted is %q", name, table, c)
				}
			}
		}
	}
}

// TestPacksOfWhatIsNoPlainCount: the folder of a table says its rows, its cells and which
// of them each alternative moves, that of a comparison its unit and interval; and both say
// that questions are open where some are.
func TestPacksOfWhatIsNoPlainCount(t *testing.T) {
	s, _ := demo(t)
	for name, tt := range map[string]struct {
		says []string // README.md
		not  []string
		rows int                                   // of number.csv
		has  func(rows []map[string]string) string // what one row of it is; "" if right
	}{
		"pace": {
			says: []string{"2.1 times as many a month** (range 1.9 to 2.1).", "95% exact conditional interval 0.96 to 4.88: the two periods cannot be told apart", "| January 2015 to August 2015 | 17 |",
				"| one period against the other | 2.1 times as many a month \\[range 1.9 to 2.1\\]; 95% exact conditional 0.96 to 4.88; the two periods cannot be told apart | 3.0 times as many a month"},
			not: []string{"2015-01", "of the first period as", "No open question moves"}, rows: 3,
			has: func(rows []map[string]string) string {
				return cell(rows[0], "ratio=2.1250 ratio_low=1.8750 ratio_high=2.1250 unit=times as many a month interval_low=0.9565 apart=no") + cell(rows[1], "label=January 2015 to August 2015 n=17 low=15 high=17")
			},
		},
		"reasons": {
			says: []string{"a table of 29 people** (range 27 to 29).", "| Cruelty to people in the power of the Order | 12 of 29 | 41.4% | 11 to 12, 39.3% to 42.9% |",
				"|  |  | Cruelty to people in the power of the Order | 12 of 29 (41.4%) \\[range 11 to 12, 39.3% to 42.9%\\] | 11 of 28 (39.3%)"},
			not: []string{"No open question moves", "(41.4%) | 41.4%"}, rows: 6,
			has: func(rows []map[string]string) string {
				return cell(rows[0], "row= n=29 low=27 high=29") + cell(rows[2], "row=brutality n=12 of=29 low=11 high=12 whole=all people")
			},
		},
		"reasons_by_gender": {
			says: []string{"|  | man | woman |", "| Cruelty to people in the power of the Order: man |"},
			not:  []string{"No open question moves"}, rows: 16,
			has: func(rows []map[string]string) string {
				return cell(rows[2], "row=infighting column=man label=The Order fights its neighbours, its own or nobody it promised to fight: man n=10")
			},
		},
		"months": {says: []string{"|  |  | July 2015 | 4 of 29"}, not: []string{"No open question moves"}, rows: 21},
		"women":  {says: []string{"Women among them: 4 of 29 (13.8%)** (range 13.8% to 14.8%)."}, not: []string{"No open question moves"}, rows: 1},
	} {
		dir := filepath.Join(t.TempDir(), name)
		if _, err := s.ExportResult(context.Background(), name, dir); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		b, err := os.ReadFile(filepath.Join(dir, "README.md"))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range tt.says {
			if !strings.Contains(string(b), want) {
				t.Errorf("%s: README.md does not say %q", name, want)
			}
		}
		for _, not := range tt.not {
			if strings.Contains(string(b), not) {
				t.Errorf("%s: README.md says %q", name, not)
			}
		}
		_, rows := readTable(t, dir, "number")
		if len(rows) != tt.rows {
			t.Errorf("%s: number.csv has %d rows, want %d", name, len(rows), tt.rows)
		} else if tt.has != nil {
			if fault := tt.has(rows); fault != "" {
				t.Errorf("%s: number.csv: %s", name, fault)
			}
		}
		_, others := readTable(t, dir, "otherwise")
		if !slices.ContainsFunc(others, func(r map[string]string) bool { return r["what"] == "open question" && r["moves"] == "yes" }) {
			t.Errorf("%s: no answer to an open question moves a row of otherwise.csv", name)
		}
	}
}

var cellNames = regexp.MustCompile(`\b[a-z_]+=`)

// cell says in which cells a row is not what is wanted: "n=12 of=29".
func cell(row map[string]string, want string) (faults string) {
	for _, at := range cellNames.FindAllStringIndex(want, -1) {
		name := want[at[0] : at[1]-1]
		rest := want[at[1]:]
		if next := cellNames.FindStringIndex(rest); next != nil {
			rest = strings.TrimSuffix(rest[:next[0]], " ")
		}
		if row[name] != rest {
			faults += name + " is " + row[name] + ", want " + rest + "; "
		}
	}
	return faults
}
