package transcript

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"recount"
	"recount/internal/parallel"
	"recount/internal/text/document"
	"recount/internal/text/metadata"
)

// shown writes the paragraphs of a set, one a line.
func shown(set document.Set) string {
	var b strings.Builder
	for _, d := range set.Drafts {
		for _, p := range d.Paragraphs {
			path, _, _ := strings.Cut(p.Path, "/")
			b.WriteString(path + " ")
			if p.Role != "" {
				b.WriteString("(" + string(p.Role) + ") ")
			}
			b.WriteString(p.Text + "\n")
		}
	}
	return b.String()
}

func TestRead(t *testing.T) {
	tests := []struct{ name, file, want string }{
		{"voice tags", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada Tamm>It sank\n\n00:02.000 --> 00:03.000\n<v.loud Ada Tamm>in the night.</v>\n\n00:03.000 --> 00:04.000\n<v Ivo Oake>When?",
			"cue[1-2] Ada Tamm: It sank in the night.\ncue[3] Ivo Oake: When?\n"},
		{"a turn over two cues", "WEBVTT\n\n1\n00:01.000 --> 00:02.000\n<v Ada Tamm>It sank\n\n2\n00:02.000 --> 00:03.000\nin the night.\n\nlast one\n00:03.000 --> 00:04.000\n<v Ivo Oake>When?",
			"cue[1-2] Ada Tamm: It sank in the night.\ncue[3] Ivo Oake: When?\n"},
		{"two voices in one cue", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada Tamm>It sank.</v> <v Ivo Oake>When?</v>",
			"cue[1] Ada Tamm: It sank.\ncue[1] Ivo Oake: When?\n"},
		{"SubRip with dashes and names", "1\n00:00:01,000 --> 00:00:02,000\n- TAMM: It sank.\n- OAKE: When?\n\n2\n00:00:02,000 --> 00:00:03,000\nWhere was it?\n",
			"cue[1] TAMM: It sank.\ncue[1-2] OAKE: When? Where was it?\n"},
		{"a name alone on its line", "1\n00:00:01,000 --> 00:00:02,000\nTAMM:\nIt sank.\n", "cue[1] TAMM: It sank.\n"},
		{"markup", "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<i>It</i> <font color=\"#fff\">sank</font> &amp; <00:00:01.500><c.y>burned</c>.\n", "cue[1] It sank & burned.\n"},
		{"sound notes", "1\n00:00:01,000 --> 00:00:02,000\n[music]\n\n2\n00:00:02,000 --> 00:00:03,000\nIt sank. (laughs)\n♪ over the sea ♪\n",
			"cue[1] (fragment) [music]\ncue[2] It sank. (laughs)\ncue[2] (fragment) ♪ over the sea ♪\n"},
		{"roll-up captions", "WEBVTT\nKind: captions\nLanguage: en\n\n00:01.000 --> 00:02.000\nthe ferry\n\n00:02.000 --> 00:03.000\nthe ferry\nsank in the night\n\n00:03.000 --> 00:04.000\nsank in the night\nand nobody\n\n00:04.000 --> 00:05.000\nand nobody\nsaw it go\n",
			"cue[1-4] the ferry sank in the night and nobody saw it go\n"},
		{"painted on word by word", "WEBVTT\n\n00:01.000 --> 00:02.000\nthe\n\n00:02.000 --> 00:03.000\nthe ferry\n\n00:03.000 --> 00:04.000\nthe ferry sank\n\n00:04.000 --> 00:05.000\nthe ferry sank here\n",
			"cue[1-4] the ferry sank here\n"},
		{"a word said twice", "1\n00:00:01,000 --> 00:00:02,000\nNo.\n\n2\n00:00:02,000 --> 00:00:03,000\nNo.\n\n3\n00:00:03,000 --> 00:00:04,000\nIt did not sink.\n", "cue[1-3] No. No. It did not sink.\n"},
		{"a pause ends a paragraph", "1\n00:00:01,000 --> 00:00:02,000\nIt sank.\n\n2\n00:00:09,000 --> 00:00:10,000\nNobody saw it.\n", "cue[1] It sank.\ncue[2] Nobody saw it.\n"},
		{">> marks", "1\n00:00:01,000 --> 00:00:02,000\n>> It sank.\n>> When?\n\n2\n00:00:02,000 --> 00:00:03,000\n>> OAKE: At four.\n", "cue[1] It sank.\ncue[1] When?\ncue[2] OAKE: At four.\n"},
		{"no numbers, an empty line inside", "00:00:01,000 --> 00:00:02,000\nIt sank\n\nin the night.\n\n00:00:02,000 --> 00:00:03,000\nYes.\n", "cue[1-2] It sank in the night. Yes.\n"},
		{"names in capitals", "TAMM: Did it sink?\nBRENN: It did.\n\nIn the night.\nTAMM: When?", "line[1] TAMM: Did it sink?\nline[2] BRENN: It did.\nline[4] In the night.\nline[5] TAMM: When?\n"},
		{"questions and answers", "Q: Did it sink?\nA: It did.\nQ: When?\nA: At four.", "line[1] Q: Did it sink?\nline[2] A: It did.\nline[3] Q: When?\nline[4] A: At four.\n"},
		{"times before names", "[00:00:01] TAMM: Did it\nsink?\n[00:00:03] BRENN: It did.\n[00:00:05] TAMM: When?", "line[1-2] TAMM: Did it sink?\nline[3] BRENN: It did.\nline[4] TAMM: When?\n"},
		{"a header", "Harbour Hour\nDate: 14 May 2014\n\nADA TAMM: Did it sink?\nBRENN: It did.\nADA TAMM: When?\n(She pauses.)\nBRENN: At four.",
			"line[4] ADA TAMM: Did it sink?\nline[5] BRENN: It did.\nline[6] ADA TAMM: When?\nline[7] (fragment) (She pauses.)\nline[8] BRENN: At four.\n"},
		{"names above what is said", "Ada Tamm  00:12\nDid it sink?\n\nIvo Brenn  00:15\nIt did.\n\nAda Tamm  01:02:20\nWhen?\nAt night?", "line[1-2] Ada Tamm: Did it sink?\nline[4-5] Ivo Brenn: It did.\nline[7-9] Ada Tamm: When? At night?\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if !Is([]byte(tt.file), "a.txt") {
				t.Fatal("Is = false")
			}
			set, err := Read([]byte(tt.file), document.Options{Name: "a.txt"})
			if err != nil {
				t.Fatal(err)
			}
			if got := shown(set); got != tt.want {
				t.Errorf("Read:\n%swant:\n%s", got, tt.want)
			}
			found(t, []byte(tt.file), set)
		})
	}
}

// found holds that Find gives every paragraph again.
func found(t *testing.T, payload []byte, set document.Set) {
	t.Helper()
	for _, d := range set.Drafts {
		for _, p := range d.Paragraphs {
			if got, ok := Find(payload, p.Path); !ok || got != p.Text {
				t.Errorf("Find(%s) = %q, %v; want %q", p.Path, got, ok, p.Text)
			}
		}
	}
}

func TestFacts(t *testing.T) {
	const file = "WEBVTT - Who mends the ferries?\nLanguage: en-GB\n\nNOTE\nProgramme: Harbour Hour\nAired: 14 May 2014\nChecked twice.\n\nSTYLE\n::cue { color: red }\n\nlost words\n\n00:01.000 --> 00:02.000\nIt sank.\n\n00:0x.000 --> 00:03.000\nYes.\n"
	set, err := Read([]byte(file), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"title": "Who mends the ferries?", "language": "en-GB", "outlet": "Harbour Hour", "published": "14 May 2014"}
	for _, f := range set.Drafts[0].Facts {
		if want[f.Field] != f.Value {
			t.Errorf("fact %v", f)
		}
		delete(want, f.Field)
	}
	if len(want) > 0 {
		t.Errorf("no fact for %v", want)
	}
	if len(set.Left) != 2 || set.Left[0].Where != "line 12" || set.Left[1].Where != "line 17" {
		t.Errorf("left %v", set.Left)
	}
}

func TestIsNot(t *testing.T) {
	tests := []struct{ name, file, as string }{
		{"an article", "Ferry sinks\n\nThe ferry sank on Monday.\nNobody saw it: the night was dark.\nTamm: no comment.", "a.txt"},
		{"a list of facts", "Name: Ferry\nLength: 40 m\nBuilt: 1971\nOwner: Harbour board\n", "a.txt"},
		{"a page", "<html><p>TAMM: a\nBRENN: b\nTAMM: c", "a.html"},
		{"a table", "TAMM: a\nBRENN: b\nTAMM: c", "a.csv"},
		{"nothing", "", "a.vtt"},
		{"a word that begins like a header", "WEBVTTX\n\n", "a.vtt"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if Is([]byte(tt.file), tt.as) {
				t.Error("Is = true")
			}
		})
	}
}

func TestRefused(t *testing.T) {
	tests := []struct{ name, file string }{
		{"no words", "WEBVTT\n\n00:01.000 --> 00:02.000\n\n"},
		{"too many captions", "WEBVTT\n\n" + strings.Repeat("00:01.000 --> 00:02.000\nx\n", maxCues+1)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Read([]byte(tt.file), document.Options{})
			if !errors.Is(err, recount.ErrRefused) || recount.HintOf(err) == "" {
				t.Errorf("Read = %v, want a refusal with a hint", err)
			}
		})
	}
}

// FuzzRead holds that nothing panics and that Find gives every paragraph again.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"WEBVTT - a\nKind: captions\n\nNOTE Title: b\n\n1\n00:01.000 --> 00:02.000 align:start\n<v.loud Ada Tamm>It <i>sank</i></v>\n[music]\n\n00:02.000 --> 00:03.000\n<v Ada Tamm>&amp; more\n",
		"1\r\n00:00:01,000 --> 00:00:02,000\r\n- TAMM: It sank.\r\n- OAKE: When?\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,000\r\n>> Where was it?\r\n",
		"Harbour Hour\nDate: 14 May 2014\n\n[00:01] TAMM: a\nBRENN: b\n(pause)\nTAMM: c",
		"Ada Tamm  00:12\nDid it sink?\n\nIvo Brenn (00:15)\nIt did.\n\nAda Tamm 01:02\nWhen?",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		Is(payload, "a.txt")
		set, err := Read(payload, document.Options{})
		if err != nil || len(payload) > 4096 {
			return
		}
		found(t, payload, set)
	})
}

func BenchmarkRead(b *testing.B) {
	var s strings.Builder
	s.WriteString("WEBVTT\n\n")
	for i := range 5000 {
		fmt.Fprintf(&s, "%02d:%02d:%02d.000 --> %02d:%02d:%02d.900\n<v Speaker %c>The harbour board says that ferry number %d was lifted.\n\n", i/3600, i/60%60, i%60, i/3600, i/60%60, i%60, 'A'+i/7%3, i)
	}
	payload := []byte(s.String())
	b.SetBytes(int64(len(payload)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(payload, document.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// TestTruth reads the samples and compares them with what a person wrote down.
func TestTruth(t *testing.T) {
	b, err := os.ReadFile("testdata/truth.json")
	if err != nil {
		t.Fatal(err)
	}
	var truth map[string]struct {
		Articles []struct{ Part, Title, Outlet, Published, Byline, URL, First, Last string }
		Left     []string
	}
	if err := json.Unmarshal(b, &truth); err != nil {
		t.Fatal(err)
	}
	for file, want := range truth {
		payload, err := os.ReadFile(filepath.Join("testdata", file))
		if err != nil {
			t.Fatal(err)
		}
		if !Is(payload, file) {
			t.Errorf("Is(%s) = false", file)
		}
		set, err := Read(payload, document.Options{Name: file})
		if err != nil {
			t.Fatalf("Read(%s): %v", file, err)
		}
		found(t, payload, set)
		var left []string
		for _, l := range set.Left {
			left = append(left, l.Where)
		}
		if strings.Join(left, "|") != strings.Join(want.Left, "|") {
			t.Errorf("%s: left %q, want %q", file, left, want.Left)
		}
		if len(set.Drafts) != len(want.Articles) {
			t.Fatalf("%s: %d drafts, want %d", file, len(set.Drafts), len(want.Articles))
		}
		for i, w := range want.Articles {
			d := set.Drafts[i]
			a := recount.Article{Part: d.Part}
			for _, p := range d.Paragraphs {
				a.Text += p.Text + "\n"
			}
			a.Text = strings.TrimSpace(a.Text)
			metadata.Complete(&a, d.Facts, file, time.Time{})
			if a.Part != w.Part || a.Title != w.Title || a.Outlet != w.Outlet || a.Day() != w.Published || a.Byline != w.Byline || a.URL != w.URL {
				t.Errorf("%s: %q, %q, %q, %q, %q, %q; want %+v", file, a.Part, a.Title, a.Outlet, a.Published, a.Byline, a.URL, w)
			}
			if !strings.HasPrefix(a.Text, w.First) || !strings.HasSuffix(a.Text, w.Last) {
				t.Errorf("%s: text %.80q ... %q", file, a.Text, a.Text[max(0, len(a.Text)-80):])
			}
		}
	}
}

// TestHostile holds that no file takes long, or grows.
func TestHostile(t *testing.T) {
	const vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\n"
	tests := []struct{ name, file string }{
		{"tags that nothing ends", vtt + strings.Repeat("<v a", 5_000_000)},
		{"overrides that nothing ends", vtt + strings.Repeat("{\\a", 5_000_000)},
		{"five million voices", vtt + strings.Repeat("<v a>b", 3_000_000)},
		{"one line", vtt + strings.Repeat("word ", 5_000_000)},
		{"one cue", vtt + strings.Repeat("word\n", 5_000_000)},
		{"times without text", "WEBVTT\n\n" + strings.Repeat("00:01.000 --> 00:02.000\n", 190_000)},
		{"times that are none", vtt + strings.Repeat("\n-->\n", 4_000_000)},
		{"notes", "WEBVTT\n\n" + strings.Repeat("NOTE a\n\n", 2_000_000) + "00:01.000 --> 00:02.000\nx"},
		{"turns", strings.Repeat("A: b\nB: c\n", 90_000)},
		{"one line of names", strings.Repeat("A: b\nB: c\n", 100) + strings.Repeat("A: ", 5_000_000)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			start := parallel.Used()
			_, err := Read([]byte(tt.file), document.Options{})
			if took := parallel.Used() - start; took > time.Minute {
				t.Errorf("took %v", took)
			}
			if err != nil && !errors.Is(err, recount.ErrRefused) {
				t.Error(err)
			}
		})
	}
}
