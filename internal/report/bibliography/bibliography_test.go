package bibliography

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"recount"
)

func source(authors, title, outlet, day, url string) Source {
	s := Source{Title: title, Outlet: outlet, Published: recount.DateOf(day), URL: url, Key: recount.KeyOf("source", authors, title, outlet, day), Byline: authors}
	if authors != "" {
		s.Authors = strings.Split(authors, "; ")
	}
	return s
}

// TestPublishedExamples cites what the two manuals cite: APA's page "Newspaper
// article references" and the quick guide of the Chicago Manual.
func TestPublishedExamples(t *testing.T) {
	snap := source("Farhad Manjoo", "Snap Makes a Bet on the Cultural Supremacy of the Camera", "New York Times", "2017-03-08", "https://www.nytimes.com/2017/03/08/technology/snap-makes-a-bet-on-the-cultural-supremacy-of-the-camera.html")
	carey := source("Benedict Carey", "Can we get better at forgetting?", "The New York Times", "2019-03-22", "https://www.nytimes.com/2019/03/22/health/memory-forgetting-psychology.html")
	tests := []struct {
		name          string
		style         Style
		source        Source
		entry, inText string
	}{
		{"one writer, APA", APA, carey, "Carey, B. (2019, March 22). Can we get better at forgetting? The New York Times. https://www.nytimes.com/2019/03/22/health/memory-forgetting-psychology.html", "(Carey, 2019)"},
		{"one writer, Chicago", Chicago, snap, "Manjoo, Farhad. “Snap Makes a Bet on the Cultural Supremacy of the Camera.” New York Times, March 8, 2017. " + snap.URL + ".", "Farhad Manjoo, “Snap Makes a Bet on the Cultural Supremacy of the Camera,” New York Times, March 8, 2017"},
		{"one writer, newsroom", News, snap, "Farhad Manjoo, New York Times, Snap Makes a Bet on the Cultural Supremacy of the Camera, 8 March 2017, " + snap.URL + ".", "New York Times, 8 March 2017"},
		{"two writers, APA", APA, source("Ada Quill; Bert van der Vane", "Left", "Mail", "2014-05", ""), "Quill, A., & van der Vane, B. (2014, May). Left. Mail.", "(Quill & van der Vane, 2014)"},
		{"two writers, Chicago", Chicago, source("Ada Quill; Bert van der Vane", "Left", "Mail", "2014-05", ""), "Quill, Ada, and Bert van der Vane. “Left.” Mail, May 2014.", "Ada Quill and Bert van der Vane, “Left,” Mail, May 2014"},
		{"four writers, APA", APA, source("Ada B. Quill; Jean-Luc Oar; Cy Low; Di Ray", "Left", "Mail", "2014", ""), "Quill, A. B., Oar, J.-L., Low, C., & Ray, D. (2014). Left. Mail.", "(Quill et al., 2014)"},
		{"four writers, Chicago", Chicago, source("Ada B. Quill; Jean-Luc Oar; Cy Low; Di Ray", "Left", "Mail", "2014", ""), "Quill, Ada B., Jean-Luc Oar, Cy Low, and Di Ray. “Left.” Mail, 2014.", "Ada B. Quill et al., “Left,” Mail, 2014"},
		{"nobody, APA", APA, source("", "They went", "Mail", "2014-05-14", ""), "They went. (2014, May 14). Mail.", "(“They went”, 2014)"},
		{"nobody, Chicago", Chicago, source("", "They went", "Mail", "2014-05-14", ""), "Mail. “They went.” May 14, 2014.", "“They went,” Mail, May 14, 2014"},
		{"no day, APA", APA, source("Ada Quill", "Left", "Mail", "", ""), "Quill, A. (n.d.). Left. Mail.", "(Quill, n.d.)"},
		{"no day, Chicago", Chicago, source("Ada Quill", "Left", "Mail", "", ""), "Quill, Ada. “Left.” Mail, n.d.", "Ada Quill, “Left,” Mail, n.d."},
		{"no outlet, Chicago", Chicago, source("", "Left?", "", "2014", ""), "“Left?” 2014.", "“Left?” 2014"},
		{"quotation marks in a title", Chicago, source("", `“I left,” "he" says!`, "Mail", "2014", ""), "Mail. “‘I left,’ ‘he’ says!” 2014.", "“‘I left,’ ‘he’ says!” Mail, 2014"},
		{"a name that cannot be cut", APA, source("Usaid", "Left", "Mail", "2014", ""), "Usaid. (2014). Left. Mail.", "(Usaid, 2014)"},
		{"an outlet as writer", APA, source("BBC News", "Left", "BBC", "2014", ""), "BBC News. (2014). Left. BBC.", "(BBC News, 2014)"},
		{"another script", Chicago, source("محمد علي", "Left", "Mail", "2014", ""), "محمد علي. “Left.” Mail, 2014.", "محمد علي, “Left,” Mail, 2014"},
		{"French marks in a title", Chicago, source("", "« On m’a rendu mon fils » : une Maravienne", "Mail", "2014", ""), "Mail. “‘On m’a rendu mon fils’ : une Maravienne.” 2014.", "“‘On m’a rendu mon fils’ : une Maravienne,” Mail, 2014"},
		{"a place behind an agency", APA, source("TPA; Korrin", "Left", "Mail", "2014", ""), "TPA. (2014). Left. Mail.", "(TPA, 2014)"},
		{"two agencies", APA, source("AP; AFP", "Left", "Mail", "2014", ""), "AP, & AFP. (2014). Left. Mail.", "(AP & AFP, 2014)"},
		{"a writer and an agency", Chicago, source("Ada Quill; AP", "Left", "Mail", "2014", ""), "Quill, Ada, and AP. “Left.” Mail, 2014.", "Ada Quill and AP, “Left,” Mail, 2014"},
		{"a writer of one word, not behind an agency", APA, source("Ada Quill; Usaid", "Left", "Mail", "2014", ""), "Quill, A., & Usaid. (2014). Left. Mail.", "(Quill & Usaid, 2014)"},
		{"an outlet beside another writer", APA, source("Pelagna Mirror; Daily Mail", "Left", "Daily Mail", "2014", ""), "Mirror, P. (2014). Left. Daily Mail.", "(Mirror, 2014)"},
		{"a title that ends", APA, source("", "Left.", "Mail", "2014", ""), "Left. (2014). Mail.", "(“Left.”, 2014)"},
	}
	for _, tt := range tests {
		l := NewList(tt.style, []Source{tt.source})
		if got := Plain(l.Entry(tt.source.Key, "")); got != tt.entry {
			t.Errorf("%s:\n%q, want\n%q", tt.name, got, tt.entry)
		}
		if got := Plain(l.InText(tt.source.Key, "")); got != tt.inText {
			t.Errorf("%s, in the text:\n%q, want\n%q", tt.name, got, tt.inText)
		}
	}
}

// TestOutletsAreNoPeople: an outlet of the list that stands in a byline keeps its name
// whole, in every style and file.
func TestOutletsAreNoPeople(t *testing.T) {
	own := source("Corin Maas", "A spade", "Pelagna Mirror", "2015-06-18", "")
	reprint := source("Pelagna Mirror; Ister Today", "A lamp", "Ister Today", "2015-06-18", "")
	for style, want := range map[Style]string{APA: "Pelagna Mirror. (2015, June 18). A lamp. Ister Today.", Chicago: "Pelagna Mirror. “A lamp.” Ister Today, June 18, 2015."} {
		if got := Plain(NewList(style, []Source{own, reprint}).Entry(reprint.Key, "")); got != want {
			t.Errorf("%s: %q, want %q", style, got, want)
		}
	}
	for _, form := range Forms {
		if s := written(t, NewList(News, []Source{own, reprint}), form); strings.Contains(s, "Mirror, Pelagna") || strings.Contains(s, `"family": "Mirror"`) || !strings.Contains(s, "Pelagna Mirror") {
			t.Errorf("%s: %s", form, s)
		}
	}
}

// TestAlikeYears tells sources apart that APA would cite alike, in the order of
// their titles, whatever the order of the list.
func TestAlikeYears(t *testing.T) {
	a, b, c := source("Ada Quill", "Zebra", "Mail", "2014", ""), source("Ada Quill", "Apple", "Post", "2014-05", ""), source("Ada Quill", "Apple", "Post", "", "")
	d := source("Ann Quill", "Apple", "Post", "", "")
	for _, list := range [][]Source{{a, b, c, d}, {d, c, b, a}} {
		l := NewList(APA, list)
		var got []string
		for _, s := range []Source{a, b, c, d} {
			got = append(got, Plain(l.InText(s.Key, "")), strings.SplitAfter(Plain(l.Entry(s.Key, "")), ")")[0])
		}
		want := "(Quill, 2014b) Quill, A. (2014b) (Quill, 2014a) Quill, A. (2014a, May)"
		if s := strings.Join(got[:4], " "); s != want {
			t.Errorf("%q, want %q", s, want)
		}
		if got[4] == got[6] || !strings.HasPrefix(got[4], "(Quill, n.d.-") || !strings.HasPrefix(got[5], "Quill, A. (n.d.-") {
			t.Errorf("without a year: %q", got[4:])
		}
	}
	for n, want := range map[int]string{0: "a", 25: "z", 26: "aa", 27: "ab", 52: "ba", 701: "zz", 702: "aaa"} {
		if got := letter(n); got != want {
			t.Errorf("letter(%d) = %q, want %q", n, got, want)
		}
	}
}

// hostile are words that JSON, RIS, BibTeX and LaTeX would read as something
// else.
var hostile = []string{"a } b", "{{{", `\input{/etc/passwd}`, `ends in \`, "100% & #1 $x_y^2~z", "line\nTY  - BOOK\nAU  - No", "\r\nER  - \r\n", "@book{x, title={y}}", `", "id": "x`, "<script>", "\x00\x1b[31m",
	"\u202eright", "and and and", "a, b; c * d", "“quoted” \"straight\"", "العربية", "日本語", strings.Repeat("long ", 300), "ER  - ", "  blanks  ", "\u2028line", "{\\\"o}"}

func hostileList() *List {
	var list []Source
	for i, h := range hostile {
		a := &recount.Article{Key: recount.KeyOf("hostile", fmt.Sprint(i)), Title: h, Outlet: h, Authors: []string{h, "Ada Quill"}, URL: "https://x.example/?q=" + h, Language: h, Published: "2014-05-14",
			Metadata: []recount.Candidate{{Field: "agency", Value: h}}}
		list = append(list, Of(a, &recount.Capture{Hash: strings.Repeat("ab", 32), Captured: time.Date(2016, 2, 3, 4, 5, 6, 0, time.UTC)}))
	}
	return NewList(News, list)
}

// clean is what of a hostile text a file may hold: one line, without what moves
// a cursor.
func clean(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u202e' {
			return ' '
		}
		return r
	}, s)), " ")
}

func written(t *testing.T, l *List, form string) string {
	t.Helper()
	var b bytes.Buffer
	if err := l.Write(&b, form); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestCSLHoldsHostileTitles(t *testing.T) {
	var got []map[string]any
	if err := json.Unmarshal([]byte(written(t, hostileList(), ".json")), &got); err != nil {
		t.Fatal(err)
	}
	ids := map[any]bool{}
	for i, h := range hostile {
		if got[i]["title"] != clean(h) && clean(h) != "" || got[i]["container-title"] != clean(h) && clean(h) != "" {
			t.Errorf("%q came out as %q", h, got[i]["title"])
		}
		if date := fmt.Sprint(got[i]["issued"], got[i]["accessed"]); date != "map[date-parts:[[2014 5 14]]] map[date-parts:[[2016 2 3]]]" {
			t.Errorf("dates are %s", date)
		}
		ids[got[i]["id"]] = true
	}
	if len(ids) != len(hostile) || len(got) != len(hostile) {
		t.Errorf("%d ids, %d sources, want %d", len(ids), len(got), len(hostile))
	}
	if s := written(t, NewList(News, nil), ".json"); s != "[]\n" {
		t.Errorf("no source at all is %q", s)
	}
}

var risLine = regexp.MustCompile(`^[A-Z][A-Z0-9]  - `)

func TestRISHoldsHostileTitles(t *testing.T) {
	records := strings.Split(strings.TrimSuffix(written(t, hostileList(), ".ris"), "\r\n\r\n"), "\r\n\r\n")
	if len(records) != len(hostile) {
		t.Fatalf("%d records, want %d", len(records), len(hostile))
	}
	for i, r := range records {
		lines := strings.Split(r, "\r\n")
		var tags []string
		title := ""
		for _, l := range lines {
			if !risLine.MatchString(l) || strings.ContainsAny(l, "\r\n\u2028") {
				t.Errorf("%q is no line of a tag and a value", l)
			}
			tags = append(tags, l[:2])
			if l[:2] == "TI" {
				title = l[6:]
			}
		}
		if s := strings.Join(tags, " "); !strings.HasPrefix(s, "TY ID AU") || !strings.HasSuffix(s, " ER") || strings.Count(s, "TY") != 1 || strings.Count(s, "ER") != 1 {
			t.Errorf("tags are %s", s)
		}
		if title != clean(hostile[i]) && clean(hostile[i]) != "" {
			t.Errorf("%q came out as %q", hostile[i], title)
		}
	}
	for day, want := range map[string]string{"2014-05-14": "2014/05/14", "2014-05": "2014/05/", "2014": "2014//", "": ""} {
		if got := slashed(recount.DateOf(day)); got != want {
			t.Errorf("slashed(%q) = %q, want %q", day, got, want)
		}
	}
}

// TestBibTeXHoldsHostileTitles reads entries as BibTeX does, which counts
// braces whatever stands before them, and undoes what LaTeX would print.
func TestBibTeXHoldsHostileTitles(t *testing.T) {
	rest := written(t, hostileList(), ".bib")
	printed := strings.NewReplacer(`\textbackslash{}`, `\`, `\textbraceleft{}`, "{", `\textbraceright{}`, "}", `\textasciicircum{}`, "^", `\textasciitilde{}`, "~", `\$`, "$", `\&`, "&", `\#`, "#", `\%`, "%", `\_`, "_")
	for i := range hostile {
		if !strings.HasPrefix(rest, "@article{") {
			t.Fatalf("entry %d begins with %.40q", i, rest)
		}
		depth, end := 0, -1
		for j, r := range rest {
			switch r {
			case '{':
				depth++
			case '}':
				depth--
			}
			if depth == 0 && j > 8 {
				end = j + 1
				break
			}
		}
		if end < 0 {
			t.Fatalf("entry %d has no end", i)
		}
		entry := rest[:end]
		rest = strings.TrimSpace(rest[end:])
		_, title, ok := strings.Cut(entry, "  title = {{")
		if !ok {
			t.Fatalf("no title in %q", entry)
		}
		title, _, _ = strings.Cut(title, "}},\n")
		if got := printed.Replace(title); got != clean(hostile[i]) && clean(hostile[i]) != "" {
			t.Errorf("%q came out as %q", hostile[i], got)
		}
		if !strings.Contains(entry, "  year = {2014},\n  month = may,\n  day = {14},\n") || !strings.Contains(entry, "  urldate = {2016-02-03},\n") {
			t.Errorf("dates are missing in %s", entry)
		}
	}
	if rest != "" {
		t.Errorf("behind the last entry stands %q", rest)
	}
}

func TestCutNames(t *testing.T) {
	s := &Source{Agency: "Agence France-Presse", Outlet: "The Northern Echo"}
	for in, want := range map[string]string{
		"Ada Quill": "Ada|Quill", "Ada B. Quill": "Ada B.|Quill", "Bert van der Vane": "Bert|van der Vane", "ADA QUILL": "ADA|QUILL", "J. R. Ewing": "J. R.|Ewing", "Usaid": "|", "BBC News": "|",
		"agence france-presse": "|", "The Northern Echo": "|", "محمد علي": "|", "Ναι Όχι": "Ναι|Όχι", "Анна Кац": "Анна|Кац", "Ada of Quill": "|", "van Gogh": "|", "Ada Quill, Paris": "|", "": "|",
		"One Two Three Four Five Six": "|", "Ana de la Cruz": "Ana|de la Cruz", "Ada quill": "|", "PA Media": "|",
		"Máirtín Ó Raghallaigh": "Máirtín|Ó Raghallaigh", "Nuala Ní Dhomhnaill": "Nuala|Ní Dhomhnaill", "Séamus Mac Mathúna": "Séamus|Mac Mathúna", "Máire Nic an tSaoi": "Máire|Nic an tSaoi", "Máire Mhic Róibín": "Máire|Mhic Róibín",
		"Caitlín Uí Cheallaigh": "Caitlín|Uí Cheallaigh", "Tadhg Ua Duinnín": "Tadhg|Ua Duinnín", "Seán Pól Ó Sé": "Seán Pól|Ó Sé", "MÁIRTÍN Ó RAGHALLAIGH": "MÁIRTÍN|Ó RAGHALLAIGH", "Mac Conway": "Mac|Conway", "Owen Macken": "Owen|Macken", "Tess Niceley": "Tess|Niceley",
	} {
		if n := s.cut(in); n.given+"|"+n.family != want {
			t.Errorf("cut(%q) = %s|%s, want %s", in, n.given, n.family, want)
		}
	}
}
