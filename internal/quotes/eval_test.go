package quotes

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"recount"
)

// measuring is where the measuring material lies beside the repository.
const measuring = "../../../shared"

// needMeasuring skips the test when the measuring material is absent.
func needMeasuring(t testing.TB, name string) string {
	t.Helper()
	path := filepath.Join(measuring, name)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("measuring material %s is absent", name)
	}
	return path
}

type publicPiece = [2]int

type publicAttribution struct {
	Source     []publicPiece `json:"source"`
	Cue        []publicPiece `json:"cue"`
	Content    []publicPiece `json:"content"`
	Type       string        `json:"type"`
	Speech     bool          `json:"speech"`
	Speaker    *string       `json:"speaker"`
	Confidence float64       `json:"confidence"`
}

type publicSpeaker struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Kind   string `json:"kind"`
	Gender string `json:"gender"`
}

type publicSentence struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Role  string `json:"role"`
}

// publicReading is what `recount quotes` prints for one article.
type publicReading struct {
	ID           string              `json:"id"`
	Attributions []publicAttribution `json:"attributions"`
	Speakers     []publicSpeaker     `json:"speakers"`
	Sentences    []publicSentence    `json:"sentences"`
	text         []rune
}

type givenArticle struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Outlet    string `json:"outlet"`
	Published string `json:"published"`
	Text      string `json:"text"`
}

func publish(g givenArticle) publicReading {
	a := &recount.Article{Key: recount.Key(g.ID), Title: g.Title, Outlet: g.Outlet, Published: g.Published, Text: g.Text}
	r := Read(a)
	points := recount.NewCodePoints(a.Text)
	spans := func(s []recount.Span) []publicPiece {
		out := []publicPiece{}
		for _, x := range s {
			out = append(out, points.Points(x))
		}
		return out
	}
	out := publicReading{ID: g.ID, Attributions: []publicAttribution{}, Speakers: []publicSpeaker{}}
	for _, s := range r.Statements {
		at := publicAttribution{
			Source: spans(s.Source), Cue: spans(s.Cue), Content: spans(WithMarks(a.Text, s.Content)),
			Type: string(s.Type), Speech: s.Speech, Confidence: float64(s.Confidence) / 1000,
		}
		if s.Speaker != "" {
			at.Speaker = &s.Speaker
		}
		out.Attributions = append(out.Attributions, at)
	}
	for _, s := range r.Speakers {
		out.Speakers = append(out.Speakers, publicSpeaker{s.ID, s.Name, string(s.Kind), string(s.Gender)})
	}
	for _, s := range r.Sentences {
		p := points.Points(s.Span)
		out.Sentences = append(out.Sentences, publicSentence{p[0], p[1], string(s.Role)})
	}
	return out
}

// readAll reads JSON Lines, packed or not, and writes the readings as JSON
// Lines into a file of the test.
func readAll(t *testing.T, in string) string {
	t.Helper()
	f, err := os.Open(in)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(in, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	out := filepath.Join(t.TempDir(), "pred.jsonl")
	if keep := os.Getenv("RECOUNT_KEEP"); keep != "" {
		out = filepath.Join(keep, strings.TrimSuffix(filepath.Base(in), ".gz"))
	}
	w, err := os.Create(out)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	lines := bufio.NewReaderSize(r, 1<<20)
	for {
		line, err := lines.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			var g givenArticle
			if err := json.Unmarshal(line, &g); err != nil {
				t.Fatal(err)
			}
			if err := enc.Encode(publish(g)); err != nil {
				t.Fatal(err)
			}
		}
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// score runs one of the scorers and returns what it prints as JSON.
func score(t *testing.T, args ...string) map[string]json.RawMessage {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is absent, and the scorers are written in it")
	}
	cmd := exec.Command(python, append(args, "--json")...)
	cmd.Stderr = os.Stderr
	data, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v", args, err)
	}
	var out map[string]json.RawMessage
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func f1(t *testing.T, rows map[string]json.RawMessage, row string) float64 {
	t.Helper()
	var v struct {
		P, R, F1 float64
	}
	if err := json.Unmarshal(rows[row], &v); err != nil {
		t.Fatalf("row %s: %v", row, err)
	}
	t.Logf("%-24s P %5.1f R %5.1f F1 %5.1f", row, v.P, v.R, v.F1)
	return v.F1
}

func atLeast(t *testing.T, what string, got, bar float64) {
	t.Helper()
	if got < bar {
		t.Errorf("%s = %.2f, want at least %.2f", what, got, bar)
	}
}

// TestAttributions scores the development articles against their gold.
func TestAttributions(t *testing.T) {
	gold := needMeasuring(t, "gold/polnear-dev.jsonl.gz")
	scorer := needMeasuring(t, "gold/score.py")
	pred := readAll(t, gold)
	all := score(t, scorer, gold, pred)
	t.Log("all attributions")
	for _, row := range []struct {
		name string
		bar  float64
	}{
		{"segment / source", 75}, {"segment / cue", 71}, {"segment / content", 63.5}, {"content / all", 77},
		{"+source / all", 71}, {"+source / direct", 90}, {"+source / mixed", 79}, {"+source / indirect", 64},
	} {
		atLeast(t, row.name, f1(t, all, row.name), row.bar)
	}
	speech := score(t, scorer, gold, pred, "--speech")
	t.Log("speech alone")
	for _, row := range []struct {
		name string
		bar  float64
	}{
		{"segment / source", 87}, {"segment / cue", 86}, {"segment / content", 79}, {"content / all", 89.5},
		{"+source / all", 86}, {"+source / direct", 96}, {"+source / mixed", 85.5}, {"+source / indirect", 81.5},
	} {
		atLeast(t, row.name+", speech", f1(t, speech, row.name), row.bar)
	}
}

// TestSpeakers scores the speakers of the articles that were read for them.
func TestSpeakers(t *testing.T) {
	gold := needMeasuring(t, "gold/speakers_dev.jsonl")
	scorer := needMeasuring(t, "gold/score_speakers.py")
	rows := score(t, scorer, gold, readAll(t, gold))
	for _, row := range []struct {
		name string
		bar  float64
	}{
		{"found", 0.92}, {"right_of_found", 0.925}, {"right_of_all", 0.865}, {"kind", 0.95}, {"gender", 0.965}, {"women_found", 0.95},
		{"women_gold", 0}, {"women_pred", 0}, {"persons_gold", 0}, {"persons_pred", 0},
	} {
		var v float64
		if err := json.Unmarshal(rows[row.name], &v); err != nil {
			t.Fatal(err)
		}
		t.Logf("%-16s %.3f", row.name, v)
		atLeast(t, row.name, v, row.bar)
	}
	var wrong float64
	if err := json.Unmarshal(rows["women_error"], &wrong); err != nil {
		t.Fatal(err)
	}
	t.Logf("%-16s %.3f", "women_error", wrong)
	if wrong > 0.02 {
		t.Errorf("women's share is off by %.3f, want at most 0.02", wrong)
	}
}
