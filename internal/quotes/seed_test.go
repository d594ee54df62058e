package quotes

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"recount"
)

// TestSeed reads the text the project began with and looks at its structure:
// one named speaker who is also a pronoun and a quotation without a cue, one
// document, one anonymous fighter, and two foreign sentences at the end.
func TestSeed(t *testing.T) {
	dir := needMeasuring(t, "seed")
	files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(files) == 0 {
		t.Skip("the seed text is absent")
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	r := Read(&recount.Article{Key: "seed", Text: string(data)})
	count := map[string]int{}
	kinds := map[recount.SpeakerKind]int{}
	for _, s := range r.Statements {
		if sentenceRole(r, s.Content[0].Start) != recount.OffTopic {
			count[s.Speaker]++
		}
		t.Logf("%s %s %s %q %q", s.Speaker, s.Type, r.Sentences[0].Role, pieces(string(data), s.Source), pieces(string(data), s.Content))
	}
	named := 0
	for _, s := range r.Speakers {
		t.Logf("%s %s %q %s %d", s.ID, s.Kind, s.Name, s.Gender, count[s.ID])
		if count[s.ID] == 0 {
			continue
		}
		kinds[s.Kind]++
		if s.Kind == recount.Named {
			named += count[s.ID]
		}
	}
	if kinds[recount.Named] != 1 || named < 4 {
		t.Errorf("named speakers = %d with %d statements, want 1 with at least 4", kinds[recount.Named], named)
	}
	if kinds[recount.Document] != 1 {
		t.Errorf("documents = %d, want 1", kinds[recount.Document])
	}
	if kinds[recount.Anonymous] != 1 {
		t.Errorf("anonymous speakers = %d, want 1", kinds[recount.Anonymous])
	}
	fragments := 0
	for _, s := range r.Sentences {
		if s.Role == recount.Fragment {
			fragments++
		}
	}
	if fragments != 1 {
		t.Errorf("fragments = %d, want 1", fragments)
	}
	off := 0
	for i, s := range r.Sentences {
		if s.Role == recount.OffTopic {
			off++
			if i < len(r.Sentences)-2 || s.Reason == "" {
				t.Errorf("sentence %d is off topic with reason %q", i, s.Reason)
			}
		}
	}
	if off != 2 {
		t.Errorf("off-topic sentences = %d, want 2", off)
	}
}

func sentenceRole(r recount.Reading, b int) recount.Role {
	for _, s := range r.Sentences {
		if s.Span.Start <= b && b < s.Span.End {
			return s.Role
		}
	}
	return ""
}

func pieces(text string, spans []recount.Span) string {
	var out []string
	for _, s := range spans {
		x := s.In(text)
		if len(x) > 70 {
			x = strings.ToValidUTF8(x[:35], "") + ".." + strings.ToValidUTF8(x[len(x)-30:], "")
		}
		out = append(out, x)
	}
	return strings.Join(out, " | ")
}
