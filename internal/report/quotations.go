package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"recount"
	"recount/internal/report/bibliography"
	"recount/internal/report/document"
	"recount/internal/report/prose"
)

// This file chooses statements that can be quoted: of each code those that tell
// most in few words, of different people, outlets and years.
//
// In: the view of a study's report. Out: blocks of a document.

const (
	quotedOfCode = 4   // statements of one code
	quoteLeast   = 30  // code points: shorter says nothing alone
	quoteMost    = 300 // a longer one may need a licence; a study may set another length
	quoteBest    = 140 // the length that reads best
)

// A quotable statement may be quoted for a code.
type quotable struct {
	who     *recount.Case
	member  *recount.Member
	article *recount.Article
	said    recount.AcceptedStatement
	words   string
	length  int
}

// quotations lists, of each top code, the statements that can be quoted.
func (r *study) quotations() []document.Block {
	var out blocks
	any := false
	for _, code := range r.x.Codebook.Codes {
		if code.Parent != "" {
			continue
		}
		all, gone := r.quotable(code.Code)
		chosen := choose(all, quotedOfCode)
		if len(chosen)+len(gone) == 0 {
			continue
		}
		any = true
		out = append(out, document.Block{Kind: document.Heading, Level: 3, Text: document.Plain(r.called(code.Code))})
		for _, q := range chosen {
			text := []document.Inline{plain(quoteMarks(q.words) + " –\u00a0")}
			who := nameOn(q.who, q.article.Key) // outlet and day follow
			if known, by := q.who.Known(); q.who.NameIn(q.article.Key) != known && nameTells(q.who.In(q.article.Key).Head().Speaker.Kind) && nameTells(by.Speaker.Kind) {
				who = prose.PersonName(known) + " (there " + who + ")"
			}
			before := map[bibliography.Style]string{bibliography.APA: " ", bibliography.Chicago: ", quoted in "}[r.cited.Style]
			text = append(text, document.Inline{Text: who, Page: personPath(q.who.ID)}, plain(cmp.Or(before, ", in ")))
			text = append(text, r.cited.InText(q.article.Key, ArticlePath(q.article.Key))...)
			out = append(out, document.Block{Kind: document.Quotation, Text: text})
		}
		if len(gone) > 0 {
			l := r.put("gone-"+string(recount.KeyOf("gone", code.Code)[:8]), "people whose words on "+r.called(code.Code)+" are gone from the newest version of a page",
				"They carry the code by words that stand only in an older version, which is kept; the outlet runs them no more, so they are not quoted.", gone)
			out.say(plain("Left out: direct statements of "), inline(l), plain(" "+l.Noun("person", "people")+" whose words are gone from the newest version of the page."))
		}
	}
	if !any {
		out.say(plain("No direct statement of a person who counts carries a code and has a length that can be quoted."))
		return out
	}
	out.note(fmt.Sprintf("Direct statements of %d to %d characters that carry the code, as the page has them, without the comma that leads out of them; of each code up to %d, of different people, and as far as there are such of different outlets and years. %s", quoteLeast, r.longest(), quotedOfCode, styleWords[r.cited.Style]))
	return out
}

// longest is how many characters a statement that is quoted may have.
func (r *study) longest() int { return cmp.Or(r.x.Quoted, quoteMost) }

// quotable lists the direct statements that carry a code, of those who count, and
// whose such words stand only in an older version of a page.
func (r *study) quotable(code string) (out []quotable, gone []item) {
	for _, c := range r.everybody() {
		for i := range c.Members {
			m := &c.Members[i]
			carries := map[string]bool{}
			for _, co := range m.Codes {
				if co.Code == code || strings.HasPrefix(co.Code, code+".") {
					carries[spansText(co.Article, co.At)] = true
				}
			}
			for _, s := range m.Statements {
				a := r.x.ByKey[s.Article]
				if s.Type == recount.Direct && withdrawn(s.At) && carries[spansText(s.Article, s.At)] && (len(gone) == 0 || gone[len(gone)-1].Path != personPath(c.ID)) {
					gone = append(gone, itemOf(r.x, c.ID, focus{words: map[string]bool{code: true}}))
					continue
				}
				if a == nil || s.Type != recount.Direct || len(s.At) == 0 || !carries[spansText(s.Article, s.At)] {
					continue
				}
				var pieces []string
				whole := true
				for _, sp := range s.At {
					if whole = whole && sp.Within(a.Text); whole {
						pieces = append(pieces, strings.TrimRight(sp.In(a.Text), ", "))
					}
				}
				text := prose.OneLine(strings.Join(pieces, " […] "))
				if n := utf8.RuneCountInString(text); whole && n >= quoteLeast && n <= r.longest() {
					out = append(out, quotable{c, m, a, s, text, n})
				}
			}
		}
	}
	return out, gone
}

// withdrawn reports whether words have no place in the newest version of their page.
func withdrawn(at []recount.Span) bool {
	return len(at) > 0 && !slices.ContainsFunc(at, func(s recount.Span) bool { return s.Len() > 0 })
}

func spansText(a recount.Key, at []recount.Span) string {
	var b strings.Builder
	b.WriteString(string(a))
	for _, s := range at {
		b.WriteString(" " + prose.Grouped(s.Start) + "-" + prose.Grouped(s.End))
	}
	return b.String()
}

// choose takes statements one by one: each time the one whose person, outlet and
// year were taken least, and of those the one whose length reads best. Nobody is
// quoted twice.
func choose(all []quotable, most int) (out []quotable) {
	outlets, years, people := map[string]int{}, map[string]int{}, map[string]bool{}
	year := func(q quotable) string { return prose.Cut(q.article.Published, 4) }
	for len(out) < most {
		best := -1
		for i, q := range all {
			if people[q.who.ID] {
				continue
			}
			if best < 0 {
				best = i
				continue
			}
			b := all[best]
			off := func(n int) int { return max(n-quoteBest, quoteBest-n) }
			if cmp.Or(cmp.Compare(outlets[q.article.Outlet], outlets[b.article.Outlet]), cmp.Compare(years[year(q)], years[year(b)]),
				cmp.Compare(off(q.length), off(b.length)), cmp.Compare(q.article.Key, b.article.Key), cmp.Compare(q.said.At[0].Start, b.said.At[0].Start)) < 0 {
				best = i
			}
		}
		if best < 0 {
			break
		}
		q := all[best]
		people[q.who.ID] = true
		outlets[q.article.Outlet]++
		years[year(q)]++
		out = append(out, q)
	}
	slices.SortStableFunc(out, func(a, b quotable) int { return recount.ComparePublished(a.article.Published, b.article.Published) })
	return out
}

// quoteMarks sets words between quotation marks; marks that open or close them
// already go with the comma before them, and marks within become single ones.
func quoteMarks(s string) string {
	s = strings.TrimSpace(s)
	s = strings.TrimLeft(strings.TrimRight(s, "\"”»,"), "\"“«")
	s = strings.NewReplacer("“", "‘", "”", "’").Replace(s)
	return "“" + s + "”"
}
