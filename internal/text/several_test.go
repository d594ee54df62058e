package text

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"recount"
)

// TestSeveralArticles reads mailboxes without a strong header and what Factiva
// writes as plain text or sends by mail: each article is one. Lists whose form
// is not known are refused, and what only looks like one is read.
func TestSeveralArticles(t *testing.T) {
	bakers := []string{
		"The bakers of the upper town said that their ovens would stay cold until the council answered the letter they wrote in March.",
		"“Nobody reads our letters,” said Otto Brand, who has baked in the same cellar of the upper town for forty years and more.",
		"The mayor was said to be at sea with the weather, and the letter with her, and nobody could say when either would be back.",
	}
	text := func(head string, paras []string) string { return head + "\n\n" + strings.Join(paras, "\n\n") + "\n\n" }
	facB := text("Ferry crews stay ashore\n\nBy Ada Brunn\n532 words\n14 May 2014\nThe Quay Post\nQUAYP\n3\nEnglish\n(c) 2014 The Quay Post", tale) + "Document QUAYP00020140514ea5e0001a\n\n" + text("Ovens cold\n\nBy Otto Lind\n412 words\n15 May 2014\nThe Day\nDAYX\n4\nEnglish\n(c) 2014 The Day", bakers) + "Document DAYX000020140515ea5f0002b\n"
	facA := "HD\nFerry crews stay ashore\nBY\nBy Ada Brunn\nWC\n532 words\nPD\n14 May 2014\nSN\nThe Quay Post\nSC\nQUAYP\nLA\nEnglish\nCY\n(c) 2014\nLP\n" + tale[0] + "\nTD\n" + strings.Join(tale[1:], "\n") + "\nAN\nDocument QUAYP00020140514ea5e0001a\n\nHD\nOvens cold\nBY\nBy Otto Lind\nWC\n412 words\nPD\n15 May 2014\nSN\nThe Day\nSC\nDAYX\nLA\nEnglish\nCY\n(c) 2014\nLP\n" + bakers[0] + "\nTD\n" + strings.Join(bakers[1:], "\n") + "\nAN\nDocument DAYX000020140515ea5f0002b\n"
	facA2 := strings.NewReplacer("HD\n", "HD  ", "BY\n", "BY  ", "WC\n", "WC  ", "PD\n", "PD  ", "SN\n", "SN  ", "SC\n", "SC  ", "LA\n", "LA  ", "CY\n", "CY  ", "LP\n", "LP  ", "TD\n", "TD  ", "AN\n", "AN  ").Replace(facA)
	facZH := strings.NewReplacer("532 words", "532 字", "412 words", "412 字", "Document ", "文件 ", "14 May 2014", "2014 年 5 月 14 日", "15 May 2014", "2014 年 5 月 15 日", "English", "英文").Replace(facB)
	mail := func(h, b string) string {
		return h + "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n" + b
	}
	num := func(f string) string {
		return strings.ReplaceAll(f, "N", "1") + "\n\nThe Quay Post, 14 May 2014\n\n" + strings.Join(tale, "\n\n") + "\n\n" + strings.ReplaceAll(f, "N", "2") + "\n\nThe Day, 15 May 2014\n\n" + strings.Join(bakers, "\n\n") + "\n"
	}
	mb := "From ada@quay.example Mon May 12 10:00:00 2014\nFrom: Ada <ada@quay.example>\nSubject: Ferry strike\nDate: Mon, 12 May 2014 10:00:00 +0000\n\n" + strings.Join(tale, "\n\n") + "\n\nFrom bo@day.example Tue May 13 10:00:00 2014\nFrom: Bo <bo@day.example>\nSubject: Ovens cold\nDate: Tue, 13 May 2014 10:00:00 +0000\n\n" + strings.Join(bakers, "\n\n") + "\n"
	const refused = -1
	for _, x := range []struct {
		name, file, src string
		articles        int
	}{
		{"mbox", "a.mbox", mb, 2},
		{"mbox txt", "a.txt", mb, 2},
		{"mbox noname", "inbox", mb, 2},
		{"mbox From - ", "Inbox", strings.NewReplacer("From ada@quay.example Mon", "From - Mon", "From bo@day.example Tue", "From - Tue").Replace(mb), 2},
		{"mbox Subject first", "a.mbox", strings.ReplaceAll(strings.ReplaceAll(mb, "From: Ada <ada@quay.example>\n", ""), "From: Bo <bo@day.example>\n", ""), 2},
		{"mbox X-", "a.mbox", strings.ReplaceAll(mb, "From: ", "X-Mozilla-Status: 0001\nFrom: "), 2},
		{"factiva B txt", "a.txt", facB, 2},
		{"factiva A txt", "a.txt", facA, 2},
		{"factiva A2 txt", "a.txt", facA2, 2},
		{"factiva zh txt", "a.txt", facZH, 2},
		{"factiva B mail", "a.eml", mail("From: a@b.example\nTo: c@d.example\nSubject: Factiva\nDate: Mon, 12 May 2014 10:00:00 +0000\n", facB), 2},
		{"factiva A mail", "a.eml", mail("From: a@b.example\nTo: c@d.example\nSubject: Factiva\nDate: Mon, 12 May 2014 10:00:00 +0000\n", facA), 2},
		{"factiva zh mail", "a.eml", mail("From: a@b.example\nTo: c@d.example\nSubject: Factiva\nDate: Mon, 12 May 2014 10:00:00 +0000\n", facZH), 2},
		{"factiva B html mail", "a.eml", "From: a@b.example\nTo: c@d.example\nSubject: Factiva\nDate: Mon, 12 May 2014 10:00:00 +0000\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<html><body><p>" + strings.ReplaceAll(strings.TrimSpace(facB), "\n\n", "</p><p>") + "</p></body></html>", refused},
		{"factiva B html", "a.html", "<html><body><p>" + strings.ReplaceAll(strings.ReplaceAll(strings.TrimSpace(facB), "\n\n", "</p><p>"), "\n", "<br>") + "</p></body></html>", refused},
		{"num 1.", "a.txt", num("N. Ferry crews stay ashore"), refused},
		{"num (1)", "a.txt", num("(N) Ferry crews stay ashore"), refused},
		{"num 1)", "a.txt", num("N) Ferry crews stay ashore"), refused},
		{"num [1]", "a.txt", num("[N] Ferry crews stay ashore"), refused},
		{"num alone", "a.txt", num("N."), refused},
		{"num alone2", "a.txt", num("N"), refused},
		{"num Article 1:", "a.txt", num("Article N: Ferry crews stay ashore"), refused},
		{"num Doc N", "a.txt", num("Doc. N – Ferry crews stay ashore"), refused},
		{"num Nr. N", "a.txt", strings.ReplaceAll(num("Xr. N"), "Xr", "Nr"), refused},
		{"rule", "a.txt", "Ferry strike\nThe Quay Post, 14 May 2014\n\n" + strings.Join(tale, "\n\n") + "\n\n----------\n\nOvens cold\nThe Day, 15 May 2014\n\n" + strings.Join(bakers, "\n\n") + "\n", refused},
		{"rule =", "a.txt", "Ferry strike\nThe Quay Post, 14 May 2014\n\n" + strings.Join(tale, "\n\n") + "\n\n==========\n\nOvens cold\nThe Day, 15 May 2014\n\n" + strings.Join(bakers, "\n\n") + "\n", refused},
		{"html 1.", "a.html", "<html><body><h3>1. Ferry strike</h3><p>The Quay Post, 14 May 2014</p><p>" + strings.Join(tale, "</p><p>") + "</p><h3>2. Ovens cold</h3><p>The Day, 15 May 2014</p><p>" + strings.Join(bakers, "</p><p>") + "</p></body></html>", refused},
		{"list in article", "a.txt", "Ferry strike\n\n" + tale[0] + "\n\n1. The crews went ashore on Monday.\n\n2. The lorries reached the customs house.\n\n" + strings.Join(tale[1:], "\n\n"), 1},
		{"numbered steps", "a.txt", "Ferry strike\n\nThe Quay Post, 14 May 2014\n\n1. Crews\n\n" + strings.Join(tale, "\n\n") + "\n\n2. Company\n\n" + strings.Join(bakers, "\n\n") + "\n", 1},
		{"a rule in an article", "a.txt", "Ferry strike\n\nThe Quay Post, 14 May 2014\n\n" + strings.Join(tale, "\n\n") + "\n\n----------\n\n" + strings.Join(bakers, "\n\n") + "\n", 1},
		{"words that begin with From", "a.txt", "From our correspondent in 2014\n\n" + strings.Join(tale, "\n\n") + "\n", 1},
	} {
		t.Run(x.name, func(t *testing.T) {
			c, err := Read([]byte(x.src), Options{Name: x.file})
			if x.articles == refused {
				if !errors.Is(err, recount.ErrRefused) || !strings.Contains(err.Error(), "a list of 2 articles") || recount.HintOf(err) == "" {
					t.Fatalf("%d articles, %v; want a refusal that says what to do", len(c.Articles), err)
				}
				return
			}
			if err != nil || len(c.Articles) != x.articles {
				t.Fatalf("%d articles, %v; want %d", len(c.Articles), err, x.articles)
			}
			for i, a := range c.Articles {
				if want := [...]string{"2014-05-14", "2014-05-15"}[i]; strings.HasPrefix(x.name, "factiva") && (a.Day() != want || a.Outlet != [...]string{"The Quay Post", "The Day"}[i] || a.Title != [...]string{"Ferry crews stay ashore", "Ovens cold"}[i] || a.Byline == "") {
					t.Errorf("title %q, outlet %q, day %q, byline %q", a.Title, a.Outlet, a.Day(), a.Byline)
				}
				if x.articles == 2 {
					body := blocksOf(a, recount.Body)
					if want := [][]string{tale, bakers}[i]; strings.Join(body, "|") != strings.Join(want, "|") {
						t.Errorf("body %q, want %q", body, want)
					}
					for _, b := range a.Blocks {
						if got, err := BlockText([]byte(x.src), Options{Name: x.file}, b.Path); err != nil || got != b.Span.In(a.Text) {
							t.Errorf("%s leads to %q, %v; want %q", b.Path, got, err, b.Span.In(a.Text))
						}
					}
				}
			}
		})
	}
}

// A page that its crawler cut off says so, whatever reads it.
func TestCutOffIsNoted(t *testing.T) {
	cut := Options{Name: "https://harbour.example/a", Hints: []recount.Candidate{{Field: "truncated", Value: "length", Origin: "WARC-Truncated"}}}
	lines := []byte(`{"title":"Two","text":"The council met on Monday and decided to close the bridge until the spring, as the engineers had asked."}` + "\n")
	for _, tt := range []struct {
		name    string
		payload []byte
		o       Options
		want    bool
	}{
		{"a page", []byte(story("", "")), cut, true},
		{"a whole page", []byte(story("", "")), Options{Name: cut.Name}, false},
		{"a line", lines, Options{Name: "a.jsonl", Hints: cut.Hints}, true},
		{"a whole line", lines, Options{Name: "a.jsonl"}, false},
	} {
		c, err := Read(tt.payload, tt.o)
		if err != nil || len(c.Articles) != 1 {
			t.Errorf("%s: %d articles, %v", tt.name, len(c.Articles), err)
			continue
		}
		if got := slices.Contains(c.Articles[0].Notes, "the crawler cut the page off (length)"); got != tt.want {
			t.Errorf("%s: its notes are %q", tt.name, c.Articles[0].Notes)
		}
	}
}

// A text that is too long for an article is refused, alone as the file, beside
// others as a piece of it; the others are read.
func TestTooLong(t *testing.T) {
	long := func(n int) string {
		return strings.Repeat(strings.Repeat("a", 98)+".\n", n/100) + strings.Repeat("a", n%100)
	}
	for _, tt := range []struct {
		name, file, payload string
		articles            int
		left, refused       string
	}{
		{"a text", "a.txt", long(maxText / 2), 1, "", ""},
		{"a long text", "a.txt", long(maxText + 1000), 0, "", "a text of 1025 kB in one piece"},
		{"a long word", "a.txt", strings.Repeat("a", maxText+1), 0, "", "a text of 1025 kB in one piece"},
		{"a long page", "a.html", "<html><body><article>" + strings.Repeat("<p>The ferry left late, because nobody had told the pilot.</p>", 30_000) + "</article></body></html>", 0, "", " kB in one piece"},
		{"a page of one word", "a.html", "<html><body><p>" + strings.Repeat("a", 3*maxText) + "</p></body></html>", 0, "", "a text of 3072 kB in one piece"},
		{"many sentences", "a.txt", strings.Repeat("They left. ", maxSentences) + "\n", 1, "", ""},
		{"too many sentences", "a.txt", strings.Repeat("They left. ", maxSentences+1) + "\n", 0, "", "a text of 20001 sentences in one piece; the limit is 20000"},
		{"too many quotations", "a.txt", strings.Repeat("\"We left,\" she said. ", maxSentences+1) + "\n", 0, "", " sentences in one piece"},
		{"too many quotations by nobody", "a.txt", strings.Repeat("\"We left the pier today.\" ", 30_000) + "\n", 0, "", " sentences in one piece"},
		{"too many paragraphs of two sentences", "a.txt", strings.Repeat("They left. We stayed.\n\n", 12_000), 0, "", "a text of 24000 sentences in one piece"},
		{"too many in one of two cells", "a.csv", "title,text\nA,\"" + strings.Repeat("They left. ", maxSentences+1) + "\"\nB,\"The ferry left late, because nobody had told the pilot.\"\n", 1, "a text of 20001 sentences in one piece", ""},
		{"too many in a page", "a.html", "<html><body><article><p>" + strings.Repeat("They left. ", maxSentences+1) + "</p></article></body></html>", 0, "", " sentences in one piece"},
		{"a long word in a page", "a.html", story("", "<p>"+strings.Repeat("a", 3*maxText)+"</p>"), 1, "", ""},
		{"a long cell", "a.csv", "title,text\nA,\"" + long(maxText+1000) + "\"\nB,\"The ferry left late, because nobody had told the pilot.\"\n", 1, "a text of 1025 kB in one piece", ""},
		{"two long cells", "a.csv", "title,text\nA,\"" + long(maxText+1000) + "\"\nB,\"" + long(maxText+9000) + "\"\n", 0, "a text of 1025 kB in one piece", ""},
		{"a long line", "a.jsonl", `{"title":"A","text":"` + strings.ReplaceAll(long(maxText+1000), "\n", " ") + `"}` + "\n" + `{"title":"B","text":"The ferry left late, because nobody had told the pilot."}` + "\n", 1, " kB in one piece", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := Read([]byte(tt.payload), Options{Name: tt.file})
			if tt.refused != "" {
				if !errors.Is(err, recount.ErrRefused) || !strings.Contains(err.Error(), tt.refused) || recount.HintOf(err) == "" {
					t.Errorf("%d articles, %v; want it refused: %s", len(c.Articles), err, tt.refused)
				}
				return
			}
			if err != nil || len(c.Articles) != tt.articles || (len(c.Left) > 0) != (tt.left != "") {
				t.Fatalf("%d articles, %v left, %v; want %d and %q", len(c.Articles), c.Left, err, tt.articles, tt.left)
			}
			if len(c.Left) > 0 && (!strings.Contains(c.Left[0].Reason, tt.left) || c.Left[0].Hint == "" || c.Left[0].Where == "") {
				t.Errorf("left is %+v", c.Left[0])
			}
			for _, a := range c.Articles {
				if len(a.Text) > maxText {
					t.Errorf("a text of %d bytes is read", len(a.Text))
				}
			}
		})
	}
}

// What was not understood of a file is listed up to a number, and then counted.
func TestManyLeft(t *testing.T) {
	page := "\n                               1 of 100000 DOCUMENTS\n\n\nThe Harbour Post\n\nMay 14, 2014\n\nLENGTH: 100 words\n\n"
	for n, want := range map[int]int{20: 20, 3 * maxLeft: maxLeft + 1} {
		c, err := Read([]byte(strings.Repeat(page, n)), Options{Name: "a.txt"})
		if err != nil || len(c.Left) < want || len(c.Left) > want+1 {
			t.Fatalf("of %d documents without a text %d are left, %v; want %d", n, len(c.Left), err, want)
		}
		if last := c.Left[len(c.Left)-1]; n > maxLeft && !strings.Contains(last.Reason, "2001 more pieces") {
			t.Errorf("the last says %q", last.Reason)
		}
	}
}
