package release

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"recount"
)

// A releaseCase is something that might be published.
type releaseCase struct {
	name    string
	unsafe  bool
	refused func() bool
}

const (
	holt  = "Maria Holt"
	words = "we were told nothing at all about it"
)

// found reports whether a file with this text is refused.
func found(t *testing.T, name string, b []byte) bool {
	x, err := NewIndex([]Secret{{Words: holt, Why: "name", Name: true}, {Words: "Дмитрий Хомяков", Why: "name", Name: true}, {Words: words, Why: "words", Runs: 4}, {Words: "post.example/ferry-stops", Why: "address"},
		{Words: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", Why: "hash"}, {Words: "2014-05-14T09:00:00", Why: "time"}})
	if err != nil {
		t.Fatal(err)
	}
	hits, err := x.SearchFile(name, b)
	return err != nil || len(hits) > 0
}

func inZip(t *testing.T, name, text, comment string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	z.SetComment(comment)
	f, err := z.Create(name)
	if err == nil {
		_, err = f.Write([]byte(text))
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// releaseCases are the public half of the list: what a careful reader would let
// pass, and what not (T-1 to T-5 and R1 to R14 of the rules).
func releaseCases(t *testing.T) (out []releaseCase) {
	add := func(name string, unsafe bool, refused func() bool) {
		out = append(out, releaseCase{name, unsafe, refused})
	}
	table := func(name string, unsafe bool, x Table) {
		add(name, unsafe, func() bool { f, err := Strict.check(x); return err != nil || len(f) > 0 })
	}
	a, b := [][]int{{14, 20, 9, 8}, {1, 3, 2, 1}}, [][]int{{14, 20, 9, 8}, {7, 6, 2, 9}}
	table("T-1: a whole row hidden", true, hide(a, [2]int{2, 1}, [2]int{2, 2}, [2]int{2, 3}, [2]int{2, 4}))
	table("T-2: the small cell alone", true, hide(b, [2]int{2, 3}))
	table("T-3: two cells of a row", true, hide(b, [2]int{2, 1}, [2]int{2, 3}))
	table("T-4: four corners", false, hide(b, [2]int{1, 1}, [2]int{1, 3}, [2]int{2, 1}, [2]int{2, 3}))
	table("T-5: a square of two", false, hide([][]int{{1, 12, 10}, {6, 1, 9}, {8, 5, 6}}, [2]int{1, 1}, [2]int{1, 2}, [2]int{2, 1}, [2]int{2, 2}))
	table("a table without small cells", false, hide([][]int{{14, 20}, {7, 6}}))
	table("a table with zeros", false, hide([][]int{{14, 0}, {0, 6}}))

	file := func(name string, unsafe bool, text string) {
		add(name, unsafe, func() bool { return found(t, "report.md", []byte(text)) })
	}
	file("R2: a name", true, "One of them was Maria Holt.")
	file("R2: in capitals", true, "MARIA HOLT sold tickets.")
	file("R2: the surname alone", true, "Then Holt left.")
	file("R2: possessive", true, "Holt’s tickets")
	file("R2: homoglyphs", true, "Mаriа Нolt") // а and Н are Cyrillic
	file("R2: accents", true, "María Hólt")
	file("R2: zero-width letters", true, "Ma\u200bria Ho\u200blt")
	file("R2: soft hyphen", true, "Maria Ho\u00adlt")
	file("R2: spaced out", true, "M a r i a H o l t")
	file("R2: between tags", true, "Maria <b>H</b>olt")
	file("R2: in a comment", true, "<!-- maria holt -->")
	file("R2: in an alt text", true, `<img alt="maria holt">`)
	file("R2: as a key of JSON", true, `{"maria_holt": 1}`)
	file("R2: entities", true, "Mar&#105;a &#72;olt")
	file("R2: percent signs", true, "?q=maria%20holt")
	file("R2: base 64", true, base64.StdEncoding.EncodeToString([]byte("speaker: Maria Holt")))
	file("R2: hexadecimal", true, hex.EncodeToString([]byte("maria holt")))
	file("R2: another script", true, "Мария Холт продавала билеты")
	file("R2: out of another script", true, "Dmitry Khomyakov was the pilot")
	file("R2: an address", true, "See https://post.example/ferry-stops for more.")
	file("R14: a hash", true, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
	file("R14: the time of a capture", true, "2014-05-14T09:00:00Z")
	file("R9: four words", true, "one said they were “told nothing at all”")
	file("R9: other marks and case", true, "Told, nothing -- AT all!")
	file("R9: three words", false, "one was told nothing at first")
	file("R9: a paraphrase", false, "Nobody informed the crew.")
	file("another Maria", false, "Maria Lund spoke too.")
	file("a word that holds the name", false, "The Holtby road is closed.")
	file("plain prose", false, "Two thirds of the accounts complain of the pay.")
	file("another address", false, "https://post.example/about")
	file("another script, another name", false, "Анна Петрова живёт здесь")
	add("R2: the name of a file", true, func() bool { return found(t, "maria-holt.csv", []byte("a,b")) })
	add("R2: UTF-16", true, func() bool { return found(t, "a.txt", []byte(wide("x Maria Holt x"))) })
	add("R2: a hidden sheet of a workbook", true, func() bool {
		return found(t, "a.xlsx", inZip(t, "xl/worksheets/sheet9.xml", "<v>Maria Holt</v>", ""))
	})
	add("R2: a member of an archive", true, func() bool { return found(t, "a.zip", inZip(t, "maria_holt.txt", "x", "")) })
	add("R2: the comment of an archive", true, func() bool { return found(t, "a.zip", inZip(t, "a.txt", "x", "by Maria Holt")) })
	add("a clean workbook", false, func() bool { return found(t, "a.xlsx", inZip(t, "xl/worksheets/sheet1.xml", "<v>12</v>", "")) })

	edition := func(name string, unsafe bool, make func(e *Edition) []recount.ReleaseBody) {
		add(name, unsafe, func() bool {
			e := study58(t)
			e.Results = e.Results[:1]
			f, err := e.Check(NewShape(make(e)))
			return err != nil || len(f) > 0
		})
	}
	one := func(column string, values ...string) Result {
		return Result{Name: column, Label: column, Share: true, Where: []Condition{{Column: column, Values: values}}}
	}
	edition("R7: a share of 7 of 58", false, func(e *Edition) []recount.ReleaseBody { e.with(one("sex", "F")); return nil })
	edition("R7: a share of 3", true, func(e *Edition) []recount.ReleaseBody { e.with(one("country", "Uzbekistan")); return nil })
	edition("R7: its rest is 3", true, func(e *Edition) []recount.ReleaseBody {
		e.with(one("region", "MENA", "Europe"))
		return nil
	})
	edition("R7: hidden, and the rest of the table is shown", true, func(e *Edition) []recount.ReleaseBody {
		e.with(Result{Name: "region", Label: "region", Dims: []Dimension{by(e.Column("region"))}})
		return []recount.ReleaseBody{{Op: recount.Hide, What: "region", Values: []string{": Asia-Pacific"}}}
	})
	edition("R7: hidden with another", false, func(e *Edition) []recount.ReleaseBody {
		e.with(Result{Name: "region", Label: "region", Dims: []Dimension{by(e.Column("region"))}})
		return []recount.ReleaseBody{{Op: recount.Hide, What: "region", Values: []string{": Asia-Pacific", ": Europe"}}}
	})
	edition("R7: hidden with another, which another number prints", true, func(e *Edition) []recount.ReleaseBody {
		e.with(Result{Name: "region", Label: "region", Dims: []Dimension{by(e.Column("region"))}}, Result{Name: "europe", Label: "Europe", Where: []Condition{{Column: "region", Values: []string{"Europe"}}}})
		return []recount.ReleaseBody{{Op: recount.Hide, What: "region", Values: []string{": Asia-Pacific", ": Europe"}}}
	})
	edition("R11: merged with another region", false, func(e *Edition) []recount.ReleaseBody {
		e.with(Result{Name: "region", Label: "region", Dims: []Dimension{by(e.Column("region"))}})
		return []recount.ReleaseBody{{Op: recount.Merge, What: "region", Values: []string{"Asia-Pacific", "Europe"}, To: "other"}}
	})
	edition("R11: quarters as years", false, func(e *Edition) []recount.ReleaseBody {
		e.with(Result{Name: "quarter", Label: "quarter", Dims: []Dimension{by(e.Column("quarter"))}})
		return []recount.ReleaseBody{{Op: recount.Coarsen, What: "quarter", To: "year"}}
	})
	edition("R8: two windows that differ by a quarter of two people", true, func(e *Edition) []recount.ReleaseBody {
		e.with(one("quarter", "2014Q4", "2015Q1", "2015Q2", "2015Q3"), one("quarter", "2015Q1", "2015Q2", "2015Q3"))
		e.Results[2].Name = "later"
		return nil
	})
	edition("R8: two windows that differ by many", false, func(e *Edition) []recount.ReleaseBody {
		e.with(one("quarter", "2015Q1", "2015Q2", "2015Q3"), one("quarter", "2015Q2", "2015Q3"))
		e.Results[2].Name = "later"
		return nil
	})
	edition("R8: one more than last time", true, func(e *Edition) []recount.ReleaseBody { e.Earlier = []map[string]int{{everybody: 57}}; return nil })
	edition("R8: one less than last time", true, func(e *Edition) []recount.ReleaseBody { e.Earlier = []map[string]int{{everybody: 59}}; return nil })
	edition("R8: the same as last time", false, func(e *Edition) []recount.ReleaseBody { e.Earlier = []map[string]int{{everybody: 58}}; return nil })
	edition("R8: many more than last time", false, func(e *Edition) []recount.ReleaseBody { e.Earlier = []map[string]int{{everybody: 40}}; return nil })
	edition("R6: everybody of a group", true, func(e *Edition) []recount.ReleaseBody {
		for i, r := range e.Column("region").Of {
			if r == "Europe" {
				e.Column("reason").Of[i] = "corruption"
			}
		}
		e.with(cross(e, "region", "reason"))
		return []recount.ReleaseBody{{Op: recount.Merge, What: "region", Values: []string{"Asia-Pacific", "MENA"}, To: "other"}}
	})
	edition("R1: a column that is not there", true, func(e *Edition) []recount.ReleaseBody {
		e.with(Result{Name: "x", Where: []Condition{{Column: "shoe"}}})
		return nil
	})

	e := study58(t)
	e.Results = append(e.Results[:1], one("sex", "F"), one("country", "Uzbekistan"))
	numbers := e.Numbers(NewShape([]recount.ReleaseBody{{Op: recount.Hide, What: "country"}}))
	typed := func(unsafe bool, s string) {
		add("R7: "+s, unsafe, func() bool { return e.Typed(numbers, nil, s) != "" })
	}
	typed(true, "Three of them came from Uzbekistan.")
	typed(true, "3 people came from Uzbekistan.")
	typed(true, "Of the people, 5% came from there.")
	typed(true, "About 5 per cent did.")
	typed(true, "A third of the women spoke.")
	typed(true, "Eleven fighters spoke.")
	typed(true, "One woman spoke from a cell.")
	typed(false, "The study ran for three months.")
	typed(false, "It rests on 34 pages of 12 outlets.")
	typed(false, "In 2014 the pay stopped.")
	typed(false, "Seven women spoke.")
	typed(false, "58 people are counted, 12% of them women.")
	typed(false, "No one person decides.")
	typed(false, "Two accounts may be of one person.")
	for _, s := range []string{"Forty people spoke.", "Seventeen women spoke.", "Twenty-one women spoke.", "Dozens of people spoke.", "Hundreds of fighters left.", "A dozen women spoke.", "A pair of women spoke.", "A couple of women spoke.", "Both women spoke.", "A single woman spoke.", "A lone woman spoke.", "A trio of women spoke.",
		"Fourteen per cent were women.", "Twenty-two percent were women.", "XIV women spoke.", "ⅩⅣ women spoke.", "A 4-woman group spoke.", "A four-woman group spoke.", "１４ women spoke.", "١٤ women spoke.", "۱۴ women spoke.", "1\u00ad4 women spoke.", "four\u00adteen women spoke.", "fоurteen women spoke.", "1\u200b4 women spoke.", "𝟏𝟒 women spoke.",
		"Two-thirds of the women spoke.", "Three-quarters of the women spoke.", "Half the women spoke.", "One third of the women spoke.", "F\u200bour women spoke."} {
		typed(true, s)
	}
	for _, s := range []string{"Both reasons stand.", "A single page is enough.", "A couple of months passed.", "A dozen pages were read.", "A 19-year-old spoke.", "Dozens of pages were read.", "I women", "Half the pages were read.", "They left in pairs.", "Scores were not computed.", "Both agree.", "The 12-page list."} {
		typed(false, s)
	}

	// What the shape hides, merges and drops stands beside no number.
	f := study58(t)
	shape := NewShape([]recount.ReleaseBody{{Op: recount.Merge, What: "region", Values: []string{"Asia-Pacific"}, To: "other"}, {Op: recount.Drop, What: "country"}, {Op: recount.Hide, What: "sex", Values: []string{": F"}}})
	shown := f.Numbers(shape)
	kept := f.Kept(shape, shown)
	beside := func(unsafe bool, s string, around ...string) {
		add("beside what is kept: "+s+strings.Join(around, "|"), unsafe, func() bool { return f.Typed(shown, kept, s, around...) != "" })
	}
	for _, s := range []string{"2 of 29 come from %s.", "Two come from %s.", "2/29 %s", "%s: 2", "%s 2", "%s (2)", "Only one came from %s.", "Of the 58, 56 were not from %s.", "%s is where two lived.", "%s's two accounts.", "%sers were two.", "7%% came from %s.", "A pair came from %s.", "%s: ２", "%s: ٢", "%s: t\u00adwo", "Half came from %s.", "A dozen came from %s.", "In 2014, 3 came from %s.", "Twenty-two came from %s."} {
		for _, name := range []string{"Uzbekistan", "UZBEKISTAN", "Uz\u00adbekistan", "Uzbеkistan", "Asia-Pacific"} {
			beside(true, fmt.Sprintf(s, name))
		}
	}
	beside(true, "2", "Uzbekistan\n2\n")
	beside(true, "There were two.", "We counted who came from Uzbekistan.")
	for _, s := range []string{"Nobody from Uzbekistan is named.", "In 2014 some came from Uzbekistan.", "Uzbekistan is 300 km away.", "No one spoke of Uzbekistan.", "The road to Uzbekistan closed for three months.", "A 19-year-old law of Uzbekistan.", "Two came from Europe."} {
		beside(false, s)
	}
	beside(false, "2", "Europe\n2\n")
	return out
}

func TestReleaseRefusals(t *testing.T) {
	unsafe, safe, passed, refused := 0, 0, []string{}, []string{}
	for _, c := range releaseCases(t) {
		got := c.refused()
		switch {
		case c.unsafe && !got:
			passed = append(passed, c.name)
		case !c.unsafe && got:
			refused = append(refused, c.name)
		}
		if c.unsafe {
			unsafe++
		} else {
			safe++
		}
	}
	t.Logf("%d unsafe, %d passed; %d safe, %d refused %v", unsafe, len(passed), safe, len(refused), refused)
	if len(passed) > 0 {
		t.Errorf("passed: %q", passed)
	}
	if 10*len(refused) > safe {
		t.Errorf("refused: %q", refused)
	}
}
