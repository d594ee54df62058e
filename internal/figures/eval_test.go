package figures

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"recount"
)

// shared holds the measuring material, beside the repository. Nothing of it is
// part of the program.
const shared = "../../../shared"

// The committed bars. The scores of the day stand in the package's log.
var bars = map[string]float64{"span": 0.93, "value+qualifier": 0.92, "value+qualifier+unit": 0.88}

type goldArticle struct {
	ID           string `json:"id"`
	Text         string `json:"text"`
	Attributions []struct {
		Content [][2]int `json:"content"`
	} `json:"attributions"`
	Links []struct {
		I       int    `json:"i"`
		Speaker string `json:"speaker"`
	} `json:"links"`
}

// goldArticles reads the development articles, or skips the test.
func goldArticles(t testing.TB) []goldArticle {
	t.Helper()
	file, err := os.Open(filepath.Join(shared, "gold", "speakers_dev.jsonl"))
	if err != nil {
		t.Skip("the gold figures (../shared/gold beside the repository) are absent")
	}
	defer file.Close()
	var out []goldArticle
	in := bufio.NewScanner(file)
	in.Buffer(nil, 16<<20)
	for in.Scan() {
		var g goldArticle
		if err := json.Unmarshal(in.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		out = append(out, g)
	}
	return out
}

// encode writes figures as the plumbing of recount does.
func encode(figs []recount.ReportedFigure, text string) []map[string]any {
	points := recount.NewCodePoints(text)
	out := []map[string]any{}
	num := func(d *recount.Decimal) any {
		if d == nil {
			return nil
		}
		v := float64(d.Digits)
		for range d.Places {
			v /= 10
		}
		return v
	}
	for _, f := range figs {
		p := points.Points(f.Span)
		m := map[string]any{"start": p[0], "end": p[1], "kind": f.Kind, "value": num(f.Value), "low": num(f.Low), "high": num(f.High),
			"qualifier": f.Qualifier, "unit": f.Unit, "of": nil, "said_by": f.SaidBy}
		if f.Of >= 0 {
			m["of"] = f.Of
		}
		out = append(out, m)
	}
	return out
}

func TestGold(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3, which runs the scorer, is absent")
	}
	var b strings.Builder
	for _, g := range goldArticles(t) {
		a := &recount.Article{Text: g.Text, Language: "en"}
		line, err := json.Marshal(map[string]any{"id": g.ID, "figures": encode(Find(a, nil), g.Text)})
		if err != nil {
			t.Fatal(err)
		}
		b.Write(line)
		b.WriteByte('\n')
	}
	pred := os.Getenv("FIGURES_OUT")
	if pred == "" {
		pred = filepath.Join(t.TempDir(), "pred.jsonl")
	}
	if err := os.WriteFile(pred, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	gold := filepath.Join(shared, "gold")
	out, err := exec.Command(python, filepath.Join(gold, "score_figures.py"), filepath.Join(gold, "speakers_dev.jsonl"), pred, "--json").Output()
	if err != nil {
		t.Fatal(err)
	}
	scores := map[string]json.RawMessage{}
	if err := json.Unmarshal(out, &scores); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"span", "value", "value+qualifier", "value+qualifier+unit", "subset links"} {
		var s struct{ P, R, F1 float64 }
		if err := json.Unmarshal(scores[name], &s); err != nil {
			t.Fatal(err)
		}
		t.Logf("%-22s P %.3f R %.3f F1 %.3f", name, s.P, s.R, s.F1)
		if s.F1 < bars[name] {
			t.Errorf("%s: F1 %.3f, below the bar of %.2f", name, s.F1, bars[name])
		}
	}
}
