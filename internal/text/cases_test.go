package text

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"recount"
)

// An expected is the right value of one case, written down before the program
// was run on it. Empty fields are not compared.
type expected struct {
	file     string
	articles int      // 1 if it is 0
	title    string   // of the first article; "-" = none
	day      []string // any of them; "-" = none; "flagged" = any with a flag
	outlet   string
	byline   string // "-" = none
	authors  []string
	language string
	body     []string // beginnings of all paragraphs of the body, in order
	holds    []string // each is part of a paragraph of the body
	lacks    []string // none of them stands in the body
	role     map[string]recount.Role
	refused  string // the reason holds it
}

// TestCases reads pages and files made from complaints about tools of this kind
// and from faults that real files showed.
func TestCases(t *testing.T) {
	bridge := []string{"The county closed two bridges on Tuesday", "“We have had cracks before, but these are wider,”", "The repairs are expected to last a month"}
	ferry := []string{"The mayor of Sandwick, Ola Berg,", "“We have repaired the ramp", "Residents have been taking the long road", "The council has set aside two million crowns"}
	tests := []expected{
		{file: "t01.html", body: bridge[:2]},
		{file: "t02.html", body: []string{"Seven men appeared", "On Friday Jon Musk", "Judge Ruth Adler", "The families of the men"}, holds: []string{"all denied the charge of arson"}},
		{file: "t03.html", holds: []string{"“Nobody told us the pier was moving,” ferry owner Siri Aune said"}},
		{file: "t04.html", holds: []string{"The pier moves when the lorries pass. I have told your office four times"}},
		{file: "t05.html", body: bridge, role: map[string]recount.Role{"We have had cracks before, but these are wider": recount.PullQuote}},
		{file: "t05b.html", body: bridge},
		{file: "t06.html", authors: []string{"ABBY GOODNIGHT", "COLBY KAPLAN", "ROBERT PEARCE"}, body: bridge},
		{file: "t07.html", authors: []string{"Mona Lund"}, body: bridge},
		{file: "t08.html", day: []string{"2024-08-27", "flagged"}, lacks: []string{"publié le"}},
		{file: "t09.html", day: []string{"2016-03-02", "-", "flagged"}, body: bridge},
		{file: "t10.html", day: []string{"2016-02-03", "-", "flagged"}, body: bridge},
		{file: "t11.html", day: []string{"-", "flagged"}, body: bridge},
		{file: "t12.html", day: []string{"2023-11-08"}, language: "ar"},
		{file: "t13.html", day: []string{"2019-09-22"}, language: "fa"},
		{file: "t15.html", day: []string{"2019-07-10"}, byline: "-", body: bridge},
		{file: "t16.html", day: []string{"2014-05-14"}, holds: []string{"I will run every half hour", "These are wider than the last ones", "The county closed the first bridge at six"}},
		{file: "t17.html", body: bridge[:1], lacks: []string{"2.95", "40,000"}},
		{file: "t18.html", body: bridge},
		{file: "t19.html", holds: []string{"Елена Орлова"}, language: "ru"},
		{file: "t19b.html", holds: []string{"Małgorzata Łęcka"}, title: "Most zamknięty", language: "pl"},
		{file: "t20.txt", body: []string{"The county closed two bridges 🌉 on Tuesday", "“These are wider,” said"}, title: "Bridge shut"},
		{file: "t21.html", holds: []string{"The pier moves when lorries pass. I have told them four times.", "— Siri Aune (@siriaune) May 13, 2014"}},
		{file: "t22.html", body: []string{"Rolf Hagen has looked", "When did you see", "On Monday.", "Did anybody", "The ferry owner did", "And now?", "Now we wait"}},
		{file: "t24.html", holds: []string{"HARWICK (AP) — The county"}, lacks: []string{"Copyright 2014"}},
		{file: "t25.html", day: []string{"2025-06-15"}},
		{file: "t26.txt", holds: []string{"DAN BRIGG, HARBOUR TV ANCHOR: A state", "BRIGG: 4:57, a check", "ATTMORE: Forty"}, title: "HARBOUR TV, EARLY START", day: []string{"2014-05-14"}},
		{file: "t27.html", holds: []string{"Rolf Hagen", "The county"}, lacks: []string{"\u00ad", "\u200b", "\u00a0"}},
		{file: "t28.txt", body: []string{"The claim against the new road was filed on Monday at the county court by forty farmers", "\"Nobody asked the farmers before they drew that line,\" said Pieter van der Merwen"}},
		{file: "w12.html", day: []string{"2014-05-13", "-"}},
		{file: "w13.html", day: []string{"2016-03-15"}},
		{file: "w14.html", day: []string{"-", "flagged"}},
		{file: "w15.html", day: []string{"2024-08-27"}, body: bridge},
		{file: "s03-nexis.txt", articles: 2, outlet: "The Harwick Courier", day: []string{"2014-05-14"}},
		{file: "s03b-nexis.txt", outlet: "The Harwick Courier", day: []string{"2014-05-14"}},
		{file: "s06-a.html", day: []string{"2014-05-31"}},
		{file: "s07-a.html", lacks: []string{"Per Foss"}},
		{file: "s08-a.html", lacks: []string{"2.95", "40,000"}},
		{file: "s14-a.html", language: "zh"},
		{file: "s16-a.txt", holds: []string{"said Pieter van der Merwen"}},
		{file: "s17-a.eml", holds: []string{"said Pieter van der Merwen"}, title: "Farmers against the road", byline: "-"},
		{file: "s18-a.txt", holds: []string{"said county engineer Rolf Hagen"}},
		{file: "s19-a.txt", holds: []string{"said county engineer Rolf Hagen"}},
		{file: "w11-a.txt", holds: []string{"DAN BRIGG, HARBOUR TV ANCHOR: A state", "ATTMORE: Good night."}},
		{file: "w11b-a.txt", holds: []string{"DAN BRIGG:"}},

		{file: "author-is-a-url.html", byline: "-", body: ferry},
		{file: "dateline-second-line.txt", title: "Ferry returns to Sandwick", day: []string{"2011-04-04"}, outlet: "Sandwick Post", body: ferry},
		{file: "europresse-two.html", articles: 2, title: "Ferry returns to Sandwick", outlet: "Sandwick Post", byline: "Rosa Lind", day: []string{"2013-04-12"}, body: ferry},
		{file: "factiva-chinese-ui.html", outlet: "Sandwick Post", day: []string{"2018-10-07"}, language: "de"},
		{file: "header-file.vtt", title: "-"},
		{file: "levantine-date.html", day: []string{"2013-08-28"}},
		{file: "loose-text.html", body: ferry, lacks: []string{"Photo :", "cookies"}},
		{file: "members.warc.gz", refused: "a WARC archive"},
		{file: "photo-date.html", day: []string{"-"}},
		{file: "predefined-cmap.pdf", holds: []string{"船は来週から再び運航する。", "市長は「桟橋を直した」と述べた。"}},
		{file: "proquest-mail.eml", articles: 2, title: "Ferry returns to Sandwick", outlet: "Sandwick Post", byline: "Lind, Rosa", day: []string{"2010-05-08"}, body: ferry},
		{file: "ruby.html", body: []string{"町の船が来週からまた動く", "市長は「船が着く所を直しました", "町の人たちは冬から遠い道を通っています"}},
		{file: "two-pages.arc", refused: "an ARC archive"},
		{file: "x-header-first.eml", title: "Ferry returns to Sandwick", byline: "Sandwick Post", day: []string{"2010-09-06"}, body: ferry},
	}
	for _, want := range tests {
		t.Run(want.file, func(t *testing.T) {
			payload, err := os.ReadFile(filepath.Join("testdata", "cases", want.file))
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(want.file, ".gz") {
				payload = gunzip(t, payload)
			}
			c, err := Read(payload, Options{Name: want.file})
			switch {
			case want.refused != "":
				if err == nil || !strings.Contains(err.Error(), want.refused) {
					t.Fatalf("%d articles, error %v; want a refusal: %s", len(c.Articles), err, want.refused)
				}
				return
			case err != nil:
				t.Fatal(err)
			case len(c.Articles) != max(1, want.articles):
				t.Fatalf("%d articles, want %d", len(c.Articles), max(1, want.articles))
			}
			want.compare(t, &c.Articles[0])
			for _, a := range c.Articles {
				for _, b := range a.Blocks {
					if b.Path == "" {
						continue
					}
					if got, err := BlockText(payload, Options{Name: want.file}, b.Path); err != nil || got != b.Span.In(a.Text) {
						t.Errorf("%s leads to %q, %v; want %q", b.Path, got, err, b.Span.In(a.Text))
					}
				}
			}
		})
	}
}

func (want *expected) compare(t *testing.T, a *recount.Article) {
	t.Helper()
	field := func(name, got, want string) {
		if want == "-" {
			want = ""
		} else if want == "" {
			return
		}
		if got != want {
			t.Errorf("%s %q, want %q", name, got, want)
		}
	}
	field("title", a.Title, want.title)
	field("outlet", a.Outlet, want.outlet)
	field("byline", a.Byline, want.byline)
	field("language", a.Language, want.language)
	if want.authors != nil && !slices.Equal(a.Authors, want.authors) {
		t.Errorf("authors %q, want %q", a.Authors, want.authors)
	}
	day := a.Day()
	if day == "" {
		day = "-"
	}
	if want.day != nil && !slices.Contains(want.day, day) && !(a.DateFlag != "" && slices.Contains(want.day, "flagged")) {
		t.Errorf("day %q, flag %q, want %q; %v", a.Published, a.DateFlag, want.day, a.Dates)
	}
	body := blocksOf(*a, recount.Body)
	if want.body != nil {
		ok := len(body) == len(want.body)
		for i := range min(len(body), len(want.body)) {
			ok = ok && strings.HasPrefix(body[i], want.body[i])
		}
		if !ok {
			t.Errorf("body %q, want paragraphs that begin %q", body, want.body)
		}
	}
	all := strings.Join(body, "\n")
	for _, s := range want.holds {
		if !strings.Contains(all, s) {
			t.Errorf("%q is not in the body %q", s, body)
		}
	}
	for _, s := range want.lacks {
		if strings.Contains(all, s) {
			t.Errorf("%q is in the body %q", s, body)
		}
	}
	for s, role := range want.role {
		if !slices.ContainsFunc(a.Blocks, func(b recount.Block) bool { return b.Role == role && strings.HasPrefix(b.Span.In(a.Text), s) }) {
			t.Errorf("%q has not the role %s", s, role)
		}
	}
}

func gunzip(t *testing.T, b []byte) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
