package cases

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// shared holds the measuring material, beside the repository. Nothing of it is
// part of the program.
const shared = "../../../shared/gold"

// lines reads a JSON Lines file of the measuring material, or skips the test.
func lines[T any](t testing.TB, name string) []T {
	t.Helper()
	file, err := os.Open(filepath.Join(shared, name))
	if err != nil {
		t.Skipf("the measuring material (../shared/gold/%s beside the repository) is absent", name)
	}
	defer file.Close()
	var out []T
	in := bufio.NewScanner(file)
	in.Buffer(nil, 4<<20)
	for in.Scan() {
		var v T
		if err := json.Unmarshal(in.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

// score writes predictions, runs a scorer over them and returns its numbers.
func score(t *testing.T, scorer, gold string, pred []any) map[string]float64 {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3, which runs the scorer, is absent")
	}
	var b strings.Builder
	for _, p := range pred {
		line, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(line)
		b.WriteByte('\n')
	}
	path := filepath.Join(t.TempDir(), "pred.jsonl")
	if dir := os.Getenv("CASES_OUT"); dir != "" {
		path = filepath.Join(dir, gold)
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(python, filepath.Join(shared, scorer), filepath.Join(shared, gold), path, "--json").Output()
	if err != nil {
		t.Fatal(err)
	}
	scores := map[string]float64{}
	if err := json.Unmarshal(out, &scores); err != nil {
		t.Fatal(err)
	}
	return scores
}

func TestNamesGold(t *testing.T) {
	for _, tt := range []struct {
		file string
		bar  float64
	}{{"names_nk_dev.jsonl", 0.78}, {"names_arabic_dev.jsonl", 0.92}} {
		t.Run(tt.file, func(t *testing.T) {
			var pred []any
			for _, row := range lines[map[string]any](t, tt.file) {
				s, same := Match(row["name1"].(string), row["name2"].(string))
				row["score"], row["same"] = float64(s)/1000, same
				pred = append(pred, row)
			}
			s := score(t, "score_names.py", tt.file, pred)
			t.Logf("P %.3f R %.3f F1 %.3f (best F1 over thresholds %.3f)", s["p"], s["r"], s["f1"], s["best_f1"])
			if s["f1"] < tt.bar {
				t.Errorf("F1 %.3f, below the bar of %.2f", s["f1"], tt.bar)
			}
		})
	}
}

func TestPersonsGold(t *testing.T) {
	const file = "persons_ecb_dev.jsonl"
	docs := lines[MentionRecord](t, file)
	var pred []any
	for _, s := range ProposeMentions(docs) {
		pred = append(pred, map[string]any{"a": []string{docs[s.A].Doc, docs[s.A].Local}, "b": []string{docs[s.B].Doc, docs[s.B].Local}, "weight": s.Weight})
	}
	s := score(t, "score_persons.py", file, pred)
	t.Logf("%d pairs; recall at P >= .95: %.3f; best pair F1 %.3f; B-cubed F1 %.3f; among the first five %.3f", len(pred), s["recall_at_p95"], s["best_pair_f1"], s["b3_f1"], s["top5"])
	if s["recall_at_p95"] < personsBar {
		t.Errorf("recall at P >= .95 is %.3f, below the bar of %.2f", s["recall_at_p95"], personsBar)
	}
}

// personsBar is what linking by mentions alone reaches; the goal is 0.65.
const personsBar = 0.62
