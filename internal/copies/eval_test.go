package copies

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"recount"
)

// shared is the folder of measuring material beside the repository.
const shared = "../../../shared"

// measure returns the path of a measuring file, or skips the test.
func measure(t testing.TB, name string) string {
	t.Helper()
	path := filepath.Join(shared, name)
	if _, err := os.Stat(path); err != nil {
		t.Skipf("%s is absent: the measuring material does not lie beside the repository", name)
	}
	return path
}

// eachLine calls row with every line of a JSON Lines file.
func eachLine(t testing.TB, path string, row func([]byte)) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 64<<20)
	for s.Scan() {
		if len(bytes.TrimSpace(s.Bytes())) > 0 {
			row(s.Bytes())
		}
	}
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
}

// score runs a scorer with --json and returns what it prints.
func score(t testing.TB, script string, args ...string) map[string]json.RawMessage {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is absent: the scorers need it")
	}
	out, err := exec.Command(python, append([]string{measure(t, script)}, args...)...).Output()
	if err != nil {
		t.Fatalf("%s: %v", script, err)
	}
	var res map[string]json.RawMessage
	if err := json.Unmarshal(out, &res); err != nil {
		t.Fatalf("%s printed no JSON: %v", script, err)
	}
	return res
}

// prf is precision, recall and F1 as score_copies.py prints them.
type prf struct {
	P  float64 `json:"p"`
	R  float64 `json:"r"`
	F1 float64 `json:"f1"`
	TP int     `json:"tp"`
	FP int     `json:"fp"`
	FN int     `json:"fn"`
}

func (p prf) String() string {
	return fmt.Sprintf("P %.3f R %.3f F1 %.3f (tp %d fp %d fn %d)", p.P, p.R, p.F1, p.TP, p.FP, p.FN)
}

func decode[T any](t testing.TB, raw json.RawMessage) (v T) {
	t.Helper()
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// readDocs reads {"id","text"} lines as articles whose keys are the ids.
func readDocs(t testing.TB, path string, want func(kind string) bool) []*recount.Article {
	t.Helper()
	var out []*recount.Article
	eachLine(t, path, func(line []byte) {
		var d struct{ ID, Text, Kind string }
		if err := json.Unmarshal(line, &d); err != nil {
			t.Fatal(err)
		}
		if want == nil || want(d.Kind) {
			out = append(out, &recount.Article{Key: recount.Key(d.ID), Name: d.ID, Text: d.Text})
		}
	})
	return out
}

// writeRelations writes relations as the plumbing does: one object a pair,
// offsets in code points.
func writeRelations(t testing.TB, name string, articles []*recount.Article, relations iter.Seq2[recount.Relation, error]) {
	t.Helper()
	points := map[recount.Key]*recount.CodePoints{}
	for _, a := range articles {
		points[a.Key] = recount.NewCodePoints(a.Text)
	}
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	enc := json.NewEncoder(f)
	for r, err := range relations {
		if err != nil {
			t.Fatal(err)
		}
		spans := [][4]int{}
		for _, s := range r.Spans {
			a, b := points[r.A].Points(s.A), points[r.B].Points(s.B)
			spans = append(spans, [4]int{a[0], a[1], b[0], b[1]})
		}
		if err := enc.Encode(map[string]any{"a": r.A, "b": r.B, "relation": r.Kind, "spans": spans}); err != nil {
			t.Fatal(err)
		}
	}
}

// atLeast fails the test if got is below the bar.
func atLeast(t *testing.T, what string, got, bar float64) {
	t.Helper()
	if got < bar {
		t.Errorf("%s: %.3f, below the bar of %.3f", what, got, bar)
	}
}

func TestRealOutlets(t *testing.T) {
	docs := readDocs(t, measure(t, "gold/syndication_ecb_dev.docs.jsonl"), nil)
	pred := filepath.Join(t.TempDir(), "pred.jsonl")
	writeRelations(t, pred, docs, Find(slices.Values(docs), t.TempDir()))
	res := score(t, "gold/score_copies.py", "ecb", measure(t, "gold/syndication_ecb_dev.pairs.jsonl"), pred, "--json")
	for _, bar := range []struct {
		name string
		f1   float64
	}{{"copy", .98}, {"copy+partial", .94}, {"quote_only", .88}} {
		got := decode[prf](t, res[bar.name])
		t.Logf("%-14s %v", bar.name, got)
		atLeast(t, bar.name, got.F1, bar.f1)
	}
	keep(t, pred, "ecb.pred")
	logPeers(t, "ecb", measure(t, "gold/syndication_ecb_dev.pairs.jsonl"), docs)
}

func TestKnownRewrites(t *testing.T) {
	docs := readDocs(t, measure(t, "gold/syndication_edits_dev.docs.jsonl"), nil)
	pred := filepath.Join(t.TempDir(), "pred.jsonl")
	writeRelations(t, pred, docs, Find(slices.Values(docs), t.TempDir()))
	gold := measure(t, "gold/syndication_edits_dev.pairs.jsonl")
	res := score(t, "gold/score_copies.py", "edits", gold, pred, "--json")
	for _, bar := range []struct {
		name string
		f1   float64
	}{{"any reuse", .995}, {"copy+partial", .98}, {"span characters", .95}} {
		got := decode[prf](t, res[bar.name])
		t.Logf("%-16s %v", bar.name, got)
		atLeast(t, bar.name, got.F1, bar.f1)
	}
	recall := decode[map[string]float64](t, res["recall by operation"])
	t.Logf("recall %v", recall)
	atLeast(t, "recall of embedded passages", recall["embed"], .98)
	atLeast(t, "recall of lone quotations", recall["quote"], .97)

	ocr := filepath.Join(t.TempDir(), "ocr.jsonl")
	var rows []byte
	eachLine(t, gold, func(line []byte) {
		if bytes.Contains(line, []byte(`"op": "ocr"`)) || bytes.Contains(line, []byte(`"op":"ocr"`)) {
			rows = append(append(rows, line...), '\n')
		}
	})
	if err := os.WriteFile(ocr, rows, 0o600); err != nil {
		t.Fatal(err)
	}
	res = score(t, "gold/score_copies.py", "edits", ocr, pred, "--json")
	got := decode[prf](t, res["span characters"])
	t.Logf("spans of OCR     %v", got)
	atLeast(t, "characters of spans in OCR", got.F1, .85)
	keep(t, pred, "edits.pred")
	logPeers(t, "edits", gold, docs)
}

// keep copies a prediction to the folder that COPIES_KEEP names, for a look at
// single errors.
func keep(t testing.TB, from, name string) {
	t.Helper()
	dir := os.Getenv("COPIES_KEEP")
	if dir == "" {
		return
	}
	b, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name), b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestSplicedPages(t *testing.T) {
	path := measure(t, "gold/mash_dev.docs.jsonl")
	pages := readDocs(t, path, func(kind string) bool { return kind == "mash" })
	corpus := readDocs(t, path, func(kind string) bool { return kind == "original" })
	pred := filepath.Join(t.TempDir(), "pred.jsonl")
	f, err := os.Create(pred)
	if err != nil {
		t.Fatal(err)
	}
	enc := json.NewEncoder(f)
	i := 0
	for found := range Origins(slices.Values(pages), slices.Values(corpus)) {
		points := recount.NewCodePoints(pages[i].Text)
		rows := []map[string]any{}
		for _, s := range found {
			p := points.Points(s.Sentence)
			origins := s.Origins
			if origins == nil {
				origins = []recount.Key{}
			}
			rows = append(rows, map[string]any{"start": p[0], "end": p[1], "origins": origins, "altered": s.Altered, "off_topic": s.OffTopic})
		}
		if err := enc.Encode(map[string]any{"id": pages[i].Key, "sentences": rows}); err != nil {
			t.Fatal(err)
		}
		i++
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	res := score(t, "gold/score_mash.py", measure(t, "gold/mash_dev.truth.jsonl"), pred, "--json")
	acc := decode[map[string]struct{ Acc float64 }](t, res["origin_accuracy"])
	f1 := func(name string) float64 { return decode[struct{ F1 float64 }](t, res[name]).F1 }
	for name, bar := range map[string]struct{ got, bar float64 }{
		"accuracy of origins":      {acc["all"].Acc, 99},
		"precision of origin sets": {decode[float64](t, res["origin_set_precision"]), 95},
		"altered":                  {f1("altered"), 95},
		"verbatim":                 {f1("verbatim"), 95},
		"both right":               {decode[float64](t, res["origin_and_altered_both_right"]), 95},
		"off topic":                {f1("off_topic"), 85},
	} {
		t.Logf("%-26s %.1f", name, bar.got)
		atLeast(t, name, bar.got, bar.bar)
	}
	keep(t, pred, "mash.pred")
}

// A studyPage is one page of a study with a known answer, as far as it matters
// here.
type studyPage struct {
	File, Outlet, Published string
	Body                    []string
	OffTopic                []struct{ Text string } `json:"off_topic"`
}

// readStudy reads the pages of the study with a known answer, their body texts
// only, and the relations that are true.
func readStudy(t testing.TB, path string) (pages []*recount.Article, truth map[[2]recount.Key]recount.RelationKind) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	study := decode[struct {
		Pages     []studyPage
		Relations []struct {
			A, B    recount.Key
			Verdict recount.RelationKind
		} `json:"copy_relations"`
	}](t, b)
	for _, p := range study.Pages {
		name := strings.TrimSuffix(filepath.Base(p.File), ".html")
		pages = append(pages, &recount.Article{Key: recount.Key(name), Name: p.File, Outlet: p.Outlet,
			Published: p.Published, Text: strings.Join(p.Body, "\n")})
	}
	truth = map[[2]recount.Key]recount.RelationKind{}
	for _, r := range study.Relations {
		truth[[2]recount.Key{min(r.A, r.B), max(r.A, r.B)}] = r.Verdict
	}
	return pages, truth
}

func TestStudyWithKnownAnswer(t *testing.T) {
	pages, truth := readStudy(t, measure(t, "study-order/truth.json"))
	var relations []recount.Relation
	got := map[[2]recount.Key]recount.RelationKind{}
	for r, err := range Find(slices.Values(pages), t.TempDir()) {
		if err != nil {
			t.Fatal(err)
		}
		relations = append(relations, r)
		got[[2]recount.Key{r.A, r.B}] = r.Kind
		if want := truth[[2]recount.Key{r.A, r.B}]; want != r.Kind && (want != "" || r.Kind != recount.Trace) {
			t.Logf("%s %s: got %q (%d, %d), want %q", r.A, r.B, r.Kind, r.CoverageA, r.CoverageB, want)
		}
	}
	for pair, want := range truth {
		if got[pair] == "" {
			t.Logf("%s %s: got nothing, want %q", pair[0], pair[1], want)
		}
	}
	for _, bar := range []struct {
		name  string
		kinds []recount.RelationKind
		f1    float64
	}{
		{"copy", []recount.RelationKind{recount.Copy}, 1},
		{"copy+partial", []recount.RelationKind{recount.Copy, recount.Partial}, .97},
		{"quote_only", []recount.RelationKind{recount.QuoteOnly}, .90},
	} {
		right, found, true_ := 0, 0, 0
		for pair, kind := range got {
			if slices.Contains(bar.kinds, kind) {
				found++
				if slices.Contains(bar.kinds, truth[pair]) {
					right++
				}
			}
		}
		for _, kind := range truth {
			if slices.Contains(bar.kinds, kind) {
				true_++
			}
		}
		f1 := 2 * float64(right) / float64(found+true_)
		t.Logf("%-14s F1 %.3f (%d right, %d found, %d true)", bar.name, f1, right, found, true_)
		atLeast(t, bar.name, f1, bar.f1)
	}
	originals := Originals(slices.Values(pages), relations)
	spliced := []recount.Key{}
	for _, o := range originals {
		if o.Spliced {
			spliced = append(spliced, o.Members...)
		}
		if len(o.Members) > 1 || o.Spliced {
			t.Logf("original %v, first %s: %s", o.Members, o.First, o.Reason)
		}
	}
	// p04 runs the agency's text and has a speaker of its own; a person says that
	// it counts once with the others.
	if len(originals) != 28 || !slices.Equal(spliced, []recount.Key{"p34"}) {
		t.Errorf("%d originals, spliced %v; want 28 with p34 spliced", len(originals), spliced)
	}
	said := Correct(relations, originals, []Correction{{Article: "p04", Of: "p01", Reprint: true}})
	if n := len(Originals(slices.Values(pages), said)); n != 27 {
		t.Errorf("%d originals after a yes, want 27", n)
	}
}

// TestNamedChanges reads what was done to a sentence off its two wordings and
// compares that with what was really done.
func TestNamedChanges(t *testing.T) {
	texts := map[string]*recount.Article{}
	for _, a := range readDocs(t, measure(t, "gold/mash_dev.docs.jsonl"), nil) {
		texts[string(a.Key)] = a
	}
	want := map[string][]changeKind{
		"word_swap":        {wordsSwapped},
		"number_format":    {numberRewritten},
		"british_american": {spellingChanged},
		"truncate":         {clauseDropped, wordsDropped},
		"marks_lost":       {marksLost},
		"marks_moved":      {marksMoved},
		"reorder_clauses":  {partMoved},
		"passive_ish":      {voiceChanged},
		"verbatim":         nil,
	}
	right, all := map[string]int{}, map[string]int{}
	eachLine(t, measure(t, "gold/mash_dev.truth.jsonl"), func(line []byte) {
		page := decode[struct {
			ID        string
			Sentences []struct {
				Start, End int
				Op         string
				Origin     *struct {
					Doc        string
					Start, End int
				}
			}
		}](t, line)
		for _, s := range page.Sentences {
			kinds, ok := want[s.Op]
			if s.Origin == nil || !ok {
				continue
			}
			cut := func(doc string, from, to int) string {
				span, _ := recount.NewCodePoints(texts[doc].Text).Span([2]int{from, to})
				return span.In(texts[doc].Text)
			}
			a, b := cut(s.Origin.Doc, s.Origin.Start, s.Origin.End), cut(page.ID, s.Start, s.End)
			changes := Diff(a, b)
			all[s.Op]++
			if kinds == nil && len(changes) == 0 || slices.ContainsFunc(changes, func(c Change) bool { return slices.Contains(kinds, c.Kind) }) {
				right[s.Op]++
			} else if os.Getenv("COPIES_KEEP") != "" {
				t.Logf("%s\n  %s\n  %s\n  %v", s.Op, a, b, changes)
			}
		}
	})
	for _, op := range slices.Sorted(maps.Keys(all)) {
		got := float64(right[op]) / float64(all[op])
		t.Logf("%-17s named rightly %d of %d", op, right[op], all[op])
		atLeast(t, op, got, .85)
	}
}
