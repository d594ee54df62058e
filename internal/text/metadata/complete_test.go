package metadata

import (
	"slices"
	"strings"
	"testing"
	"time"

	"recount"
	"recount/internal/text/page"
)

func list(s ...string) []recount.Candidate {
	var out []recount.Candidate
	for i := 0; i+2 < len(s); i += 3 {
		out = append(out, recount.Candidate{Field: s[i], Value: s[i+1], Origin: s[i+2]})
	}
	return out
}

func TestComplete(t *testing.T) {
	captured := time.Date(2020, 1, 2, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		name, file string
		facts      []recount.Candidate
		want       recount.Article // what is named here
	}{
		{"a file of a database", "nexis.docx", list("title", "Ferry sinks", "Nexis headline", "byline", "By Ada Tamm and Ivo Oake", "Nexis field Byline", "outlet", "The Harbour Post", "Nexis line", "published", "May 14, 2014 Wednesday 9:20 AM GMT", "Nexis date line", "language", "ENGLISH", "Nexis field Language"),
			recount.Article{Title: "Ferry sinks", Byline: "Ada Tamm and Ivo Oake", Authors: []string{"Ada Tamm", "Ivo Oake"}, Outlet: "The Harbour Post", Published: "2014-05-14", Precision: recount.ToDay, Language: "en"}},
		{"names one by one", "a.ris", list("byline", "Tamm, Ada", "AU", "author", "Ada Tamm", "AU, surname put last"), recount.Article{Byline: "Tamm, Ada", Authors: []string{"Ada Tamm"}, Language: "en"}},
		{"a time with its zone", "a.eml", list("published", "Wed, 14 May 2014 09:20:00 +0200", "mail Date"), recount.Article{Published: "2014-05-14T09:20:00+02:00", Precision: recount.ToMinute, Language: "en"}},
		{"a time with its zone in brackets", "a.eml", list("published", "Wed, 14 May 2014 09:20:00 +0200 (CEST)", "mail Date"), recount.Article{Published: "2014-05-14T09:20:00+02:00", Precision: recount.ToMinute, Language: "en"}},
		{"a year alone", "a.ris", list("published", "2014///", "PY"), recount.Article{Published: "2014", Precision: recount.ToYear, Language: "en"}},
		{"a month", "a.json", list("published", "2014-05", "issued"), recount.Article{Published: "2014-05", Precision: recount.ToMonth, Language: "en"}},
		{"read two ways", "a.csv", list("published", "03/04/2015", "column date"), recount.Article{Language: "en"}},
		{"read two ways, day first", "a.csv", list("published", "03/04/2015", "column date (day first)"), recount.Article{Published: "2015-04-03", Precision: recount.ToDay, Language: "en"}},
		{"read two ways, month first", "a.csv", list("published", "03/04/2015 10:30", "column date (month first)"), recount.Article{Published: "2015-03-04T10:30:00", Precision: recount.ToMinute, Language: "en"}},
		{"after the capture", "a.csv", list("published", "2021-05-14", "column date"), recount.Article{Language: "en"}},
		{"the file and its address disagree", "a.csv", list("published", "2019-02-01", "column date", "url", "https://news.example/2014/05/14/ferry", "column url"),
			recount.Article{URL: "https://news.example/2014/05/14/ferry", Outlet: "news.example", Published: "2019-02-01", Precision: recount.ToDay, DateFlag: "origins disagree: 2019-02-01 (column date), 2014-05-14 (url)", Language: "en"}},
		{"an address of the database", "a.txt", list("url", "https://search.proquest.com/docview/1", "Document URL", "url", "https://www.news.example/ferry", "URL"), recount.Article{URL: "https://www.news.example/ferry", Outlet: "news.example", Language: "en"}},
		{"an archived address", "a.csv", list("url", "https://web.archive.org/web/20140514092000/https://news.example/ferry", "column url"), recount.Article{URL: "https://news.example/ferry", Outlet: "news.example", Language: "en"}},
		{"nothing", "a.csv", nil, recount.Article{Language: "en"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := recount.Article{Text: "The ferry sank in the night, and nobody who was on the quay saw it go down, said the captain of the port."}
			Complete(&a, tt.facts, tt.file, captured)
			w := tt.want
			if a.Title != w.Title || a.Byline != w.Byline || !slices.Equal(a.Authors, w.Authors) || a.Outlet != w.Outlet || a.Published != w.Published ||
				a.Precision != w.Precision || a.DateFlag != w.DateFlag || a.URL != w.URL || a.Language != w.Language {
				t.Errorf("Settle = %+v\nwant %+v", a, w)
			}
			for _, f := range tt.facts {
				if !slices.Contains(a.Metadata, f) && !slices.ContainsFunc(a.Dates, func(c recount.Candidate) bool { return c.Field == f.Field && c.Origin == f.Origin }) {
					t.Errorf("%v is lost", f)
				}
			}
		})
	}
}

// article reads a page the way package text does.
func article(t *testing.T, html, name string, hints []recount.Candidate) recount.Article {
	t.Helper()
	doc, err := page.Parse(html)
	if err != nil {
		t.Fatal(err)
	}
	a := recount.Article{Name: name}
	ps := page.Pieces(doc)
	f := Gather(doc, name)
	f.Hint(hints)
	head := f.Head(&a, nil)
	for _, p := range ps {
		a.Text += p.Text + "\n"
	}
	f.Above(ps, 0, head, "")
	f.Rest(&a, time.Date(2020, 1, 2, 0, 0, 0, 0, time.UTC))
	return a
}

func dates(a recount.Article) string {
	var out []string
	for _, d := range a.Dates {
		out = append(out, d.Field+" "+d.Value+" ("+d.Origin+")")
	}
	return strings.Join(out, ", ")
}

func TestHint(t *testing.T) {
	hints := list("title", "Ferry sinks, says feed", "feed title", "published", "2014-05-14", "feed pubDate", "byline", "Feed Desk", "feed author", "outlet", "Feed Post", "feed title")
	t.Run("a page that says nothing", func(t *testing.T) {
		a := article(t, "<p>It sank.", "a.html", append(hints, list("url", "https://news.example/ferry", "feed link")...))
		if a.Title != "Ferry sinks, says feed" || a.Published != "2014-05-14" || a.Byline != "Feed Desk" || a.Outlet != "Feed Post" || a.URL != "https://news.example/ferry" || a.DateFlag != "" {
			t.Errorf("%+v", a)
		}
	})
	t.Run("a page that says something else", func(t *testing.T) {
		a := article(t, `<title>Ferry sinks</title><meta property="og:site_name" content="The Harbour Post"><meta name="author" content="Ada Tamm"><meta property="article:published_time" content="2014-06-20"><link rel="canonical" href="https://news.example/ferry"><p>It sank.`, "https://news.example/ferry", hints)
		if a.Title != "Ferry sinks" || a.Byline != "Ada Tamm" || a.Outlet != "The Harbour Post" || a.Published != "2014-06-20" {
			t.Errorf("%+v", a)
		}
		if a.DateFlag != "origins disagree: 2014-06-20 (meta article:published_time), 2014-05-14 (feed pubDate)" {
			t.Errorf("flag %q", a.DateFlag)
		}
		for _, h := range hints {
			if h.Field != "published" && !slices.Contains(a.Metadata, h) {
				t.Errorf("%v is lost", h)
			}
		}
	})
	t.Run("a page and its address outvote a feed", func(t *testing.T) {
		a := article(t, `<meta property="article:published_time" content="2014-05-10">`, "https://news.example/2014/05/10/ferry", list("published", "2019-01-01", "feed pubDate"))
		if a.Published != "2014-05-10" || a.DateFlag == "" {
			t.Errorf("published %s, flag %q", a.Published, a.DateFlag)
		}
	})
	t.Run("an MHTML file", func(t *testing.T) {
		a := article(t, "<title>Ferry sinks</title><p>It sank.", "ferry.mhtml", list("url", "https://news.example/2014/05/10/ferry", "MHTML Content-Location"))
		if a.URL != "https://news.example/2014/05/10/ferry" || a.Outlet != "news.example" {
			t.Errorf("url %q, outlet %q", a.URL, a.Outlet)
		}
	})
}

func TestArchivedCopy(t *testing.T) {
	const copied = "https://web.archive.org/web/20140514092000/http://news.example/2014/05/10/ferry"
	tests := []struct{ name, html, from, url, published, outlet, dates string }{
		{"a copy", `<title>Ferry sinks</title><p>It sank.`, copied, "http://news.example/2014/05/10/ferry", "2014-05-10", "news.example",
			"published 2014-05-10 (url), archived 2014-05-14T09:20:00Z (address of the archived copy)"},
		{"its links lead into the archive", `<link rel="canonical" href="https://web.archive.org/web/20140514092000/http://news.example/ferry">`, copied, "http://news.example/ferry", "2014-05-10", "news.example",
			"published 2014-05-10 (url), archived 2014-05-14T09:20:00Z (address of the archived copy)"},
		{"nothing in it is later", `<meta property="article:published_time" content="2016-01-01"><p>It sank.`, copied, "http://news.example/2014/05/10/ferry", "2014-05-10", "news.example", ""},
		{"the stamp is no date of publication", "<p>It sank.", "https://web.archive.org/web/20140514/http://news.example/ferry", "http://news.example/ferry", "", "news.example",
			"archived 2014-05-14 (address of the archived copy)"},
		{"saved by a browser", "<!-- saved from url=(0040)https://news.example/2014/05/10/ferry --><html><p>It sank.", "ferry.html", "https://news.example/2014/05/10/ferry", "2014-05-10", "news.example",
			"published 2014-05-10 (url)"},
		{"saved with SingleFile", "<html><!--\n Page saved with SingleFile \n url: https://news.example/ferry \n saved date: Wed May 14 2014 09:20:00 GMT+0200 (Central European Summer Time)\n--><p>It sank.", "ferry.html", "https://news.example/ferry", "", "news.example",
			"archived 2014-05-14T07:20:00Z (SingleFile saved date)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := article(t, tt.html, tt.from, nil)
			if a.URL != tt.url || a.Published != tt.published || a.Outlet != tt.outlet || tt.dates != "" && dates(a) != tt.dates {
				t.Errorf("url %q, published %q, outlet %q, dates %s, notes %q", a.URL, a.Published, a.Outlet, dates(a), a.Notes)
			}
		})
	}
}

func TestAgency(t *testing.T) {
	tests := []struct{ byline, want string }{
		{"By ADA TAMM, Associated Press", "Associated Press"},
		{"By Ada Tamm, AP", "Associated Press"},
		{"AFP", "Agence France-Presse"},
		{"Reuters Staff", "Reuters"},
		{"dpa/Ada Tamm", "Deutsche Presse-Agentur"},
		{"Ada Tamm (EFE)", "EFE"},
		{"Von Ada Tamm", ""},
		{"By Pa Tamm", ""},
		{"Ada Apfel", ""},
		{"", ""},
	}
	for _, tt := range tests {
		if got := Agency(tt.byline); got != tt.want {
			t.Errorf("Agency(%q) = %q, want %q", tt.byline, got, tt.want)
		}
	}
}
