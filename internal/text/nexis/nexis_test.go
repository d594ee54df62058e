package nexis

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"recount/internal/text/document"
)

// said returns the first value of a field.
func said(d document.Draft, field string) string {
	for _, f := range d.Facts {
		if f.Field == field {
			return f.Value
		}
	}
	return ""
}

func TestSamplesAreReadAsTheirTruth(t *testing.T) {
	files, truths := samples(t)
	for name, payload := range files {
		t.Run(name, func(t *testing.T) {
			if !Is(payload, name) {
				t.Fatal("Is = false")
			}
			if strings.HasSuffix(name, ".docx") != (carrierOf(payload, "") == word) {
				t.Error("the carrier is not told by content")
			}
			set, err := Read(payload, document.Options{Name: name})
			if err != nil {
				t.Fatal(err)
			}
			want := truths[name]
			got := truth{Articles: []truthArticle{}, Left: []string{}, Leads: []string{}}
			list := english
			if strings.Contains(name, "german") {
				list = german
			}
			for _, l := range set.Left {
				got.Left = append(got.Left, strings.Join(strings.Fields(l.Where)[:2], " "))
				if l.Reason == "" || l.Hint == "" {
					t.Errorf("left without reason or hint: %+v", l)
				}
			}
			for i, d := range set.Drafts {
				if i >= len(want.Articles) {
					t.Fatalf("%d articles, want %d", len(set.Drafts), len(want.Articles))
				}
				var n int
				fmt.Sscan(d.Part, &n)
				p := list[n-1]
				if d := said(d, "published"); d != p.date {
					t.Errorf("article %d: published %q, want %q", n, d, p.date)
				}
				var texts []string
				for _, q := range d.Paragraphs {
					texts = append(texts, q.Text)
					if s, ok := Find(payload, q.Path); !ok || s != q.Text {
						t.Errorf("Find(%s) = %q, %v; want %q", q.Path, s, ok, q.Text)
					}
				}
				wantTexts := append([]string{}, p.text...)
				if p.caption != "" && (strings.HasSuffix(name, ".docx") || strings.HasSuffix(name, ".rtf")) {
					wantTexts = append(wantTexts, p.caption)
				}
				if diff := cmp.Diff(wantTexts, texts); diff != "" {
					t.Errorf("article %d, text: (-want +got)\n%s", n, diff)
				}
				for _, f := range [][2]string{{"section", p.section}, {"words", p.words}, {"highlight", p.highlight}, {"dateline", p.dateline}, {"language", p.language}, {"loaded", p.loaded}, {"edition", p.edition}} {
					if v := said(d, f[0]); v != f[1] {
						t.Errorf("article %d: %s %q, want %q", n, f[0], v, f[1])
					}
				}
				if s := said(d, "search"); !strings.HasPrefix(s, searched) && name != "nexis-single.docx" {
					t.Errorf("article %d: search %q, want %q", n, s, searched)
				}
				f, l := strings.Fields(d.Paragraphs[0].Text), strings.Fields(d.Paragraphs[len(d.Paragraphs)-1].Text)
				got.Articles = append(got.Articles, truthArticle{Part: d.Part, Title: said(d, "title"), Outlet: said(d, "outlet"), Published: p.published, Byline: said(d, "byline"),
					First: strings.Join(f[:min(6, len(f))], " "), Last: strings.Join(l[max(0, len(l)-4):], " ")})
				if len(d.Notes) > 0 {
					t.Errorf("article %d: notes %q, want none", n, d.Notes)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
