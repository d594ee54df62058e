package text

import (
	"slices"
	"strings"
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
	if n := pagedParts(src); n >= leastListed {
		return refuseList(n, "parts between page breaks, each with a day")
	}
	if n, by := listedText(paras); n > 0 {
		return refuseList(n, by)
	}
	if note := maybeListed(paras); note != "" {
		a.Notes = append(a.Notes, note)
	}
	// One of the first lines may become the title.
	n, head := len(paras)-2, 0
	for i, p := range paras {
		n += len(p)
		if i < 10 {
			head = max(head, len(p))
		}
	}
	if long := tooLong(n-head, len(paras)-1); long.Reason != "" {
		return page.Refuse(long.Reason, long.Hint)
	}
	title := ""
	for _, h := range o.Hints {
		if h.Field == "title" && title == "" {
			title = h.Value
		}
	}
	for i, p := range paras[:min(len(paras), 10)] { // Markdown
		if rest := strings.TrimLeft(p, "#"); len(rest) < len(p) && strings.HasPrefix(rest, " ") {
			paras[i] = strings.TrimSpace(rest)
		}
	}
	h := metadata.PlainHead{Title: -1}
	switch {
	case title == "" && len(paras) > 1:
		h = metadata.ReadPlainHead(paras)
	case title == paras[0] && len(paras) > 1:
		h.Title, h.Lines = 0, 1
	}
	if h.Title >= 0 {
		a.Title = paras[h.Title]
	}
	w := writer{a: a}
	for i, p := range paras {
		switch {
		case i == h.Title:
		case i < h.Lines:
			w.block(p, recount.Byline, "")
		default:
			w.block(p, recount.Body, "")
		}
	}
	w.done()
	if len(o.Hints) == 0 && o.Supplier == "" {
		metadata.Plain(a, h, o.Captured)
		return nil
	}
	facts := document.Fact(slices.Clone(o.Hints), "title", a.Title, "first line")
	facts = document.Fact(facts, "supplier", o.Supplier, "by hand")
	metadata.Complete(a, facts, o.Name, o.Captured)
	return nil
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
