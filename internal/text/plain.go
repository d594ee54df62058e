package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"recount"
	"recount/internal/text/document"
	"recount/internal/text/metadata"
	"recount/internal/text/page"
)

// readPlain fills a from plain text. A block of plain text has no path.
func readPlain(a *recount.Article, payload []byte, declared string, o Options) error {
	src, note := page.Decode(payload, declared)
	if note != "" {
		a.Notes = append(a.Notes, note)
	}
	paras := paragraphs(src)
	if len(paras) == 0 {
		return page.Refuse("no text in it", "save the page again, or remove the file")
	}
	if n, by := listed(paras); n > 0 {
		return refuseList(n, by)
	}
	title := ""
	for _, h := range o.Hints {
		if h.Field == "title" && title == "" {
			title = h.Value
		}
	}
	if len(paras) > 1 && (title == "" && headline(paras[0]) || title == paras[0]) {
		a.Title = paras[0]
		paras = paras[1:]
	}
	w := writer{a: a}
	above := 0
	if a.Title != "" {
		above = preamble(paras)
	}
	for i, p := range paras {
		role := recount.Body
		if i < above {
			role = recount.Byline
		}
		w.block(p, role, "")
	}
	w.done()
	if len(o.Hints) == 0 && o.Supplier == "" {
		metadata.Plain(a, paras[:above], o.Captured)
		return nil
	}
	facts := document.Fact(slices.Clone(o.Hints), "title", a.Title, "first line")
	facts = document.Fact(facts, "supplier", o.Supplier, "by hand")
	metadata.Settle(a, facts, o.Name, o.Captured)
	return nil
}

// preamble returns how many lines under the title say who wrote the text and
// when, and nothing else. Names alone are no preamble: a day must stand among
// the lines, or a byline.
func preamble(paras []string) int {
	n, sure := 0, 0
	for n < len(paras)-1 && n < 5 {
		_, line := metadata.SaysWhoOrWhen(paras[n], true)
		if !line {
			break
		}
		if _, alone := metadata.SaysWhoOrWhen(paras[n], false); alone {
			sure = n + 1
		}
		n++
	}
	if sure > 0 {
		return n
	}
	return 0
}

// paragraphs cuts plain text. Text that is wrapped at a column, with an empty
// line between paragraphs, is joined again; other text has one paragraph per
// line.
func paragraphs(src string) []string {
	src = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n\n", "\u2028", "\n", "\u2029", "\n\n").Replace(src)
	lines := strings.Split(src, "\n")
	wrapped := hardWrapped(lines)
	var out []string
	var cur []string
	end := func() {
		switch {
		case len(cur) == 0:
		case wrapped || page.Wrapped(cur):
			out = append(out, strings.Join(cur, " "))
		default:
			out = append(out, cur...)
		}
		cur = nil
	}
	for _, l := range lines {
		l = page.Tidy(l)
		if l == "" {
			end()
			continue
		}
		cur = append(cur, l)
	}
	end()
	return out
}

// hardWrapped reports whether lines are broken at a column: none is longer
// than 100 characters, there are empty lines, and most lines that another line
// follows are nearly as long as the longest.
func hardWrapped(lines []string) bool {
	longest, empty := 0, 0
	for _, l := range lines {
		n := utf8.RuneCountInString(strings.TrimSpace(l))
		longest = max(longest, n)
		if n == 0 {
			empty++
		}
	}
	if longest > 100 || longest < 40 || empty == 0 {
		return false
	}
	full, followed := 0, 0
	for i := 0; i+1 < len(lines); i++ {
		n := utf8.RuneCountInString(strings.TrimSpace(lines[i]))
		if n > 0 && strings.TrimSpace(lines[i+1]) != "" {
			followed++
			if n*10 >= longest*7 {
				full++
			}
		}
	}
	return followed > 0 && full*10 >= followed*7
}

// headline reports whether a first line looks like a headline: short, in
// letters, and not closed like a sentence.
func headline(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 3 || n > 160 || strings.ContainsRune(".;,:", page.LastRune(strings.TrimRight(s, "\"'”’»“"))) {
		return false
	}
	return strings.IndexFunc(s, unicode.IsLetter) >= 0
}
